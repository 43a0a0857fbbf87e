import type { Migration } from './migration.js';

/**
 * Sign-in by OpenID Connect. `from_provider`: the provider's claims made the operator and decide the role.
 * `operator_pending_sign_in`: a browser was sent to the provider and is not back yet. The digest is that of a secret
 * that only the browser has; state, nonce and code verifier are derived from the same secret and stored nowhere.
 */
export const operatorOpenId: Migration = {
  name: '097-operator-open-id',
  up: (knex) =>
    knex.raw(`
      alter table operator add column from_provider boolean not null default false;
      alter table operator_sign_in add column by_provider boolean not null default false;
      create table operator_pending_sign_in (
        browser_digest text primary key,
        next text not null,
        fresh boolean not null,
        earlier_digest text,
        created_at timestamptz not null default now()
      );
      create index operator_pending_sign_in_age on operator_pending_sign_in (created_at)`),
};
