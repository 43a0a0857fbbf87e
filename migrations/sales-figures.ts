import type { Migration } from './migration.js';

/**
 * Roll-ups per tenant, day (UTC, of the call-up) and currency, and the facts that are not yet folded into them. A fact
 * is written by the statement that made it true and deleted by the statement that folds it: in any snapshot, roll-ups
 * plus facts are exact.
 */
export const salesFigures: Migration = {
  name: '021-sales-figures',
  up: (knex) =>
    knex.raw(`
      create table sales_fact (
        tenant_id text not null,
        fact_id bigint generated always as identity,
        day date not null,
        -- Empty for the start of a session, when the currency is not known.
        currency text not null,
        sessions smallint not null,
        completed smallint not null,
        revenue numeric not null,
        -- [sku, name, quantity, revenue] of each product sold.
        lines jsonb,
        primary key (tenant_id, fact_id)
      );
      create table sales_day (
        tenant_id text not null,
        day date not null,
        currency text not null,
        sessions bigint not null,
        completed bigint not null,
        revenue numeric not null,
        primary key (tenant_id, day, currency)
      );
      create table product_day (
        tenant_id text not null,
        day date not null,
        currency text not null,
        sku text not null,
        name text not null,
        quantity numeric not null,
        revenue numeric not null,
        primary key (tenant_id, day, currency, sku)
      );
      -- The same by month (its first day): a year of top products is read from twelve months, not from 365 days.
      create table product_month (
        tenant_id text not null,
        day date not null,
        currency text not null,
        sku text not null,
        name text not null,
        quantity numeric not null,
        revenue numeric not null,
        primary key (tenant_id, day, currency, sku)
      )`),
};
