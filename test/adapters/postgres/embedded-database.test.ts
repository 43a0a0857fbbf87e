import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { takeProcessLock } from '../../../src/adapters/postgres/database/process-lock.js';
import { compiled } from '../../support/compiled.js';
import { freshData } from '../../support/fresh-data.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'headless-punchout-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  rmSync(directory, { recursive: true, force: true });
});

const opened: Database[] = [];

/** Closed after each test, even a failed one: an open PGlite keeps its process alive. */
async function open(): Promise<Database> {
  const database = await openDatabase({ kind: 'embedded', directory });
  opened.push(database);
  return database;
}

describe('embedded database', () => {
  beforeEach(async () => {
    rmSync(directory, { recursive: true });
    directory = await freshData();
  });

  it('a transaction on a slow machine is not cut off', async () => {
    const database = await open();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    try {
      const rows = database.transaction(async ({ query }) => {
        await query({ name: 'before', text: 'select 1' }, []);
        jest.advanceTimersByTime(60_000);
        return query({ name: 'after', text: 'select 2 as answer' }, []);
      });
      expect(await rows).toEqual([{ answer: 2 }]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('refuses a second process, survives kill -9 with every acknowledged row, and can be opened again', async () => {
    const script = await compiled('test/adapters/postgres/child/write-until-killed.ts');
    const child = spawn(process.execPath, [script, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    let acknowledged = '';
    child.stdout.on('data', (data) => {
      acknowledged += String(data);
      if (acknowledged.includes('t99\n')) child.emit('enough');
    });
    await Promise.race([once(child, 'enough'), exited]);
    await expect(openDatabase({ kind: 'embedded', directory })).rejects.toThrow(`process ${child.pid} `);
    child.kill('SIGKILL');
    await exited;
    const database = await open();
    const stored = await database.query<{ tenant_id: string }>(
      { name: 'read', text: 'select tenant_id from tenant' },
      [],
    );
    const names = acknowledged.split('\n').slice(0, -1);
    expect(names.length).toBeGreaterThanOrEqual(100);
    expect(stored.map(({ tenant_id }) => tenant_id)).toEqual(expect.arrayContaining(names));
    await opened.pop()?.close();
    expect(readdirSync(directory)).toEqual(['postgres']);
  }, 60_000);

  it('refuses a second opening in the same process', async () => {
    const database = await open();
    await expect(openDatabase({ kind: 'embedded', directory })).rejects.toThrow(`process ${process.pid} `);
    await database.health.check();
  }, 60_000);

  it('lets timers run during a loop of queries', async () => {
    const database = await open();
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    for (let index = 0; index < 100; index += 1) await database.query({ name: 'one', text: 'select 1 as one' }, []);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  }, 60_000);

  it('continues after its only connection was lost, without the prepared statements of that connection', async () => {
    const database = await open();
    const one = () => database.query<{ one: number }>({ name: 'one', text: 'select 1 as one' }, []);
    await one();
    const client = await database.knex.client.acquireConnection();
    await client.query('begin');
    await client.end();
    await database.knex.client.releaseConnection(client);
    expect(await one()).toEqual([{ one: 1 }]);
  }, 60_000);
});

describe('process lock', () => {
  const path = () => join(directory, 'process.lock');

  it('is taken over from a dead process', () => {
    writeFileSync(path(), JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 'long ago' }));
    takeProcessLock(path()).release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is taken over when another process has the number of the dead one', () => {
    writeFileSync(path(), JSON.stringify({ pid: process.pid, startedAt: 'an earlier boot/1' }));
    const lock = takeProcessLock(path());
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
  });

  it('is taken over when it was written incompletely', () => {
    writeFileSync(path(), '{"pi');
    takeProcessLock(path()).release();
  });

  it('is refused while the holder lives, with its number and advice', () => {
    const lock = takeProcessLock(path());
    expect(() => takeProcessLock(path())).toThrow(/in use by process \d+ .*DATA_DIR.*DATABASE_URL/);
    expect(readdirSync(directory)).toEqual(['process.lock']);
    lock.release();
  });
});
