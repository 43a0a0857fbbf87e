import type { Migration } from './migration.js';

/**
 * Indexes of what a connection's buyers may buy. `catalogue_item` is the catalogue as the store last told it; a run
 * brings it up to date and writes it into files, which are kept in pieces. Piece 0 is what stands before the items.
 */
export const catalogueIndex: Migration = {
  name: '112-catalogue-index',
  up: (knex) =>
    knex.raw(`
      create table catalogue_item (
        tenant_id text not null,
        connection_id text not null,
        product_key text collate "C" not null,
        sku text collate "C" not null,
        text_digest text not null,
        -- The run that last saw it.
        run_id integer not null,
        -- JSON. Not jsonb: texts of a shop may hold what jsonb cannot.
        product text not null,
        primary key (tenant_id, connection_id, product_key),
        foreign key (tenant_id, connection_id) references connection on delete cascade
      );
      create index catalogue_item_sku on catalogue_item (tenant_id, connection_id, sku, product_key);
      create index catalogue_item_text on catalogue_item (tenant_id, connection_id, text_digest);
      create table catalogue_run (
        tenant_id text not null,
        connection_id text not null,
        run_id integer not null,
        state text not null check (state in ('reading', 'writing', 'done', 'failed')),
        step integer not null default 0,
        formats text[] not null,
        settings_digest text not null,
        started_by text not null,
        started_at timestamptz not null default now(),
        ended_at timestamptz,
        cursor text,
        since text,
        mark text,
        currency text not null default '',
        language text not null default '',
        place_sku text collate "C",
        place_key text collate "C",
        read integer not null default 0,
        products integer not null default 0,
        items jsonb not null default '{}',
        issues text not null default '[]',
        reason text,
        primary key (tenant_id, connection_id, run_id),
        foreign key (tenant_id, connection_id) references connection on delete cascade
      );
      create unique index catalogue_run_live on catalogue_run (tenant_id, connection_id)
        where state in ('reading', 'writing');
      create table catalogue_piece (
        tenant_id text not null,
        connection_id text not null,
        run_id integer not null,
        format text not null,
        piece integer not null,
        content text not null,
        primary key (tenant_id, connection_id, run_id, format, piece),
        foreign key (tenant_id, connection_id, run_id) references catalogue_run on delete cascade
      )`),
};
