import type { Knex } from 'knex';
import type { HealthCheck } from '../../ports/health.js';

/** PostgreSQL, a server's or the embedded one; both speak through the same driver. */
export interface Database {
  kind: 'server' | 'embedded';
  /** For everything that is not hot, and for migrations. */
  knex: Knex;
  /**
   * Runs one named prepared statement on a connection of the pool, and gives its rows (DESIGN section 8: a third of a
   * transaction's time). Throws PunchoutError('SERVICE_UNAVAILABLE') when the database does not answer in its bounds.
   */
  query: <Row extends object>(statement: NamedStatement, values: readonly unknown[]) => Promise<Row[]>;
  health: HealthCheck;
  close(): Promise<void>;
}

/** Columns are always named: a prepared `select *` breaks when a migration adds one. */
export interface NamedStatement {
  /** Unique in the program: the server keeps a plan by this name. */
  name: string;
  text: string;
}

export type DatabaseOptions =
  | { kind: 'server'; url: string; poolMax?: number }
  | { kind: 'embedded'; directory: string };
