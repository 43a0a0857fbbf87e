import type { Migration } from './migration.js';

/** Who opened a link sees the checklist of the connection for some hours, in that browser: the digest of its cookie. */
export const handOverSession: Migration = {
  name: '121-hand-over-session',
  up: (knex) =>
    knex.raw(`
      create table hand_over_session (
        session_digest text primary key,
        hand_over_digest text not null references hand_over on delete cascade,
        tenant_id text not null,
        connection_id text not null,
        expires_at timestamptz not null
      );
      create index hand_over_session_link on hand_over_session (hand_over_digest)`),
};
