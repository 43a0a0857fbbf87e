import type { Migration } from './migration.js';

/**
 * Orders and the events of both parties (Shopware Connect). Columns with foreign text are json, for the reason given in
 * transmission.ts.
 */
export const connectOrder: Migration = {
  name: '041-connect-order',
  up: (knex) =>
    knex.raw(`
      create table connect_transaction (
        tenant_id text primary key,
        last_transaction bigint not null
      );
      create table connect_order (
        tenant_id text not null,
        transaction_id bigint not null,
        supplier_shop integer not null,
        supplier_order_id text not null,
        merchant_shop integer not null,
        merchant_order_id text not null,
        order_key text not null,
        transmission_id text,
        status text not null check (status in ('open', 'in_process', 'shipped', 'delivered', 'canceled', 'error')),
        payment_status text not null check (payment_status in ('open', 'instructed', 'received')),
        tracking json,
        content json not null,
        ordered_at timestamptz not null,
        changed_at timestamptz not null default now(),
        primary key (tenant_id, transaction_id, supplier_shop)
      );
      create unique index connect_order_key on connect_order (tenant_id, order_key, supplier_shop);
      create unique index connect_order_supplier on connect_order (tenant_id, supplier_shop, supplier_order_id);
      create index connect_order_merchant on connect_order (tenant_id, merchant_shop, supplier_order_id);

      create table connect_event (
        tenant_id text not null,
        shop_id integer not null,
        revision bigint not null,
        name text not null,
        transaction_id bigint not null,
        supplier_shop integer not null,
        document text not null,
        created_at timestamptz not null default now(),
        primary key (tenant_id, shop_id, revision)
      );
      do $$ begin
        alter table connect_event alter column document set compression lz4;
      exception when feature_not_supported then null;
      end $$`),
};
