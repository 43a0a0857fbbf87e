import type { Migration } from './migration.js';

/** Accounts that the demo shop creates for the buyers of a middleware; one per transmission. */
export const demoCustomer: Migration = {
  name: '063-demo-customer',
  up: (knex) =>
    knex.raw(`
      create table demo_customer (
        tenant_id text not null,
        customer_id text not null,
        template text not null,
        role text not null,
        created_at timestamptz not null default now(),
        primary key (tenant_id, customer_id)
      )`),
};
