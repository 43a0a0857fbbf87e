import type { Migration } from './migration.js';

/**
 * For a new table PostgreSQL has no statistics, and every index that begins with the tenant seems to find one row: it
 * chooses the smallest, in a tie the one created last, and a prepared statement keeps that plan. So the indexes of
 * buyer cookies and of ends need an extra condition in the statement, and the primary key is created last. Otherwise
 * each login of a new installation would read all transmissions of its tenant.
 */
export const transmissionKeyLast: Migration = {
  name: '083-transmission-key-last',
  up: (knex) =>
    knex.raw(`
      create index transmission_cookie on transmission (md5(buyer_cookie), tenant_id)
        where buyer_cookie <> '' and status in ('open', 'active', 'transferred', 'order_created');
      drop index transmission_buyer_cookie;
      create index transmission_expiry on transmission (expires_at)
        where status in ('open', 'active') and expires_at > '-infinity';
      drop index transmission_due;
      create unique index transmission_key on transmission (tenant_id, transmission_id);
      alter table transmission drop constraint transmission_pkey;
      alter table transmission add constraint transmission_pkey primary key using index transmission_key`),
};
