import type { Migration } from './migration.js';

/**
 * Links that show a buyer's IT the access data of a connection, once. A link is looked up before the tenant is known,
 * and is stored as a digest. The secret in it is sealed, and gone as soon as the link was opened.
 */
export const handOver: Migration = {
  name: '102-hand-over',
  up: (knex) =>
    knex.raw(`
      create table hand_over (
        hand_over_digest text primary key,
        tenant_id text not null,
        connection_id text not null,
        sealed_secret text,
        made_by text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        opened_at timestamptz,
        foreign key (tenant_id, connection_id) references connection on delete cascade
      );
      create index hand_over_connection on hand_over (tenant_id, connection_id, created_at);
      create index hand_over_expires on hand_over (expires_at)`),
};
