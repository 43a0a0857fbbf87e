import type { AuditEvent } from '../../domain/access/audit-event.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectionEntry } from '../../ports/access/connection-repository.js';
import type { ChangeOf, ManagedDirectory } from '../../ports/managed-directory.js';
import { type ShownConnection, shownConnection, unknownConnection } from './read-connections.js';

export interface ChangedConnection {
  connection: ShownConnection;
  /** A secret that was made just now. Nobody can read it again. */
  secret?: string;
}

/** The connection, which nobody else changes until the end of the transaction. */
export async function lockedConnection(
  { connections }: ManagedDirectory,
  { tenantId, connectionId, version }: ChangeOf,
): Promise<Outcome<ConnectionEntry>> {
  const entry = await connections.entry(tenantId, connectionId, 'lock');
  if (entry === undefined) return unknownConnection(connections, tenantId, connectionId);
  return version === undefined || version === entry.version
    ? accept(entry)
    : refuse('VERSION_CONFLICT', `Its version is ${entry.version}, not ${version}.`, { version: entry.version });
}

/** Makes a new version and the audit row, if anything was changed. */
export async function settled(
  directory: ManagedDirectory,
  { tenantId, connectionId, by }: ChangeOf,
  event: AuditEvent,
  { made, details }: { made?: string | undefined; details: Record<string, string> },
): Promise<Outcome<ChangedConnection>> {
  if (Object.keys(details).length > 0) {
    const version = String(await directory.connections.nextVersion(tenantId, connectionId));
    const told = { connection: connectionId, version, ...details };
    await directory.audit.note({ tenantId, event, actor: by, details: told });
  }
  const entry = await directory.connections.entry(tenantId, connectionId);
  if (entry === undefined) throw new Error(`the connection ${tenantId}/${connectionId} is gone within its change`);
  const connection = await shownConnection(directory, entry);
  return accept(made === undefined ? { connection } : { connection, secret: made });
}

const MOST_CHARACTERS = 20_000;

/** For an audit row. */
export function textOf(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
