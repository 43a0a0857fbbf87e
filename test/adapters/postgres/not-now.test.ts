import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createServerDatabase } from '../../support/server-database.js';
import { until } from '../../support/until.js';

const ONE = { name: 'test-one', text: 'select 1 as one' };
const SLEEP = { name: 'test-sleep', text: 'select pg_sleep(30)' };

describeOnServer('temporary faults become SERVICE_UNAVAILABLE, with a reason for our log', () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let admin: Client;
  beforeAll(async () => {
    server = await createServerDatabase();
    admin = new Client({ connectionString: server.url });
    await admin.connect();
    await admin.query('create table written (words text)');
    await admin.query(
      `create function fail() returns trigger language plpgsql as $$ begin
        raise exception 'as told' using errcode = tg_argv[0]; end $$`,
    );
  });
  afterAll(async () => {
    await admin.end();
    await server.drop();
  });

  async function opened<T>(url: string, act: (database: Database) => Promise<T>, poolMax = 2): Promise<T> {
    const database = await openDatabase({ kind: 'server', url, poolMax });
    try {
      return await act(database);
    } finally {
      await database.close();
    }
  }

  it.each([
    ['53100', 'disk is full'],
    ['53200', 'lacks memory'],
    ['53400', 'lacks memory or another resource'],
    ['57P01', 'was stopped'],
    ['57P03', 'is starting or recovering'],
    ['57014', 'took too long'],
    ['55P03', 'took too long'],
    ['25P03', 'took too long'],
    ['40001', 'lost against another'],
    ['40P01', 'lost against another'],
    ['08006', 'does not answer'],
    ['58030', 'does not answer'],
    ['25006', 'takes no writes'],
  ])('SQLSTATE %s: %s', async (code, message) => {
    await admin.query(
      `create or replace trigger failing before insert on written
          for each statement execute function fail('${code}')`,
    );
    await opened(server.url, async (database) => {
      const insert = { name: 'test-write', text: 'insert into written values ($1)' };
      await expect(database.query(insert, ['x'])).rejects.toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        message: expect.stringContaining(message),
        cause: expect.objectContaining({ code }),
      });
      await expect(database.transaction(({ query }) => query(insert, ['x']))).rejects.toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
      });
      expect(await database.query(ONE, [])).toEqual([{ one: 1 }]);
    });
  });

  it.each(['23505', '22P02', '42P01', '22001', 'XX000'])(
    'SQLSTATE %s is our fault and stays unchanged',
    async (code) => {
      await admin.query(
        `create or replace trigger failing before insert on written
          for each statement execute function fail('${code}')`,
      );
      await opened(server.url, (database) =>
        expect(
          database.query({ name: 'test-write', text: 'insert into written values ($1)' }, ['x']),
        ).rejects.toMatchObject({ code }),
      );
    },
  );

  it('the server ends the connection in the middle of a statement; the next one works', async () => {
    await opened(server.url, async (database) => {
      const slow = database.query(SLEEP, []).catch((error: unknown) => error);
      await until(
        async () =>
          (
            await admin.query(
              `select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and query like '%pg_sleep%' and pid <> pg_backend_pid()`,
            )
          ).rowCount === 1,
      );
      expect(await slow).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect(await database.query(ONE, [])).toEqual([{ one: 1 }]);
    });
  });

  it('a lock timeout, a deadlock', async () => {
    await admin.query('drop trigger if exists failing on written');
    await admin.query('create table if not exists pair (id int primary key, n int)');
    await admin.query('insert into pair values (1, 0), (2, 0) on conflict do nothing');
    await opened(server.url, async (database) => {
      await admin.query('begin');
      await admin.query('lock table written');
      await expect(
        database.query({ name: 'test-locked', text: 'insert into written values ($1)' }, ['x']),
      ).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', cause: expect.objectContaining({ code: '55P03' }) });
      await admin.query('rollback');
    });
  });

  it('too many connections, a refused login, a missing database: "not now" too, for every caller', async () => {
    const role = `headless_punchout_test_${randomBytes(4).toString('hex')}`;
    await admin.query(`create role ${role} login connection limit 1 password 'x'`);
    try {
      const url = new URL(server.url);
      url.username = role;
      url.password = 'x';
      await opened(url.href, async (database) => {
        const nap = database.query({ name: 'test-nap', text: 'select pg_sleep(1)' }, []);
        await until(
          async () => (await admin.query('select from pg_stat_activity where usename = $1', [role])).rowCount === 1,
        );
        await expect(database.query(ONE, [])).rejects.toMatchObject({
          code: 'SERVICE_UNAVAILABLE',
          cause: { code: '53300' },
        });
        await nap;
        expect(await database.query(ONE, [])).toEqual([{ one: 1 }]);
      });
      await admin.query(`alter role ${role} nologin`);
      await opened(url.href, (database) =>
        expect(database.query(ONE, [])).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' }),
      );
      const gone = new URL(server.url);
      gone.pathname = '/headless_punchout_test_gone';
      await opened(gone.href, (database) =>
        expect(database.query(ONE, [])).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' }),
      );
    } finally {
      await admin.query(`drop role ${role}`);
    }
  });
});
