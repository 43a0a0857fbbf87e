import type { Migration } from './migration.js';

/**
 * Subscribers of a ConnectShop's events, and the progress of each. A removed hook keeps its row, without events, so
 * that what was sent stays known.
 */
export const connectHook: Migration = {
  name: '042-connect-hook',
  up: (knex) =>
    knex.raw(`
      create table connect_hook (
        tenant_id text not null,
        hook_id text not null,
        shop_id integer not null,
        url text not null,
        events text[] not null,
        -- The subscriber has acknowledged all events up to here.
        acked_revision bigint not null default 0,
        -- Nothing beyond this was ever sent; raised before sending.
        sent_revision bigint not null default 0,
        -- Revisions up to here are sent again, even if acknowledged.
        replay_until bigint,
        -- Also the lease: taking a hook moves it to the time when it becomes due again.
        due_at timestamptz not null default now(),
        lease uuid,
        attempts integer not null default 0,
        rewinds integer not null default 0,
        failing_since timestamptz,
        last_error text,
        paused_at timestamptz,
        created_at timestamptz not null default now(),
        primary key (tenant_id, hook_id)
      );
      create unique index connect_hook_url on connect_hook (tenant_id, shop_id, url);
      create index connect_hook_due on connect_hook (due_at) where paused_at is null`),
};
