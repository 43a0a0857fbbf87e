import type { Migration } from './migration.js';

/** The classification codes and units that a connection's buyer knows, and how many products of an index have one. */
export const buyerCodes: Migration = {
  name: '125-buyer-codes',
  up: (knex) =>
    knex.raw(`
      create table buyer_code (
        tenant_id text not null,
        connection_id text not null,
        list text not null check (list in ('classification', 'unit')),
        code text collate "C" not null,
        primary key (tenant_id, connection_id, list, code),
        foreign key (tenant_id, connection_id) references connection on delete cascade
      );
      alter table catalogue_run add column coverage jsonb not null default '{}'`),
};
