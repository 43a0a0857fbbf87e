import type { Migration } from './migration.js';

/**
 * The address ids of ShipTo by which a connection chooses the shop's customer. `customer` null: the usual one of the
 * connection. Rows that are not known are the inbox: ids that call-ups named and nobody has decided about.
 */
export const shipToAddress: Migration = {
  name: '120-ship-to-address',
  up: (knex) =>
    knex.raw(`
      create table ship_to_address (
        tenant_id text not null,
        connection_id text not null,
        address_id text not null check (length(address_id) between 1 and 255),
        is_known boolean not null,
        customer jsonb,
        place text not null default '',
        created_at timestamptz not null default now(),
        primary key (tenant_id, connection_id, address_id),
        foreign key (tenant_id, connection_id) references connection on delete cascade
      );
      create index ship_to_address_inbox on ship_to_address (tenant_id, connection_id) where not is_known`),
};
