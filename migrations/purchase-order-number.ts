import type { Migration } from './migration.js';

/**
 * The key of a purchase order becomes its number and version. The payloadID cannot be the key: senders repeat it in
 * another order, or leave it out (''). Number and version were already unique.
 */
export const purchaseOrderNumber: Migration = {
  name: '086-purchase-order-number',
  up: (knex) =>
    knex.raw(`
      alter table purchase_order drop constraint purchase_order_pkey;
      alter table purchase_order add constraint purchase_order_pkey primary key using index purchase_order_version`),
};
