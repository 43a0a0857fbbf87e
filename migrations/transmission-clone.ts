import type { Migration } from './migration.js';

/** The account that a shop created for a transmission (custom store integration). */
export const transmissionClone: Migration = {
  name: '060-transmission-clone',
  up: (knex) => knex.raw('alter table transmission add column clone jsonb'),
};
