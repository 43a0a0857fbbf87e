import type { Migration } from './migration.js';

/** `due_at` is also the lease: taking a job moves it to the time when the job becomes due again. */
export const job: Migration = {
  name: '007-job',
  up: (knex) =>
    knex.raw(`
      create table job (
        tenant_id text not null,
        job_id bigint generated always as identity,
        kind text not null,
        input jsonb not null,
        due_at timestamptz not null default now(),
        attempts integer not null default 0,
        lease uuid,
        last_error text,
        created_at timestamptz not null default now(),
        primary key (tenant_id, job_id)
      );
      create index job_due on job (due_at)`),
};
