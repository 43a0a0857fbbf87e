import type { Migration } from './migration.js';

/**
 * Searches of operators: by connection, BuyerCookie and e-mail, in every state. The address is cut out of the text of
 * the json, since no operator of json takes U+0000, which a buyer may send. Hashes, since an index entry is short. None
 * begins with the tenant, and each needs a condition of its own (transmission-key-last.ts).
 */
export const sessionSearch: Migration = {
  name: '095-session-search',
  up: (knex) =>
    knex.raw(`
      create index transmission_of_connection on transmission (connection_id, tenant_id, created_at, transmission_id)
        where created_at > '-infinity';
      create index transmission_email on transmission
        (md5(lower(substring(buyer::text from '"email"\\s*:\\s*"([^"\\\\]*)"'))), tenant_id) where buyer is not null;
      drop index transmission_cookie;
      create index transmission_cookie on transmission (md5(buyer_cookie), tenant_id) where buyer_cookie <> ''`),
};
