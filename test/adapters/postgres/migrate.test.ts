import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { LOCK_KEY, migrate } from '../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { MIGRATIONS } from '../../../migrations/list.js';
import { describeOnDatabases, describeOnServer } from '../../contracts/databases.js';
import { createServerDatabase } from '../../support/server-database.js';
import { compiled } from '../../support/compiled.js';

const NAMES = MIGRATIONS.map(({ name }) => name);

describeOnServer('migrate on a server (P12)', () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  beforeEach(async () => {
    server = await createServerDatabase();
  });
  afterEach(() => server.drop());

  it('several at once: each step runs once, none fails', async () => {
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase({ kind: 'server', url: server.url })));
    const ran = await Promise.all(databases.map((database) => migrate(database)));
    expect(ran.flat()).toEqual(NAMES);
    await Promise.all(databases.map((database) => database.close()));
  });

  it('a migrator killed in the middle blocks no other', async () => {
    const script = await compiled('test/adapters/postgres/child/migrate-slowly.ts');
    const child = spawn(process.execPath, [script, server.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const first = await Promise.race([once(child.stdout, 'data'), exited]);
    expect(String(first[0])).toBe('half way\n');
    const database = await openDatabase({ kind: 'server', url: server.url });
    const waiting = migrate(database);
    child.kill('SIGKILL');
    await exited;
    expect(await waiting).toEqual(NAMES);
    await database.close();
  });

  it('a start on a schema that is up to date waits for no migrator', async () => {
    const here = await openDatabase({ kind: 'server', url: server.url });
    const there = await openDatabase({ kind: 'server', url: server.url });
    await migrate(here);
    const held = await there.knex.client.acquireConnection();
    await held.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    expect(await migrate(here)).toEqual([]);
    await there.knex.client.releaseConnection(held);
    await Promise.all([here.close(), there.close()]);
  });

  it('a table of tenants that lacks its policy gets it by the next start', async () => {
    const database = await openDatabase({ kind: 'server', url: server.url });
    await migrate(database);
    await database.knex.raw('create table forgotten (tenant_id text)');
    expect(await migrate(database)).toEqual([]);
    const { rows } = await database.knex.raw("select from pg_policy where polrelid = 'forgotten'::regclass");
    expect(rows).toHaveLength(1);
    await database.close();
  });

  it('the previous version starts on the schema of the next version', async () => {
    const database = await openDatabase({ kind: 'server', url: server.url });
    await migrate(database);
    await database.knex.raw(
      "insert into knex_migrations (name, batch, migration_time) values ('999-of-a-later-version', 2, now())",
    );
    expect(await migrate(database)).toEqual([]);
    await database.close();
  });
});

describeOnDatabases('the schema', (database) => {
  const query = async (sql: string): Promise<Record<string, string>[]> =>
    (await database().knex.raw<{ rows: Record<string, string>[] }>(sql)).rows;

  it('tenant_id is the first column of every key, except digest lookups and rows of the installation', async () => {
    const keys = await query(`
      select i.indrelid::regclass::text as table, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indisunique and n.nspname = 'public' and i.indrelid::regclass::text not like 'knex_%'`);
    expect(keys.length).toBeGreaterThan(12);
    expect(
      keys
        .filter(({ first }) => first !== 'tenant_id')
        .map(({ table, first }) => `${table}.${first}`)
        .toSorted(),
    ).toEqual([
      'api_key.key_digest',
      'browser_session.session_digest',
      // A signed request names its shop but no tenant (order events).
      'connect_shop.shop_id',
      'hand_over.hand_over_digest',
      'hand_over_session.session_digest',
      'installation_key.only_row',
      'operator_pending_sign_in.browser_digest',
      'operator_sign_in.sign_in_digest',
      // What fails to be deleted concerns the whole installation.
      'sweep_fault.sweep',
      // The address that takes the cart of a test names no tenant.
      'test_punchout.test_id',
      'transmission.claim_digest',
    ]);
  });

  it('every timestamp has a time zone', async () => {
    const naive = await query(`
      select table_name, column_name from information_schema.columns
      where table_schema = 'public' and table_name not like 'knex_%' and data_type = 'timestamp without time zone'`);
    expect(naive).toEqual([]);
  });

  it('migrating again changes nothing', async () => {
    expect(await migrate(database())).toEqual([]);
  });
});
