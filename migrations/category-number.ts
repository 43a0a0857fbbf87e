import type { Migration } from './migration.js';

/**
 * Integers for categories whose shop uses other ids. They begin above the range reserved for a shop's own integers, and
 * fit 32 bits.
 */
export const categoryNumber: Migration = {
  name: '062-category-number',
  up: (knex) =>
    knex.raw(`
      create table category_number (
        tenant_id text not null,
        category_id text not null,
        number bigint not null generated always as identity (start with 1000000000 maxvalue 2147483647),
        primary key (tenant_id, category_id)
      );
      create unique index category_number_number on category_number (tenant_id, number)`),
};
