import type { Migration } from './migration.js';

/**
 * What became of the lines that an edit or inspect call-up asked for. `restored_at` says that they are restored, once. json: see 004.
 * Sessions that are under way were restored by the version before: what their buyers removed since must not come back.
 */
export const restoreReport: Migration = {
  name: '030-restore-report',
  up: (knex) =>
    knex.raw(`
      alter table transmission add column restored_at timestamptz, add column restore_report json;
      update transmission set restored_at = now(), restore_report = '[]' where status in ('open', 'active') and operation <> 'create' and cart is not null`),
};
