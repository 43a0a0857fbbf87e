import type { Migration } from './migration.js';

/**
 * Every row has the reference of its request, which error pages, answers and log lines show. Refused requests also have
 * the client's address. Rows of callers that nobody knows belong to `_installation`, which no tenant can be named.
 */
export const messageReference: Migration = {
  name: '093-message-reference',
  up: (knex) =>
    knex.raw(`
      alter table message_log add column reference text, add column address text;
      create index message_log_reference on message_log (tenant_id, reference) where reference is not null;
      create index message_log_code on message_log (tenant_id, message_id) include (code, at) where code is not null`),
};
