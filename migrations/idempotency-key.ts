import type { Migration } from './migration.js';

/** An Idempotency-Key, its request, and the answer once it exists (P10). */
export const idempotencyKey: Migration = {
  name: '022-idempotency-key',
  up: (knex) =>
    knex.raw(`
      create table idempotency_key (
        tenant_id text not null,
        idempotency_key text not null,
        request_digest text not null,
        -- Identifies the working process; a process that lost its lease stores no answer.
        lease uuid not null,
        lease_until timestamptz not null,
        status smallint,
        answer text,
        created_at timestamptz not null default now(),
        primary key (tenant_id, idempotency_key)
      );
      create index idempotency_key_age on idempotency_key (created_at)`),
};
