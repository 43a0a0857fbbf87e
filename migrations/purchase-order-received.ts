import type { Migration } from './migration.js';

/**
 * For operators: purchase orders by verdict and time, events of one order, notices that were not sent, and at most one
 * job that places an order in the shop. The index of the list has a condition of its own, so that statements about one
 * order cannot choose it (transmission-key-last.ts).
 */
export const purchaseOrderReceived: Migration = {
  name: '105-purchase-order-received',
  up: (knex) =>
    knex.raw(`
      create index purchase_order_received on purchase_order
        (tenant_id, verdict, received_at, digest, connection_id) where received_at > '-infinity';
      create index connect_event_transaction on connect_event (transaction_id, tenant_id);
      create unique index job_placing on job (tenant_id, (input->>'connectionId'), md5(input->>'orderId'))
        where kind = 'place-purchase-order';
      create index order_notice_unsent on order_notice (tenant_id, noticed_at) where sent_at is null`),
};
