import type { Migration } from './migration.js';

/** Notices to a buyer's system about its purchase order. The key ensures that each step of an order is sent once. */
export const orderNotice: Migration = {
  name: '082-order-notice',
  up: (knex) =>
    knex.raw(`
      create table order_notice (
        tenant_id text not null,
        transaction_id bigint not null,
        supplier_shop integer not null,
        status text not null check (status in ('in_process', 'shipped', 'canceled')),
        connection_id text not null,
        order_id text not null,
        transmission_id text,
        content json not null,
        noticed_at timestamptz not null default now(),
        sent_at timestamptz,
        given_up_at timestamptz,
        last_error text,
        primary key (tenant_id, transaction_id, supplier_shop, status)
      );
      create index order_notice_order on order_notice (tenant_id, connection_id, order_id)`),
};
