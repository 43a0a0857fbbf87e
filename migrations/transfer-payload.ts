import type { Migration } from './migration.js';

/**
 * The primary key ensures one payload per transmission. `payload` is JSON stored as text, since its bytes must be
 * returned unchanged.
 */
export const transferPayload: Migration = {
  name: '005-transfer-payload',
  up: (knex) =>
    knex.raw(`
      create table transfer_payload (
        tenant_id text not null,
        transmission_id text not null,
        payload text not null,
        stored_at timestamptz not null default now(),
        primary key (tenant_id, transmission_id)
      );
      -- lz4 takes a fifth of pglz's time; a server may be built without it.
      do $$ begin
        alter table transfer_payload alter column payload set compression lz4;
      exception when feature_not_supported then null;
      end $$`),
};
