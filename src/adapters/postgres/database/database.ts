import type { Knex } from 'knex';
import type { HealthCheck } from '../../../ports/health.js';
import type { StatementRunner } from '../../../ports/statement-runner.js';

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
  /** Commits all statements or none, for the short work of a command. Use only the runner that is passed in. */
  transaction: <T>(write: (query: StatementRunner) => Promise<T>) => Promise<T>;
  health: HealthCheck;
  close(): Promise<void>;
}

export type DatabaseOptions =
  { kind: 'server'; url: string; poolMax?: number } | { kind: 'embedded'; directory: string };
