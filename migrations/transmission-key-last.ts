import type { Migration } from './migration.js';

/**
 * While a table is young, PostgreSQL has no statistics of it, and every index that begins with the tenant seems to find one row: it takes the smallest, of equals the one
 * that was made last, and a prepared statement keeps that plan. So the indexes of buyer cookies and of ends are only for statements that say a little more than they need to,
 * and the primary key is made last: else each login of a new installation reads all its tenant's transmissions.
 */
export const transmissionKeyLast: Migration = {
  name: '083-transmission-key-last',
  up: (knex) =>
    knex.raw(`
      create index transmission_cookie on transmission (md5(buyer_cookie), tenant_id) where buyer_cookie <> '' and status in ('open', 'active', 'transferred', 'order_created');
      drop index transmission_buyer_cookie;
      create index transmission_expiry on transmission (expires_at) where status in ('open', 'active') and expires_at > '-infinity';
      drop index transmission_due;
      create unique index transmission_key on transmission (tenant_id, transmission_id);
      alter table transmission drop constraint transmission_pkey;
      alter table transmission add constraint transmission_pkey primary key using index transmission_key`),
};
