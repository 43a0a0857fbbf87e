import type { Migration } from './migration.js';

/**
 * Old rows are found by tenant, since tenants keep theirs for different times, and by indexes that have a condition of
 * their own, so that statements about one row cannot choose them (transmission-key-last.ts). Those by block ranges
 * (retention.ts) get useless once new rows take the place of deleted ones. Audit rows are found by their numbers.
 *
 * Figures still count a session that was deleted because of its age.
 */
export const retentionByTenant: Migration = {
  name: '108-retention-by-tenant',
  up: (knex) =>
    knex.raw(`
      create index message_log_old on message_log (tenant_id, at) where at > '-infinity';
      drop index message_log_age;
      create index transfer_payload_old on transfer_payload (tenant_id, stored_at) where stored_at > '-infinity';
      drop index transfer_payload_age;
      drop index audit_age;
      drop trigger transmission_funnel on transmission;
      create trigger transmission_funnel
        after insert or update of status, logged_in_at, created_at, connection_id, uncounted on transmission
        for each row execute function count_in_funnel();
      -- Sweeps that fail now, of all processes (jobs/upkeep.ts).
      create table sweep_fault (
        sweep text primary key,
        error text not null,
        since timestamptz not null default now()
      )`),
};
