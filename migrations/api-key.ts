import type { Migration } from './migration.js';

export const apiKey: Migration = {
  name: '003-api-key',
  up: (knex) =>
    knex.raw(`
      create table api_key (
        tenant_id text not null references tenant,
        key_id text not null,
        name text not null,
        scopes text[] not null,
        demo boolean not null,
        key_digest text not null,
        created_at timestamptz not null default now(),
        revoked_at timestamptz,
        primary key (tenant_id, key_id)
      );
      -- Found by digest before the tenant is known.
      create unique index api_key_digest on api_key (key_digest)`),
};
