import type { Migration } from './migration.js';

/** When the answer to an OCI call-up by GET was shown at its one-time address. */
export const payloadShown: Migration = {
  name: '032-payload-shown',
  up: (knex) => knex.raw('alter table transfer_payload add column shown_at timestamptz'),
};
