import type { Knex } from 'knex';
import { DatabaseError } from 'pg';
import type { HealthCheck } from '../../../ports/health.js';
import type { StatementRunner } from '../../../ports/statement-runner.js';
import type { EventSignal } from '../../../ports/transmission/live-events.js';
import { PunchoutError } from '../../../domain/error-codes.js';

/** PostgreSQL, on a server or embedded; both are used through the same driver. */
export interface Database {
  kind: 'server' | 'embedded';
  /** For queries that are not on a hot path, and for migrations. */
  knex: Knex;
  /** Runs on a connection of the pool and takes a third of a transaction's time (architecture.md section 8). */
  query: StatementRunner;
  /**
   * Reads several rows of one tenant, in one snapshot and under row-level security (transactions.ts): a statement
   * without a tenant predicate still finds rows of that tenant only. Use only the runner that is passed in.
   */
  asTenant: <T>(tenantId: string, read: (query: StatementRunner) => Promise<T>) => Promise<T>;
  /**
   * Commits all statements or none, for the short work of a command. Use only what is passed in: `asTenant` then reads
   * within the transaction, and sees its changes. Each read ends before the next statement begins.
   */
  transaction: <T>(write: (within: Pick<Database, 'query' | 'asTenant'>) => Promise<T>) => Promise<T>;
  /** Raised by statements that `tells` marks. */
  signal: EventSignal;
  health: HealthCheck;
  close(): Promise<void>;
}

export type DatabaseOptions =
  { kind: 'server'; url: string; poolMax?: number } | { kind: 'embedded'; directory: string };

/**
 * SQLSTATEs that mean "not now" and are not the fault of our statement, with the text for our log. The first matching
 * pattern counts.
 */
const NOT_NOW: readonly [RegExp, string][] = [
  [/^25006$/, 'The database takes no writes: it is read-only, or a standby after a failover.'],
  [/^53100$/, "The database's disk is full."],
  [/^53300$/, 'The database takes no more connections.'],
  [/^53/, 'The database lacks memory or another resource.'],
  [/^57P03$/, 'The database is starting or recovering.'],
  [/^57P0/, 'The database was stopped.'],
  [/^(57014|55P03|25P0[34])$/, 'The statement took too long, or waited too long for a lock.'],
  [/^40/, 'The statement lost against another one.'],
  [/^(28|3D)/, 'The database refuses our login.'],
  [/^(08|57|58)/, 'The database does not answer.'],
];

/** Turns a failed query into SERVICE_UNAVAILABLE (retry later) or keeps the error (our fault). */
export function databaseFault(error: unknown): unknown {
  if (error instanceof TypeError || error instanceof PunchoutError) return error;
  const message =
    error instanceof DatabaseError
      ? NOT_NOW.find(([code]) => code.test(error.code ?? ''))?.[1]
      : 'The database does not answer.';
  return message === undefined ? error : new PunchoutError('SERVICE_UNAVAILABLE', message, { cause: error });
}

/** The server is read-only. The statement has had no effect. */
export function isReadOnlyFault(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '25006';
}

/** The connection is unusable: it broke, or the server announced that it ends it. */
export function isConnectionFault(error: unknown): boolean {
  return error instanceof DatabaseError ? /^(08|57P0)/.test(error.code ?? '') : !(error instanceof TypeError);
}
