import type { Migration } from './migration.js';

/** A job that has failed for three days waits for a person: it is due at infinity, so earlier versions leave it too. */
export const jobGivenUp: Migration = {
  name: '109-job-given-up',
  up: (knex) =>
    knex.raw(`
      alter table job add column failing_since timestamptz, add column given_up_at timestamptz;
      create index job_failing on job (failing_since) where given_up_at is null and failing_since is not null;
      create index job_given_up on job (given_up_at) where given_up_at is not null`),
};
