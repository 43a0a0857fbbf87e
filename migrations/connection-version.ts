import type { Migration } from './migration.js';

/**
 * For changes by several people: each change of a connection or a tenant makes a new version. `given` holds the
 * settings that somebody named, without presets and defaults; null where only the completed settings are known. A
 * disabled connection is kept, but opens no session. The ids name secrets that nobody can read.
 */
export const connectionVersion: Migration = {
  name: '094-connection-version',
  up: (knex) =>
    knex.raw(`
      alter table connection
        add column version bigint not null default 1,
        add column given jsonb,
        add column disabled_at timestamptz;
      alter table tenant add column version bigint not null default 1;
      alter table connection_secret add column secret_id uuid not null default gen_random_uuid();
      alter table middleware_key add column secret_id uuid not null default gen_random_uuid()`),
};
