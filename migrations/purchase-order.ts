import type { Migration } from './migration.js';

/** Purchase orders as they came in. The two unique indexes are the promise that a document, and a step of an order, counts once. */
export const purchaseOrder: Migration = {
  name: '081-purchase-order',
  up: (knex) =>
    knex.raw(`
      create table purchase_order (
        tenant_id text not null,
        connection_id text not null,
        payload_id text not null,
        order_id text not null,
        version integer not null,
        kind text not null check (kind in ('new', 'update', 'delete')),
        digest text not null,
        transmission_id text,
        verdict text not null check (verdict in ('matched', 'mismatch', 'unmatched')),
        mismatches json not null,
        attachments json not null,
        -- json keeps what jsonb refuses (U+0000); only ever read whole.
        content json not null,
        -- The whole body, attachments included, as it came.
        document bytea not null,
        content_type text not null,
        received_at timestamptz not null default now(),
        -- Of the shop, where it was placed there, or why it was not.
        store_number text,
        store_refusal text,
        primary key (tenant_id, connection_id, payload_id)
      );
      create unique index purchase_order_version on purchase_order (tenant_id, connection_id, order_id, version);
      create index purchase_order_transmission on purchase_order (tenant_id, transmission_id) where transmission_id is not null`),
};
