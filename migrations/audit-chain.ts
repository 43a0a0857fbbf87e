import type { Migration } from './migration.js';

/**
 * T64: the worker links each audit row to the previous one of its tenant, a minute after it was written: a shared
 * counter in the commits would limit their rate.
 */
export const auditChain: Migration = {
  name: '084-audit-chain',
  up: (knex) =>
    knex.raw(`
      create index audit_order on audit (tenant_id, audit_id);
      create table audit_link (
        tenant_id text not null,
        audit_id bigint not null,
        -- Hash of the previous row; empty for the first.
        previous bytea not null,
        hash bytea not null,
        primary key (tenant_id, audit_id)
      );
      -- The last link of each tenant.
      create table audit_chain (
        tenant_id text primary key,
        audit_id bigint not null,
        hash bytea not null
      )`),
};
