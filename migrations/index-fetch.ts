import type { Migration } from './migration.js';

/**
 * What a buyer's system fetches. `api_key.connection_id`: the one connection of a key with the scope `index`.
 * `catalogue_run.files`: by format the digest of the file, and since when its bytes are the same.
 */
export const indexFetch: Migration = {
  name: '122-index-fetch',
  up: (knex) =>
    knex.raw(`
      alter table api_key add column connection_id text;
      alter table catalogue_run add column files jsonb not null default '{}'`),
};
