import type { Migration } from './migration.js';

/** CSV feeds (Shopware Connect) and the reports of their imports; report numbers are per supplier. */
export const connectFeed: Migration = {
  name: '071-connect-feed',
  up: (knex) =>
    knex.raw(`
      create table connect_feed (
        tenant_id text not null,
        shop_id integer not null,
        url text not null,
        md5 text,
        last_report integer not null default 0,
        -- Also the lease: taking a feed moves it to the time when it becomes due again.
        due_at timestamptz not null default now(),
        lease uuid,
        attempts integer not null default 0,
        progress_lines integer,
        progress_products integer,
        failing_since timestamptz,
        last_error text,
        created_at timestamptz not null default now(),
        primary key (tenant_id, shop_id)
      );
      create index connect_feed_due on connect_feed (due_at);
      create table connect_import_report (
        tenant_id text not null,
        shop_id integer not null,
        report_id integer not null,
        imported_at timestamptz not null default now(),
        modified_at timestamptz not null,
        md5 text not null,
        size bigint not null,
        encoding text not null,
        lines integer not null,
        warnings integer not null,
        errors integer not null,
        issue_lines integer not null,
        products integer not null,
        issues jsonb not null,
        primary key (tenant_id, shop_id, report_id)
      );
      create table demo_product (
        tenant_id text not null,
        product_id text not null,
        -- The import of the last write: a second line with the same id in one import has no effect.
        run uuid not null,
        product jsonb not null,
        updated_at timestamptz not null default now(),
        primary key (tenant_id, product_id)
      )`),
};
