import type { Migration } from './migration.js';

/** Every transfer wrote a row here that nothing read. The audit row of the same commit says the same. */
export const noOutboxEvent: Migration = {
  name: '092-no-outbox-event',
  up: (knex) => knex.raw('drop table outbox_event'),
};
