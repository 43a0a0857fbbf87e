import type { Migration } from './migration.js';

/**
 * When a message was written, which may be long after its request: the live events read the rows of the last moments
 * by it. Rows of earlier versions get the time of this migration, without being rewritten.
 */
export const messageStoredAt: Migration = {
  name: '099-message-stored-at',
  up: (knex) => knex.raw(`alter table message_log add column stored_at timestamptz not null default now()`),
};
