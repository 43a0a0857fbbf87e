import type { Migration } from './migration.js';

export const tenant: Migration = {
  name: '001-tenant',
  up: (knex) =>
    knex.raw(`
      create table tenant (
        tenant_id text primary key,
        name text not null,
        settings jsonb not null,
        created_at timestamptz not null default now()
      )`),
};
