import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { transmissionRepository } from '../../../src/adapters/postgres/transmissions/transmission-repository.js';
import type { Transmission } from '../../../src/domain/transmission/transmission.js';
import {
  BATCHED_STATEMENTS,
  batchingOn,
  batchRows,
  storedRows,
  type BatchedStatementCase,
  type Batching,
  type BatchRow,
} from '../../contracts/batched-statements.js';
import { describeOnServer } from '../../contracts/databases.js';
import { activeTransmission, payloadOf } from '../../contracts/transmissions.js';
import { compiled } from '../../support/compiled.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { until } from '../../support/until.js';
import { freezingProxy } from './freezing-proxy.js';

const transferOf = ({ cartRevision }: Transmission) => ({ cartRevision, payload: payloadOf('x') });
const count = async ({ knex }: Database, of: string): Promise<number> =>
  (await knex.raw<{ rows: { n: number }[] }>(`select count(*)::int as n from ${of}`)).rows[0]?.n ?? Number.NaN;
const REFUSED = {
  status: 'rejected',
  reason: expect.objectContaining({ code: expect.stringMatching(/^(SERVICE|STORE)_UNAVAILABLE$/) }),
};

describeOnServer('batches in trouble', () => {
  let server: Awaited<ReturnType<typeof createMigratedDatabase>>;
  let proxy: Awaited<ReturnType<typeof freezingProxy>>;
  let behindProxy: Database;
  let database: Database;
  let holder: Client;
  let near: Batching;
  beforeAll(async () => {
    server = await createMigratedDatabase();
    const url = new URL(server.url);
    proxy = await freezingProxy(url.hostname, Number(url.port || 5432));
    url.host = `127.0.0.1:${proxy.port}`;
    [database, behindProxy] = (await Promise.all(
      [server.url, url.href].map((address) => openDatabase({ kind: 'server', url: address })),
    )) as [Database, Database];
    near = batchingOn(database);
    holder = new Client({ connectionString: server.url });
    await holder.connect();
    await holder.query(`
      create function wait() returns trigger language plpgsql set lock_timeout = 0 as
        $$ begin perform pg_advisory_xact_lock_shared(1); return null; end $$;
      create trigger wait after insert or update on transmission for each statement execute function wait()`);
  }, 60_000);
  afterEach(() => release());
  afterAll(async () => {
    await holder.end();
    await Promise.all([database.close(), behindProxy.close()]);
    await proxy.close();
    await server.drop();
  });

  /** From now on a write waits when all is written and nothing is committed, and a read before its first row. */
  async function hold({ stored }: BatchedStatementCase): Promise<void> {
    await holder.query('begin');
    await holder.query(
      stored === undefined
        ? 'lock table transmission, demo_cart in access exclusive mode'
        : 'select pg_advisory_xact_lock(1)',
    );
  }
  const release = async (): Promise<void> => void (await holder.query('rollback'));
  const OTHERS = 'pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
  const WAITING = `${OTHERS} and wait_event_type = 'Lock'`;
  const areWaiting = (batches: number) => until(async () => (await count(database, WAITING)) === batches);
  const areDone = () => until(async () => (await count(database, `${OTHERS} and state = 'active'`)) === 0);

  it('two processes with the same 30 transfers in opposite order: each is sent once, nobody waits', async () => {
    const repositories = [database, behindProxy].map(transmissionRepository);
    for (let round = 0; round < 10; round += 1) {
      const active = await Promise.all(Array.from({ length: 30 }, () => activeTransmission(repositories[0]!)));
      const answers = await Promise.all([
        ...active.map((one) => repositories[0]!.transfer(one, transferOf(one))),
        ...active.toReversed().map((one) => repositories[1]!.transfer(one, transferOf(one))),
      ]);
      expect(answers.filter((answer) => answer === 'transferred')).toHaveLength(30);
    }
    expect(await count(database, 'transfer_payload')).toBe(300);
    expect(await count(database, `audit where event = 'transfer'`)).toBe(300);
  }, 60_000);

  describe.each(Object.entries(BATCHED_STATEMENTS))('%s', (name, statement) => {
    /** What is asked again after trouble gets its own answer, unless it is stored already. */
    async function comesToAnEnd(rows: readonly BatchRow[]): Promise<void> {
      const open = new Set(rows);
      if (statement.stored !== undefined)
        for (const row of await storedRows(statement, database, rows)) open.delete(row);
      const answers = await Promise.all(Array.from(open, (row) => statement.run(near, row)));
      expect(answers).toEqual(Array.from(open, ({ mark }) => mark));
      if (statement.stored !== undefined) expect(await storedRows(statement, database, rows)).toEqual(rows);
    }

    it('the server ends one of two connections in mid-batch: its rows are refused, the others right', async () => {
      const rows = await batchRows(statement, near, 96);
      await hold(statement);
      const asked = Promise.allSettled(rows.map((row) => statement.run(near, row)));
      await areWaiting(2);
      await database.knex.raw(`select pg_terminate_backend(pid) from ${WAITING} limit 1`);
      await areWaiting(1);
      await release();
      const answers = await asked;
      const refused = rows.filter((_, n) => answers[n]?.status === 'rejected');
      expect([32, 64]).toContain(refused.length);
      for (const [n, answer] of answers.entries())
        expect(answer).toEqual(answer.status === 'fulfilled' ? { ...answer, value: rows[n]?.mark } : REFUSED);
      if (statement.stored !== undefined) expect(await storedRows(statement, database, refused)).toEqual([]);
      await comesToAnEnd(rows);
    });

    it('the network cuts the connection in mid-batch: all are refused, and all or none have gone', async () => {
      const rows = await batchRows(statement, near, 32);
      const far = batchingOn(behindProxy);
      await hold(statement);
      const asked = Promise.allSettled(rows.map((row) => statement.run(far, row)));
      await areWaiting(1);
      proxy.cut();
      expect(await asked).toEqual(rows.map(() => REFUSED));
      await release();
      await areDone();
      if (statement.stored !== undefined)
        expect([0, 32]).toContain((await storedRows(statement, database, rows)).length);
      await comesToAnEnd(rows);
    });

    it('kill -9 in mid-batch: the batch is whole or absent, and what was acknowledged is stored', async () => {
      const earlier = await batchRows(statement, near, 64);
      const last = await batchRows(statement, near, 32);
      const child = await startChild(name);
      child.process.send(earlier);
      await until(async () => child.answers.length === earlier.length);
      await hold(statement);
      child.process.send(last);
      await areWaiting(1);
      await child.kill();
      await release();
      await areDone();
      expect(child.answers.toSorted(byId)).toEqual(earlier.toSorted(byId));
      if (statement.stored !== undefined) {
        expect(await storedRows(statement, database, earlier)).toEqual(earlier);
        expect([0, 32]).toContain((await storedRows(statement, database, last)).length);
      }
      await comesToAnEnd(last);
    });

    it('kill -9 at any moment between batches: the same', async () => {
      const rows = await batchRows(statement, near, 640);
      const child = await startChild(name);
      child.process.send(rows);
      await until(async () => child.answers.length >= 200);
      await child.kill();
      await areDone();
      const acknowledged = rows.filter(({ id }) => child.answers.some((answer) => answer.id === id));
      expect(child.answers.toSorted(byId)).toEqual(acknowledged.toSorted(byId));
      if (statement.stored !== undefined) {
        const stored = await storedRows(statement, database, rows);
        expect(stored).toEqual(expect.arrayContaining(acknowledged));
        expect(stored.length % 32).toBe(0);
      }
      await comesToAnEnd(rows);
    });
  });

  async function startChild(name: string) {
    const script = await compiled('test/adapters/postgres/child/run-batches.ts');
    const child = spawn(process.execPath, ['--liftoff-only', script, server.url, name], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }) as ChildProcess & { send(rows: readonly BatchRow[]): boolean };
    const answers: BatchRow[] = [];
    await once(child, 'message');
    child.on('message', (answer: BatchRow) => answers.push(answer));
    return {
      process: child,
      answers,
      async kill() {
        const closed = once(child, 'close');
        child.kill('SIGKILL');
        await closed;
      },
    };
  }
});

const byId = (a: BatchRow, b: BatchRow): number => a.id.localeCompare(b.id);
