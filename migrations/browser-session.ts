import type { Migration } from './migration.js';

/**
 * Sessions of express-session where Redis is not configured. Keyed by the digest of the session id: the look-up runs
 * before the tenant is known.
 */
export const browserSession: Migration = {
  name: '009-browser-session',
  up: (knex) =>
    knex.raw(`
      create table browser_session (
        session_digest text primary key,
        content json not null,
        expires_at timestamptz not null
      );
      create index browser_session_due on browser_session (expires_at)`),
};
