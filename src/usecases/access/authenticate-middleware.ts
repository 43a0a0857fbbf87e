import type { Connection } from '../../domain/access/connection.js';
import { digestOf } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { MiddlewareKeys } from '../../ports/access/middleware-keys.js';

interface Deps {
  keys: Pick<MiddlewareKeys, 'findConnections'>;
  connections: Pick<ConnectionRepository, 'find'>;
  demoEnabled: boolean;
}

/** The connections that an api_key opens, one at least, all of one tenant (source 004). */
export function authenticateMiddleware({ keys, connections, demoEnabled }: Deps): (apiKey: string) => Promise<Outcome<[Connection, ...Connection[]]>> {
  return async (apiKey) => {
    const found = await Promise.all((await keys.findConnections(digestOf(apiKey))).map(({ tenantId, connectionId }) => connections.find(tenantId, connectionId)));
    const [first, ...others] = found.filter((connection) => connection !== undefined && connection.protocol === 'repost' && (demoEnabled || !connection.demo)) as Connection[];
    return first === undefined ? refuse('INVALID_CREDENTIALS', undefined, { protocol: 'repost' }) : accept([first, ...others]);
  };
}

/** The one that an `end_customer_id` means: the one that lists it, else the only one that lists none. */
export function connectionFor(connections: readonly Connection[], endCustomerId: number): Connection | undefined {
  const listing = connections.filter(({ settings }) => settings.repost?.endCustomers.includes(endCustomerId) === true);
  const [connection, ...others] = listing.length > 0 ? listing : connections.filter(({ settings }) => (settings.repost?.endCustomers ?? []).length === 0);
  return others.length === 0 ? connection : undefined;
}
