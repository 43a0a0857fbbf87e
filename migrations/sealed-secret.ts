import type { Migration } from './migration.js';

/**
 * A copy of the secret that can be opened again, under a key that is not in the database (T29); only for connections
 * that use CredentialMac.
 */
export const sealedSecret: Migration = {
  name: '031-sealed-secret',
  up: (knex) => knex.raw('alter table connection_secret add column sealed_secret text'),
};
