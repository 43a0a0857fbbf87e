import type { Migration } from './migration.js';

/**
 * Test punchouts from the console. A test has a secret of its own, which lives as long as its call-up takes, and gets
 * one cart. Its session names it and counts in no figure.
 */
export const testPunchout: Migration = {
  name: '101-test-punchout',
  up: (knex) =>
    knex.raw(`
      create table test_punchout (
        test_id text primary key,
        tenant_id text not null,
        connection_id text not null,
        started_by text not null,
        created_at timestamptz not null default now(),
        -- Of cXML and OCI a slow hash, of a middleware a digest.
        secret_hash text,
        key_digest text,
        secret_until timestamptz not null,
        -- The fields of the form that came back, as JSON.
        returned text,
        returned_at timestamptz,
        foreign key (tenant_id, connection_id) references connection on delete cascade
      );
      create index test_punchout_connection on test_punchout (tenant_id, connection_id, created_at);
      create index test_punchout_key on test_punchout (key_digest) where key_digest is not null;
      create index test_punchout_created on test_punchout (created_at);
      alter table transmission add column test_id text;
      create index transmission_test on transmission (tenant_id, test_id) where test_id is not null`),
};
