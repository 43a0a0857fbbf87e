import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { usableConnections } from '../../../src/adapters/postgres/database/server-knex.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createServerDatabase } from '../../support/server-database.js';
import { until } from '../../support/until.js';

const POOL = 4;
const INSERT = {
  name: 'test-insert',
  text: 'insert into written (words) values ($1) returning pg_backend_pid() as pid',
};
const COUNT = { name: 'test-count', text: 'select count(*)::int as rows, pg_backend_pid() as pid from written' };

describeOnServer('a read-only database (SQLSTATE 25006)', () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let database: Database;
  let name: string;

  /** On a writable connection outside of the pool. */
  async function onOne(statement: string): Promise<{ rows: Record<string, unknown>[] }> {
    const client = new Client({ connectionString: server.url, options: '-c default_transaction_read_only=off' });
    await client.connect();
    try {
      return await client.query(statement);
    } finally {
      await client.end();
    }
  }
  /** For new connections, as on a standby. */
  const setReadOnly = (on: boolean): Promise<unknown> =>
    onOne(`alter database ${name} set default_transaction_read_only = ${on ? 'on' : 'off'}`);

  /** All connections of the pool at once. */
  async function onEveryConnection(statement: string): Promise<number[]> {
    const clients: Client[] = [];
    for (let index = 0; index < POOL; index += 1) clients.push(await database.knex.client.acquireConnection());
    const pids: number[] = [];
    for (const client of clients) {
      await client.query(statement);
      pids.push((await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0);
    }
    for (const client of clients) await database.knex.client.releaseConnection(client);
    return pids;
  }
  /** Old enough to belong to the former primary. */
  const aged = (): Promise<void> =>
    until(async () => {
      const {
        rows: [row],
      } = await onOne(
        `select bool_and(clock_timestamp() - backend_start > '1.1 s') as aged from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      );
      return row?.['aged'] === true;
    });
  const write = async (): Promise<number> => (await database.query<{ pid: number }>(INSERT, ['x']))[0]?.pid ?? 0;
  const rows = async (): Promise<number> => (await database.query<{ rows: number }>(COUNT, []))[0]?.rows ?? 0;

  beforeAll(async () => {
    server = await createServerDatabase();
    name = new URL(server.url).pathname.slice(1);
    database = await openDatabase({ kind: 'server', url: server.url, poolMax: POOL });
    await database.knex.raw('create table written (words text)');
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });
  beforeEach(async () => {
    await setReadOnly(false);
    await until(() =>
      database.health.check().then(
        () => true,
        () => false,
      ),
    );
    await onOne('truncate written');
  });

  it('connections to a demoted primary are discarded: no write fails, each has its effect once', async () => {
    const old = await onEveryConnection('set default_transaction_read_only = on');
    await aged();
    const pids = await Promise.all(Array.from({ length: 3 * POOL }, write));
    expect(pids.filter((pid) => old.includes(pid))).toEqual([]);
    expect(await rows()).toBe(3 * POOL);
  });

  it('the same with knex, after one failure', async () => {
    await onEveryConnection('set default_transaction_read_only = on');
    await aged();
    await expect(database.knex('written').insert({ words: 'x' })).rejects.toMatchObject({ code: '25006' });
    await Promise.all(Array.from({ length: 2 * POOL }, () => database.knex('written').insert({ words: 'x' })));
    expect(await rows()).toBe(2 * POOL);
  });

  it('while read-only: writes are refused as "not now", reads continue, health fails; later all recovers', async () => {
    await setReadOnly(true);
    await onEveryConnection('set default_transaction_read_only = on');
    for (let round = 0; round < 3; round += 1) {
      const refused = await Promise.allSettled(Array.from({ length: 2 * POOL }, write));
      for (const outcome of refused)
        expect(outcome).toMatchObject({
          status: 'rejected',
          reason: { code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('takes no writes') },
        });
      await expect(database.health.check()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect(await rows()).toBe(0);
    }
    await expect(database.transaction(({ query }) => query(INSERT, ['x']))).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
    await setReadOnly(false);
    await until(() =>
      write().then(
        () => true,
        () => false,
      ),
    );
    await database.health.check();
    expect(await rows()).toBe(1);
  });

  it('readiness alone detects that it is writable again: it does not ask the same connection again', async () => {
    await setReadOnly(true);
    await onEveryConnection('set default_transaction_read_only = on');
    await expect(database.health.check()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await setReadOnly(false);
    await until(() =>
      database.health.check().then(
        () => true,
        () => false,
      ),
    );
  });

  it('a statement that failed for another reason is not retried', async () => {
    await expect(database.query({ name: 'test-fault', text: 'select 1 / $1::int as one' }, [0])).rejects.toMatchObject({
      code: '22012',
    });
    await expect(database.query({ name: 'test-sleep', text: 'select pg_sleep(10)' }, [])).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
  });
});

describe('usableConnections', () => {
  const client = (): Client => ({ end: () => Promise.resolve() }) as unknown as Client;

  it('a read-only connection ends all older ones; later ones are used', () => {
    let now = 0;
    const usable = usableConnections(() => now);
    const [old, other, young, ended] = [client(), client(), client(), client()];
    for (const one of [old, other]) usable.opened(one);
    now = 1_000;
    usable.distrust(old);
    usable.opened(young);
    usable.opened(ended);
    usable.end(ended);
    expect([old, other, young, ended].map(usable.isUsable)).toEqual([false, false, true, false]);
  });

  it('a young one ends alone: a permanently read-only database does not empty the pool with every write', () => {
    let now = 0;
    const usable = usableConnections(() => now);
    const [old, young] = [client(), client()];
    usable.opened(old);
    now = 5_000;
    usable.opened(young);
    now = 5_999;
    usable.distrust(young);
    expect([old, young].map(usable.isUsable)).toEqual([true, false]);
  });
});
