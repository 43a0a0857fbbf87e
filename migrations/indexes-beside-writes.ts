import type { Knex } from 'knex';
import type { Migration } from './migration.js';

/**
 * A step that builds indexes of tables that grow. A plain `create index` locks out writes until it is done, minutes on
 * a large table; this one lets them pass, and waits for transactions that are older (a dump). Afterwards old indexes
 * are dropped. What a stopped step left half built is built again.
 */
export function indexesBesideWrites(
  name: string,
  /** `on transmission (tenant_id, created_at)` by the name of the index. */
  built: Readonly<Record<string, string>>,
  dropped: readonly string[] = [],
): Migration {
  return {
    name,
    withoutTransaction: true,
    async up(knex) {
      await knex.raw("set statement_timeout = '1h'");
      await knex.raw("set lock_timeout = '1h'");
      try {
        for (const [index, on] of Object.entries(built)) await build(knex, index, on);
        for (const index of dropped) await knex.raw(`drop index concurrently if exists ${index}`);
      } finally {
        await knex.raw('reset statement_timeout');
        await knex.raw('reset lock_timeout');
      }
    },
  };
}

async function build(knex: Knex, index: string, on: string): Promise<void> {
  const { rows } = await knex.raw<{ rows: { valid: boolean }[] }>(
    'select indisvalid as valid from pg_index where indexrelid = to_regclass(?)',
    [index],
  );
  if (rows[0]?.valid === false) await knex.raw(`drop index concurrently ${index}`);
  await knex.raw(`create index concurrently if not exists ${index} ${on}`);
}
