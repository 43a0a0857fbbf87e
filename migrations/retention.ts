import type { Migration } from './migration.js';

/** Old rows are found by range: both tables only grow, so a few bytes per block are enough. */
export const retention: Migration = {
  name: '075-retention',
  up: (knex) =>
    knex.raw(`
      create index transfer_payload_age on transfer_payload using brin (stored_at);
      create index audit_age on audit using brin (at)`),
};
