import type { Knex } from 'knex';
import type { HealthCheck } from '../../ports/health.js';
import type { StatementRunner } from '../../ports/statement-runner.js';

/** PostgreSQL, a server's or the embedded one; both speak through the same driver. */
export interface Database {
  kind: 'server' | 'embedded';
  /** For everything that is not hot, and for migrations. */
  knex: Knex;
  /** On a connection of the pool: a third of a transaction's time (DESIGN section 8). */
  query: StatementRunner;
  health: HealthCheck;
  close(): Promise<void>;
}

export type DatabaseOptions =
  | { kind: 'server'; url: string; poolMax?: number }
  | { kind: 'embedded'; directory: string };
