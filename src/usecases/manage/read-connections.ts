import { nearestName } from '../../domain/nearest-name.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import type { MiddlewareKeys } from '../../ports/access/client-keys.js';
import type {
  ConnectionCredential,
  ConnectionEntry,
  ConnectionRepository,
  ConnectionSecret,
} from '../../ports/access/connection-repository.js';

interface Deps {
  connections: Pick<ConnectionRepository, 'entry' | 'entries' | 'credentials' | 'secrets' | 'list'>;
  middlewareKeys: Pick<MiddlewareKeys, 'list'>;
}

export interface ShownConnection extends ConnectionEntry {
  credentials: ConnectionCredential[];
  /** Newest first; of a middleware its api_keys. Nobody can read them. */
  secrets: ConnectionSecret[];
}

export interface ConnectionReads {
  /** By id. `next`: the id to continue after. */
  list(
    tenantId: string,
    place: { limit: number; after?: string },
  ): Promise<{ connections: ShownConnection[]; next?: string }>;
  show(tenantId: string, connectionId: string): Promise<Outcome<ShownConnection>>;
}

export function connectionReads(deps: Deps): ConnectionReads {
  return {
    async list(tenantId, { limit, after }) {
      const entries = await deps.connections.entries(tenantId, {
        limit: limit + 1,
        ...(after === undefined ? {} : { after }),
      });
      const connections: ShownConnection[] = [];
      // One after the other: a list leaves the pool to the buyers.
      for (const entry of entries.slice(0, limit)) connections.push(await shownConnection(deps, entry));
      const last = connections.at(-1);
      return entries.length > limit && last !== undefined ? { connections, next: last.connectionId } : { connections };
    },
    async show(tenantId, connectionId) {
      const entry = await deps.connections.entry(tenantId, connectionId);
      return entry === undefined
        ? unknownConnection(deps.connections, tenantId, connectionId)
        : accept(await shownConnection(deps, entry));
    },
  };
}

/** With its credentials and the ages of its secrets. */
export async function shownConnection(
  {
    connections,
    middlewareKeys,
  }: Pick<Deps, 'middlewareKeys'> & { connections: Pick<ConnectionRepository, 'credentials' | 'secrets'> },
  entry: ConnectionEntry,
): Promise<ShownConnection> {
  const { tenantId, connectionId, protocol } = entry;
  return {
    ...entry,
    credentials: await connections.credentials(tenantId, connectionId),
    secrets: PROTOCOL_RULES[protocol].isMiddleware
      ? await middlewareKeys.list(tenantId, connectionId)
      : await connections.secrets(tenantId, connectionId),
  };
}

/** Names the connection of the tenant that was most likely meant. */
export async function unknownConnection(
  connections: Pick<ConnectionRepository, 'list'>,
  tenantId: string,
  connectionId: string,
): Promise<{ ok: false; refusal: { code: 'RESOURCE_NOT_FOUND'; reason: string } }> {
  const names = (await connections.list(tenantId)).map((connection) => connection.connectionId);
  const meant = nearestName(connectionId, names);
  const hint = meant === undefined ? '.' : `; did you mean ${meant}?`;
  const reason = `There is no connection ${tenantId}/${connectionId.slice(0, 60)}${hint}`;
  const { refusal } = refuse('RESOURCE_NOT_FOUND', reason);
  return { ok: false, refusal: { ...refusal, code: 'RESOURCE_NOT_FOUND', reason } };
}
