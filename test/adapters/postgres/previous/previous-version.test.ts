import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { indexesBesideWrites } from '../../../../migrations/indexes-beside-writes.js';
import { MIGRATIONS } from '../../../../migrations/list.js';
import { migrate } from '../../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../../src/adapters/postgres/database/open-database.js';
import { describeOnDatabases, describeOnServer } from '../../../contracts/databases.js';
import { createServerDatabase } from '../../../support/server-database.js';
import { type SchemaShape, brokenFor, shapeOf } from './schema-shape.js';

/**
 * The version before: its last step, and the statements that it was seen to send while its suites ran, recorded by
 * `test/support/record-statements.mjs` (CONTRIBUTING.md, Releases). As long as nothing is released, it is the state of
 * the day on which this was first recorded.
 */
const PREVIOUS = JSON.parse(readFileSync('test/adapters/postgres/previous/statements.json', 'utf8')) as {
  version: string;
  lastStep: string;
  statements: Record<string, string>;
};
const last = MIGRATIONS.findIndex(({ name }) => name === PREVIOUS.lastStep);
const [before, since] = [MIGRATIONS.slice(0, last + 1), MIGRATIONS.slice(last + 1)];

describeOnServer('the version before works on this schema (P12)', () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let client: Client;
  let old: SchemaShape;
  beforeAll(async () => {
    server = await createServerDatabase();
    const database = await openDatabase({ kind: 'server', url: server.url });
    client = new Client({ connectionString: server.url });
    await client.connect();
    await migrate(database, before);
    old = await shapeOf(client);
    await migrate(database);
    await database.close();
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    await server?.drop();
  });

  it('its steps are the first ones of today', () => {
    expect(last).toBeGreaterThan(50);
    expect(Object.keys(PREVIOUS.statements).length).toBeGreaterThan(150);
  });

  it('every statement of it finds its tables, columns, types and unique keys', async () => {
    expect(await refusedOf(client, PREVIOUS.statements)).toEqual([]);
  });

  it('nothing that it reads is gone, and no row that it writes is refused', async () => {
    expect(brokenFor(old, await shapeOf(client))).toEqual([]);
  });

  it.each([
    ['alter table transmission drop column summary', 'transmission.summary is gone', true],
    ['alter table message_log rename to messages', 'message_log.at is gone', true],
    ['alter table transmission alter column return_url type varchar(9)', 'transmission.return_url is ', false],
    ['alter table transmission alter column summary set not null', 'transmission.summary may not be left out', false],
    ['alter table audit add column more text not null', 'audit.more must be written', false],
    ["alter table job add check (kind <> 'x')", "a new rule: job: CHECK ((kind <> 'x'::text))", false],
    ['create unique index on audit (at)', 'a new rule: CREATE UNIQUE INDEX ON public.audit', false],
    ['alter table sales_day drop constraint sales_day_pkey', undefined, true],
    ["alter table audit add column more text not null default ''", undefined, false],
    ['create table other (x text not null check (x > 0::text))', undefined, false],
  ])('a step that says "%s" is found', async (step, complaint, refuses) => {
    await client.query('begin');
    try {
      await client.query(step);
      const found = brokenFor(old, await shapeOf(client));
      if (complaint === undefined) expect(found).toEqual([]);
      else expect(found).toContainEqual(expect.stringContaining(complaint));
      if (refuses) expect(await refusedOf(client, PREVIOUS.statements)).not.toEqual([]);
    } finally {
      await client.query('rollback');
    }
  });

  it('steps since then build no index that locks out the writes to a table that was there before', async () => {
    const tables = new Set([...old.columns.keys()].map((place) => place.split('.')[0]));
    const locking = (await sqlOf(since)).flatMap((sql) =>
      [...sql.matchAll(/create (?:unique )?index (?!concurrently)[\s\S]*?\bon (\w+)/g)].filter(([, table]) =>
        tables.has(table),
      ),
    );
    expect(locking).toEqual([]);
  });
});

/** What the steps send, without sending it. */
async function sqlOf(steps: typeof MIGRATIONS): Promise<string[]> {
  const sent: string[] = [];
  const raw = (sql: string): Promise<{ rows: object[] }> => {
    sent.push(sql);
    return Promise.resolve({ rows: [] });
  };
  for (const step of steps) await step.up({ raw } as never);
  return sent;
}

/** Statements that the server cannot plan, with its reason. */
async function refusedOf(client: Client, statements: Readonly<Record<string, string>>): Promise<string[]> {
  const refused: string[] = [];
  await client.query('begin; set local plan_cache_mode = force_generic_plan');
  for (const [name, text] of Object.entries(statements)) {
    await client.query('savepoint asked');
    try {
      await client.query(`prepare asked as ${text}`);
      const { rows } = await client.query<{ count: number }>(
        "select cardinality(parameter_types)::int as count from pg_prepared_statements where name = 'asked'",
      );
      const values = Array.from({ length: rows[0]?.count ?? 0 }, () => 'null').join(', ');
      // Planning finds the unique key of an `on conflict`; nothing is executed.
      await client.query(`explain execute asked${values === '' ? '' : `(${values})`}`);
      await client.query('deallocate asked');
    } catch (error) {
      refused.push(`${name}: ${(error as Error).message}`);
      await client.query('rollback to savepoint asked');
      await client.query('deallocate all');
    }
  }
  return refused;
}

const STEP = indexesBesideWrites('900-beside-writes', { audit_of_test: 'on audit (tenant_id, at)' }, [
  'audit_of_nobody',
]);
const WITH_STEP = [...MIGRATIONS, STEP];

describeOnDatabases('an index beside writes', (database) => {
  it('is built, and old ones are dropped', async () => {
    await database().knex.raw('create index audit_of_nobody on audit (at)');
    expect(await migrate(database(), WITH_STEP)).toContain(STEP.name);
    const { rows } = await database().knex.raw(
      `select relname as name, indisvalid from pg_index join pg_class c on c.oid = indexrelid
       where relname like 'audit_of%'`,
    );
    expect(rows).toEqual([{ name: 'audit_of_test', indisvalid: true }]);
    expect(await migrate(database(), WITH_STEP)).toEqual([]);
  });
});

describeOnServer('an index beside writes, on a server at work', () => {
  it('lets writes pass while it waits for an older transaction; what is half built is built again', async () => {
    const server = await createServerDatabase();
    const database = await openDatabase({ kind: 'server', url: server.url });
    const [older, writer] = [1, 2].map(() => new Client({ connectionString: server.url }));
    try {
      await migrate(database);
      const insert = "insert into audit (tenant_id, transmission_id, event, actor) values ('t', 'x', 'y', 'z')";
      for (const client of [older, writer]) await client?.connect();
      await older?.query(`begin; ${insert}`);
      const migrating = migrate(database, WITH_STEP);
      for (let half = false; !half;) {
        const { rows } = await database.knex.raw(
          "select 1 from pg_index where indexrelid = to_regclass('audit_of_test') and not indisvalid",
        );
        half = rows.length > 0;
      }
      await writer?.query("set lock_timeout = '2s'");
      await writer?.query(insert);
      const { rows } = await database.knex.raw(
        `select pid from pg_stat_activity
         where application_name = 'headless-punchout migrate' and datname = current_database()`,
      );
      await writer?.query('select pg_terminate_backend($1)', [rows[0].pid]);
      await expect(migrating).rejects.toThrow();
      await older?.query('commit');
      expect(await migrate(database, WITH_STEP)).toEqual([STEP.name]);
      const { rows: built } = await database.knex.raw(
        "select indisvalid from pg_index where indexrelid = to_regclass('audit_of_test')",
      );
      expect(built).toEqual([{ indisvalid: true }]);
    } finally {
      for (const client of [older, writer]) await client?.end();
      await database.close();
      await server.drop();
    }
  }, 60_000);
});
