import type { Migration } from './migration.js';

/**
 * API keys of middlewares (custom store integration), found by digest before the tenant is known; one key may belong to
 * several connections of a tenant.
 */
export const middlewareKey: Migration = {
  name: '061-middleware-key',
  up: (knex) =>
    knex.raw(`
      create table middleware_key (
        tenant_id text not null,
        connection_id text not null,
        key_digest text not null,
        -- Only for middlewares that require their key in the answer.
        sealed_key text,
        created_at timestamptz not null default clock_timestamp(),
        primary key (tenant_id, connection_id, key_digest),
        foreign key (tenant_id, connection_id) references connection
      );
      create index middleware_key_digest on middleware_key (key_digest)`),
};
