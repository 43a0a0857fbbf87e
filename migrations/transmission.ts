import type { Migration } from './migration.js';

/**
 * `request` is json, not jsonb: jsonb refuses U+0000 and lone surrogates, which a buyer may send, and the value is
 * always read whole. No foreign keys here and below: these are the hot tables, and their rows are inserted by
 * statements that have read the parent row.
 */
export const transmission: Migration = {
  name: '004-transmission',
  up: (knex) =>
    knex.raw(`
      create table transmission (
        tenant_id text not null,
        transmission_id text not null,
        connection_id text not null,
        protocol text not null check (protocol in ('cxml', 'oci', 'repost')),
        operation text not null check (operation in ('create', 'edit', 'inspect')),
        status text not null
          check (status in ('open', 'active', 'transferred', 'order_created', 'closed', 'cancelled', 'expired')),
        request json not null,
        buyer_cookie text not null,
        return_url text not null,
        call_up_digest text,
        token_digest text,
        claim_digest text,
        epoch integer not null default 0,
        cart jsonb,
        cart_revision integer not null default 0,
        cart_lease uuid,
        cart_lease_until timestamptz,
        created_at timestamptz not null default now(),
        start_expires_at timestamptz not null,
        expires_at timestamptz not null,
        absolute_expires_at timestamptz not null,
        logged_in_at timestamptz,
        ended_at timestamptz,
        primary key (tenant_id, transmission_id)
      );
      -- Found by the claim cookie's digest when the browser session is lost.
      create unique index transmission_claim on transmission (claim_digest) where claim_digest is not null;
      -- A repeated call-up gets the existing transmission while its link is unused.
      create unique index transmission_call_up on transmission (tenant_id, connection_id, call_up_digest)
        where status = 'open' and call_up_digest is not null;
      create index transmission_due on transmission (expires_at) where status in ('open', 'active')`),
};
