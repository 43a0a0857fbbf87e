import type { Migration } from './migration.js';

/**
 * The answer stored for an Idempotency-Key, sealed: it may hold a valid start link. `answer` holds clear-text answers
 * of the previous version, and is empty a day after the last process of that version.
 */
export const sealedAnswer: Migration = {
  name: '090-sealed-answer',
  up: (knex) => knex.raw('alter table idempotency_key add column sealed_answer text'),
};
