import type { Migration } from './migration.js';

/**
 * Operators of the console and their sign-ins. An e-mail and a sign-in are looked up before the tenant is known. The
 * secret of a sign-in is stored as a digest; `sign_in_id` names it in lists.
 */
export const operator: Migration = {
  name: '096-operator',
  up: (knex) =>
    knex.raw(`
      create table operator (
        tenant_id text not null references tenant,
        operator_id text not null,
        email text not null,
        name text not null,
        role text not null check (role in ('viewer', 'engineer', 'owner')),
        demo boolean not null default false,
        password_hash text,
        created_at timestamptz not null default now(),
        disabled_at timestamptz,
        primary key (tenant_id, operator_id)
      );
      create unique index operator_email on operator (lower(email));

      create table operator_sign_in (
        sign_in_digest text primary key,
        tenant_id text not null,
        operator_id text not null,
        sign_in_id text not null,
        address text not null,
        browser text not null,
        created_at timestamptz not null default now(),
        used_at timestamptz not null default now(),
        proven_at timestamptz not null default now(),
        foreign key (tenant_id, operator_id) references operator
      );
      create index operator_sign_in_operator on operator_sign_in (tenant_id, operator_id, created_at);
      create index operator_sign_in_used on operator_sign_in (used_at)`),
};
