import type { Migration } from './migration.js';

/**
 * The settings of connections keep the order in which they were written: the rules of a mapping are applied in it, and
 * fields and Extrinsics are sent in it. jsonb sorts names by their length.
 */
export const settingsInOrder: Migration = {
  name: '104-settings-in-order',
  up: (knex) =>
    knex.raw(`
      alter table connection
        alter column settings type json using settings::json,
        alter column given type json using given::json`),
};
