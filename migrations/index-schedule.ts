import type { Migration } from './migration.js';

/** The newest period of a connection's schedule whose index was begun; it is named by its first moment. */
export const indexSchedule: Migration = {
  name: '123-index-schedule',
  up: (knex) =>
    knex.raw(`
      create table catalogue_schedule (
        tenant_id text not null,
        connection_id text not null,
        period timestamptz not null,
        primary key (tenant_id, connection_id),
        foreign key (tenant_id, connection_id) references connection on delete cascade
      )`),
};
