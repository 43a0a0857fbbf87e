import type { Migration } from './migration.js';

/** Where a connection's index is pushed to, and what was pushed last. */
export const indexPush: Migration = {
  name: '124-index-push',
  up: (knex) =>
    knex.raw(`
      create table index_push (
        tenant_id text not null,
        connection_id text not null,
        url text not null,
        format text not null,
        -- The header Authorization, sealed.
        sealed_authorization text,
        pushed_run integer,
        pushed_digest text,
        pushed_at timestamptz,
        failed_at timestamptz,
        last_error text,
        primary key (tenant_id, connection_id),
        foreign key (tenant_id, connection_id) references connection on delete cascade
      )`),
};
