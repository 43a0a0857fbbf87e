import type { Knex } from 'knex';

/**
 * One step of the schema. Steps only expand (new tables, nullable columns, indexes), so that the version before
 * works on the schema of the version after (P12); there is no way down. A step that is out in the world is never edited.
 */
export interface Migration {
  /** Recorded in the database: never renamed. */
  name: string;
  up(knex: Knex): Promise<unknown>;
}
