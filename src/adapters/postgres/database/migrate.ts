import type { Knex } from 'knex';
import { MIGRATIONS } from '../../../../migrations/list.js';
import type { Migration } from '../../../../migrations/migration.js';
import { type Database, isReadOnlyFault } from './database.js';
import { migrationKnex } from './server-knex.js';
import { TENANTS_ARE_GUARDED, guardTenantTables } from './transactions.js';

/** An arbitrary number; the same in every version of the program. */
export const LOCK_KEY = 7_305_120_002;
const LOCK_WAIT_MS = 60_000;

/** Whether all steps were run and committed, the tables are guarded, and the database takes writes. */
const IS_DONE = {
  name: 'schema-is-done',
  text: `select current_setting('transaction_read_only') = 'off' and ${TENANTS_ARE_GUARDED}
    and $1::text[] <@ array(select name::text from knex_migrations) as done`,
};

/**
 * Brings the schema up to this version. A start that finds it so needs one statement. Otherwise, on a server, one
 * migrator works at a time: it holds a session-level advisory lock on the connection that migrates, so the lock cannot
 * outlive the work (P12). The lock row of knex is cleared and ignored. Throws when another migrator holds the lock for
 * longer than a minute. Returns the names of the steps that were run.
 */
export async function migrate(database: Database, steps: readonly Migration[] = MIGRATIONS): Promise<string[]> {
  if (await isDone(database, steps)) return [];
  if (database.kind === 'embedded') return latest(database.knex, steps);
  const knex = migrationKnex(serverUrlOf(database));
  try {
    await waitForLock(knex);
    return await latest(knex, steps);
  } catch (error) {
    if (!isReadOnlyFault(error)) throw error;
    throw new Error(
      'The database takes no writes: it is read-only, or a standby. Start again when it is the primary.',
      { cause: error },
    );
  } finally {
    await knex.destroy();
  }
}

/** False too if the question fails: a new database has no such table, and the work itself says what else is wrong. */
async function isDone(database: Database, steps: readonly Migration[]): Promise<boolean> {
  try {
    const [row] = await database.query<{ done: boolean }>(IS_DONE, [steps.map(({ name }) => name)]);
    return row?.done === true;
  } catch {
    return false;
  }
}

async function latest(knex: Knex, steps: readonly Migration[]): Promise<string[]> {
  await knex.migrate.forceFreeMigrationsLock();
  const [, names]: [number, string[]] = await knex.migrate.latest({
    migrationSource: {
      getMigrations: async () => [...steps],
      getMigrationName: ({ name }: Migration) => name,
      getMigration: async (step: Migration) => ({
        up: (on: Knex) => step.up(on),
        down: noWayDown,
        config: { transaction: step.withoutTransaction !== true },
      }),
    },
    // The previous version must start on this schema, which has steps that it does not know.
    disableMigrationsListValidation: true,
  });
  await guardTenantTables(knex);
  return names;
}

async function noWayDown(): Promise<never> {
  throw new Error('Migrations only expand; the version before works on this schema.');
}

async function waitForLock(knex: Knex): Promise<void> {
  const giveUpAt = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    const { rows } = await knex.raw<{ rows: { locked: boolean }[] }>('select pg_try_advisory_lock(?) as locked', [
      LOCK_KEY,
    ]);
    if (rows[0]?.locked === true) return;
    if (performance.now() > giveUpAt)
      throw new Error('Another process has been migrating this database for over a minute.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function serverUrlOf({ knex }: Database): string {
  const { connection } = knex.client.config;
  return connection.connectionString;
}
