import type { Migration } from './migration.js';

export const connection: Migration = {
  name: '002-connection',
  up: (knex) =>
    knex.raw(`
      create table connection (
        tenant_id text not null references tenant,
        connection_id text not null,
        name text not null,
        protocol text not null check (protocol in ('cxml', 'oci', 'repost')),
        demo boolean not null,
        settings jsonb not null,
        created_at timestamptz not null default now(),
        primary key (tenant_id, connection_id)
      );

      -- Found by digest before the tenant is known; one credential (a hub's) may belong to several connections.
      create table connection_credential (
        tenant_id text not null,
        connection_id text not null,
        credential_digest text not null,
        kind text not null check (kind in ('cxml', 'oci')),
        domain text not null,
        identity text not null,
        created_at timestamptz not null default now(),
        primary key (tenant_id, connection_id, credential_digest),
        foreign key (tenant_id, connection_id) references connection
      );
      create index connection_credential_digest on connection_credential (credential_digest);

      -- Two slots: the schema limits active secrets to two.
      create table connection_secret (
        tenant_id text not null,
        connection_id text not null,
        slot smallint not null check (slot in (1, 2)),
        secret_hash text not null,
        created_at timestamptz not null default now(),
        primary key (tenant_id, connection_id, slot),
        foreign key (tenant_id, connection_id) references connection
      )`),
};
