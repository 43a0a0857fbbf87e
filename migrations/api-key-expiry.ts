import type { Migration } from './migration.js';

/** A rotated key is valid until its days of grace are over. */
export const apiKeyExpiry: Migration = {
  name: '023-api-key-expiry',
  up: (knex) => knex.raw('alter table api_key add column expires_at timestamptz'),
};
