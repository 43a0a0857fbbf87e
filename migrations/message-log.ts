import type { Migration } from './migration.js';

/**
 * Received and sent documents, redacted; refused call-ups have no transmission. For integration engineers; deleted by
 * age.
 */
export const messageLog: Migration = {
  name: '072-message-log',
  up: (knex) =>
    knex.raw(`
      create table message_log (
        tenant_id text not null,
        message_id bigint generated always as identity,
        transmission_id text,
        connection_id text,
        direction text not null check (direction in ('in', 'out')),
        kind text not null,
        content_type text not null,
        content text not null,
        payload_id text,
        digest text,
        code text,
        reason text,
        warning text,
        at timestamptz not null,
        primary key (tenant_id, message_id)
      );
      create index message_log_transmission on message_log (tenant_id, transmission_id, message_id);
      create index message_log_refused on message_log (tenant_id, message_id) where transmission_id is null;
      create index message_log_payload on message_log (tenant_id, connection_id, md5(payload_id))
        where payload_id is not null;
      create index message_log_age on message_log (at);
      do $$ begin
        alter table message_log alter column content set compression lz4;
      exception when feature_not_supported then null;
      end $$`),
};
