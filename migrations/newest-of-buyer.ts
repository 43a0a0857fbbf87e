import type { Migration } from './migration.js';

/**
 * Searches of operators by e-mail and BuyerCookie find the newest sessions without reading all of the same buyer
 * (session-search.ts). The first columns stay, so that the previous version of the program uses them too.
 */
export const newestOfBuyer: Migration = {
  name: '110-newest-of-buyer',
  up: (knex) =>
    knex.raw(`
      create index transmission_newest_of_email on transmission
        (md5(lower(substring(buyer::text from '"email"\\s*:\\s*"([^"\\\\]*)"'))), tenant_id, created_at)
        where buyer is not null;
      drop index transmission_email;
      create index transmission_newest_of_cookie on transmission (md5(buyer_cookie), tenant_id, created_at)
        where buyer_cookie <> '';
      drop index transmission_cookie`),
};
