import type { Migration } from './migration.js';

/**
 * An `open` session ends with its start link, not with its idle time. So the index holds the earlier of both ends
 * (adapters/postgres/transmissions/step-sql.ts).
 */
export const startDeadline: Migration = {
  name: '085-start-deadline',
  up: (knex) =>
    knex.raw(`
      create index transmission_deadline on transmission
        ((least(expires_at, case when status = 'open' then start_expires_at end)))
        where status in ('open', 'active') and expires_at > '-infinity';
      drop index transmission_expiry`),
};
