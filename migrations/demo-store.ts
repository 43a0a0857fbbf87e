import type { Migration } from './migration.js';

/** Carts and orders of the demo shop. `version` counts the changes of a cart's content. */
export const demoStore: Migration = {
  name: '010-demo-store',
  up: (knex) =>
    knex.raw(`
      create table demo_cart (
        tenant_id text not null,
        cart_id text not null,
        currency text not null,
        language text not null,
        version integer not null default 0,
        created_at timestamptz not null default now(),
        primary key (tenant_id, cart_id)
      );
      create table demo_cart_line (
        tenant_id text not null,
        cart_id text not null,
        line_id text not null,
        sku text not null,
        quantity numeric not null check (quantity > 0),
        position integer not null,
        primary key (tenant_id, cart_id, line_id),
        foreign key (tenant_id, cart_id) references demo_cart on delete cascade
      );
      create table demo_order (
        tenant_id text not null,
        order_id text not null,
        content jsonb not null,
        created_at timestamptz not null default now(),
        primary key (tenant_id, order_id)
      )`),
};
