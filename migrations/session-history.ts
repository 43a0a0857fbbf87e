import type { Migration } from './migration.js';

/**
 * Columns of a transmission in the lists of the PunchOut Session API. `buyer` is json for the same reason as `request`;
 * `summary` is the last known state of the cart. The index holds PunchFlow's word for the status, so that a page of any
 * filter is read by index ranges, and the columns without which PostgreSQL would read the rows to count them.
 */
export const sessionHistory: Migration = {
  name: '020-session-history',
  up: (knex) =>
    knex.raw(`
      alter table transmission add column buyer json, add column summary jsonb;
      create index transmission_history on transmission (
        tenant_id,
        (case when status in ('open', 'active') then 'active'
          when status in ('transferred', 'order_created') then 'completed'
          when status = 'expired' then 'expired' else 'cancelled' end),
        protocol, created_at, transmission_id) include (status, expires_at)`),
};
