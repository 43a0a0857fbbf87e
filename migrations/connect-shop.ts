import type { Migration } from './migration.js';

/** ConnectShops, the event stream of each, and up to two active keys. */
export const connectShop: Migration = {
  name: '040-connect-shop',
  up: (knex) =>
    knex.raw(`
      create table connect_shop (
        tenant_id text not null references tenant,
        shop_id integer not null check (shop_id > 0),
        role text not null check (role in ('supplier', 'merchant')),
        name text not null,
        connection_id text,
        demo boolean not null,
        created_at timestamptz not null default now(),
        primary key (tenant_id, shop_id)
      );
      -- A signed request names the shop but no tenant.
      create unique index connect_shop_id on connect_shop (shop_id);
      create unique index connect_shop_connection on connect_shop (tenant_id, connection_id)
        where connection_id is not null;

      -- Locked by the transaction that adds an event, until it commits:
      -- revisions have the order of commits and no gaps (P3).
      create table connect_stream (
        tenant_id text not null,
        shop_id integer not null,
        last_revision bigint not null default 0,
        primary key (tenant_id, shop_id),
        foreign key (tenant_id, shop_id) references connect_shop
      );

      create table connect_key (
        tenant_id text not null,
        shop_id integer not null,
        slot smallint not null check (slot in (1, 2)),
        key_id text not null,
        sealed_key text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz,
        primary key (tenant_id, shop_id, slot),
        foreign key (tenant_id, shop_id) references connect_shop
      )`),
};
