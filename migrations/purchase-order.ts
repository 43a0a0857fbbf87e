import type { Migration } from './migration.js';

/** Purchase orders as received. The two unique indexes ensure that a document and a step of an order count once. */
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
        -- json, since jsonb refuses U+0000; always read whole.
        content json not null,
        -- The whole body, attachments included, as received.
        document bytea not null,
        content_type text not null,
        received_at timestamptz not null default now(),
        -- The shop's number if the order was placed there, or the reason if not.
        store_number text,
        store_refusal text,
        primary key (tenant_id, connection_id, payload_id)
      );
      create unique index purchase_order_version on purchase_order (tenant_id, connection_id, order_id, version);
      create index purchase_order_transmission on purchase_order (tenant_id, transmission_id)
        where transmission_id is not null`),
};
