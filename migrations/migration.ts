import type { Knex } from 'knex';

/**
 * One step of the schema. Steps only expand (new tables, nullable columns, indexes), so that the previous version works
 * on the schema of the next one (P12); there is no way down. Never change what a released step does.
 */
export interface Migration {
  /** Recorded in the database: never renamed. */
  name: string;
  up(knex: Knex): Promise<unknown>;
  /** Runs outside a transaction, and can be repeated after half of it (indexes-beside-writes.ts). */
  withoutTransaction?: true;
}
