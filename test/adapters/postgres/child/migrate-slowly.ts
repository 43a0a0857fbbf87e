import { migrationKnex } from '../../../../src/adapters/postgres/database/server-knex.js';
import { MIGRATIONS } from '../../../../migrations/list.js';
import { LOCK_KEY } from '../../../../src/adapters/postgres/database/migrate.js';

/**
 * A migrator that stops in the middle: holds the lock, has run half of the steps in its transaction, and the lock row
 * of knex is set.
 */
const knex = migrationKnex(process.argv[2] ?? '');
await knex.raw('select pg_advisory_lock(?)', [LOCK_KEY]);
await knex.raw('create table knex_migrations_lock ("index" serial primary key, is_locked integer)');
await knex.raw('insert into knex_migrations_lock (is_locked) values (1)');
await knex.transaction(async (trx) => {
  for (const step of MIGRATIONS.slice(0, 4)) await step.up(trx);
  process.stdout.write('half way\n');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
