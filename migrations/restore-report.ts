import type { Migration } from './migration.js';

/**
 * Results of restoring the lines of an edit or inspect call-up. `restored_at` marks that they were restored, once.
 * json: see transmission.ts. Running sessions were restored by the previous version: lines that their buyers removed
 * since must not return.
 */
export const restoreReport: Migration = {
  name: '030-restore-report',
  up: (knex) =>
    knex.raw(`
      alter table transmission add column restored_at timestamptz, add column restore_report json;
      update transmission set restored_at = now(), restore_report = '[]'
        where status in ('open', 'active') and operation <> 'create' and cart is not null`),
};
