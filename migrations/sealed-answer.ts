import type { Migration } from './migration.js';

/**
 * The answer kept by an Idempotency-Key, sealed: it may hold a start link that is still good. `answer` holds those of the
 * version before, in clear, and is empty a day after the last process of that version.
 */
export const sealedAnswer: Migration = {
  name: '090-sealed-answer',
  up: (knex) => knex.raw('alter table idempotency_key add column sealed_answer text'),
};
