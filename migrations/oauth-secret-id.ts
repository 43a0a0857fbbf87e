import type { Migration } from './migration.js';

/** Names a secret of an OAuth client, so that it can be listed and revoked. Nobody can read the secret. */
export const oauthSecretId: Migration = {
  name: '107-oauth-secret-id',
  up: (knex) => knex.raw('alter table oauth_secret add column secret_id uuid not null default gen_random_uuid()'),
};
