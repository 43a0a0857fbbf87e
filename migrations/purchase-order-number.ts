import type { Migration } from './migration.js';

/**
 * A purchase order is named by its number: senders repeat a payloadID in another order, or leave it out (''). The key
 * of a document is the order's number and the version, which was unique already.
 */
export const purchaseOrderNumber: Migration = {
  name: '086-purchase-order-number',
  up: (knex) =>
    knex.raw(`
      alter table purchase_order drop constraint purchase_order_pkey;
      alter table purchase_order add constraint purchase_order_pkey primary key using index purchase_order_version`),
};
