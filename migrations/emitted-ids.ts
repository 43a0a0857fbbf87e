import type { Migration } from './migration.js';

/**
 * Digests of the article numbers that the files of a run have so far: they are compared, and go when the run ends.
 */
export const emittedIds: Migration = {
  name: '131-emitted-ids',
  up: (knex) =>
    knex.raw(`
      create table catalogue_emitted (
        tenant_id text not null,
        connection_id text not null,
        run_id integer not null,
        format text not null,
        id_digest uuid not null,
        primary key (tenant_id, connection_id, run_id, format, id_digest),
        foreign key (tenant_id, connection_id, run_id) references catalogue_run on delete cascade
      )`),
};
