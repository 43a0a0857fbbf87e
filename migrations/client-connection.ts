import type { Migration } from './migration.js';

/** `oauth_client.connection_id`: the one connection of a client with the scope `open-buy`. */
export const clientConnection: Migration = {
  name: '132-client-connection',
  up: (knex) => knex.raw('alter table oauth_client add column connection_id text'),
};
