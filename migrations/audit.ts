import type { Migration } from './migration.js';

export const audit: Migration = {
  name: '008-audit',
  up: (knex) =>
    knex.raw(`
      create table audit (
        tenant_id text not null,
        transmission_id text not null,
        audit_id bigint generated always as identity,
        -- Null where no status changed; from_status is null when a transmission is created.
        from_status text,
        to_status text,
        event text not null,
        actor text not null,
        details jsonb not null default '{}',
        at timestamptz not null default now(),
        primary key (tenant_id, transmission_id, audit_id)
      )`),
};
