import type { Knex } from 'knex';
import type { HealthCheck } from '../../../ports/health.js';
import type { StatementRunner } from '../../../ports/statement-runner.js';

/** PostgreSQL, a server's or the embedded one; both speak through the same driver. */
export interface Database {
  kind: 'server' | 'embedded';
  /** For everything that is not hot, and for migrations. */
  knex: Knex;
  /** On a connection of the pool: a third of a transaction's time (architecture.md section 8). */
  query: StatementRunner;
  /**
   * Reads of several rows of one tenant, in one snapshot and under row-level security (tenant-policies.ts): a statement that forgets its
   * tenant finds that tenant's rows all the same. Use only the runner that is handed in.
   */
  asTenant: <T>(tenantId: string, read: (query: StatementRunner) => Promise<T>) => Promise<T>;
  /**
   * Runs statements that are committed together or not at all, for the short work of a command. Use only the runner
   * that is passed in.
   */
  transaction: <T>(write: (query: StatementRunner) => Promise<T>) => Promise<T>;
  health: HealthCheck;
  close(): Promise<void>;
}

export type DatabaseOptions =
  { kind: 'server'; url: string; poolMax?: number } | { kind: 'embedded'; directory: string };
