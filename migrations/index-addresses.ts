import type { Migration } from './migration.js';

/**
 * Indexes for the address ids of ShipTo. `address_id` empty: that of the usual customer of the connection.
 * `catalogue_run.customer`: the shop's customer whose prices a run has, where the connection has chosen one;
 * `withdrawn`: its address id has left the table, so nothing of it is offered any more.
 */
export const indexAddresses: Migration = {
  name: '130-index-addresses',
  up: (knex) =>
    knex.raw(`
      alter table catalogue_item add column address_id text not null default '';
      alter table catalogue_item drop constraint catalogue_item_pkey,
        add primary key (tenant_id, connection_id, address_id, product_key);
      drop index catalogue_item_sku;
      drop index catalogue_item_text;
      create index catalogue_item_sku on catalogue_item (tenant_id, connection_id, address_id, sku, product_key);
      create index catalogue_item_text on catalogue_item (tenant_id, connection_id, address_id, text_digest);
      alter table catalogue_run add column address_id text not null default '', add column customer jsonb,
        add column withdrawn boolean not null default false;
      create index catalogue_run_address on catalogue_run (tenant_id, connection_id, address_id, run_id);
      alter table catalogue_schedule add column address_id text not null default '';
      alter table catalogue_schedule drop constraint catalogue_schedule_pkey,
        add primary key (tenant_id, connection_id, address_id);
      alter table index_push add column address_id text not null default '';
      alter table index_push drop constraint index_push_pkey,
        add primary key (tenant_id, connection_id, address_id)`),
};
