import type { Migration } from './migration.js';

/** Session contexts, the sites that their values come from, and the clients that manage them. */
export const sessionContext: Migration = {
  name: '080-session-context',
  up: (knex) =>
    knex.raw(`
      create table site (
        tenant_id text not null references tenant,
        site_code text not null,
        name text not null,
        country text not null,
        currency text not null,
        currencies jsonb not null,
        languages jsonb not null,
        is_default boolean not null,
        primary key (tenant_id, site_code)
      );
      create unique index site_default on site (tenant_id) where is_default;
      create table session_context (
        tenant_id text not null references tenant,
        -- For a punchout the id of its transmission, else an id chosen by the client.
        session_id text not null,
        fields jsonb not null,
        attributes jsonb not null,
        version integer not null,
        created_at timestamptz not null default now(),
        modified_at timestamptz not null default now(),
        primary key (tenant_id, session_id)
      );
      create table oauth_client (
        tenant_id text not null references tenant,
        client_id text not null,
        name text not null,
        scopes jsonb not null,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        revoked_at timestamptz,
        primary key (tenant_id, client_id)
      );
      -- Looked up before the tenant is known.
      create index oauth_client_id on oauth_client (client_id);
      create table oauth_secret (
        tenant_id text not null,
        client_id text not null,
        secret_hash text not null,
        created_at timestamptz not null default clock_timestamp(),
        primary key (tenant_id, client_id, secret_hash),
        foreign key (tenant_id, client_id) references oauth_client on delete cascade
      )`),
};
