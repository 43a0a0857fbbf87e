import type { Migration } from './migration.js';

/**
 * The cart that a document was made from (JSON, as text), so that the document can be made again with other settings.
 * Beside its payload: both are erased together. Null: too large, or sent before this column was there.
 */
export const sentCart: Migration = {
  name: '103-sent-cart',
  up: (knex) =>
    knex.raw(`
      alter table transfer_payload add column cart text;
      -- lz4 takes a fifth of pglz's time; a server may be built without it.
      do $$ begin
        alter table transfer_payload alter column cart set compression lz4;
      exception when feature_not_supported then null;
      end $$`),
};
