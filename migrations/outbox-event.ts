import type { Migration } from './migration.js';

/**
 * Facts for other systems, written by the commit that made them true. `event_id` identifies a row; it is not the order
 * of commits (P3).
 */
export const outboxEvent: Migration = {
  name: '006-outbox-event',
  up: (knex) =>
    knex.raw(`
      create table outbox_event (
        tenant_id text not null,
        event_id bigint generated always as identity,
        transmission_id text not null,
        name text not null,
        content jsonb not null,
        created_at timestamptz not null default now(),
        primary key (tenant_id, event_id)
      )`),
};
