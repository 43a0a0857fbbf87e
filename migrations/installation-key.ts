import type { Migration } from './migration.js';

/** One row: the generated key of an installation without SESSION_SECRET, shared by all of its processes. */
export const installationKey: Migration = {
  name: '011-installation-key',
  up: (knex) =>
    knex.raw(`
      create table installation_key (
        only_row boolean primary key default true check (only_row),
        secret text not null,
        created_at timestamptz not null default now()
      )`),
};
