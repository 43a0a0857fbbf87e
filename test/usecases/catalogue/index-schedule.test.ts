import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DemoStore } from '../../../src/adapters/stores/demo/demo-store.js';
import { connectionSettings } from '../../../src/config/connection-settings.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { describeOnDatabases, describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { indexBench } from './index-bench.js';

const NOWHERE = 'http://127.0.0.1:3000';
const DAILY = { index: { every: 'day', hour: 3, formats: ['cif'] } };

describeOnDatabases('indexes on a schedule', (database) => {
  let bench: Awaited<ReturnType<typeof indexBench>>;
  let store: DemoStore;
  beforeAll(async () => {
    bench = await indexBench(database());
    store = new DemoStore({ query: database().query, publicUrl: NOWHERE });
  });
  beforeEach(async () => {
    await database().knex('catalogue_run').delete();
    await database().knex('catalogue_schedule').delete();
    await database().knex('job').delete();
  });
  const due = async (at: string): Promise<string[]> =>
    (await bench.runs.due(10, new Date(at))).map(({ period }) => period.toISOString());

  it.each([
    ['never', '2026-12-02T12:00:00Z', { every: 'never' }, []],
    ['a day, before the hour', '2026-12-02T02:59:59Z', { every: 'day' }, ['2026-12-01T03:00:00.000Z']],
    ['a day, at the hour', '2026-12-02T03:00:00Z', { every: 'day' }, ['2026-12-02T03:00:00.000Z']],
    ['a day, midnight', '2026-03-01T00:00:00Z', { every: 'day', hour: 0 }, ['2026-03-01T00:00:00.000Z']],
    [
      'a week, before',
      '2026-12-06T21:59:59Z',
      { every: 'week', weekday: 'sunday', hour: 22 },
      ['2026-11-29T22:00:00.000Z'],
    ],
    [
      'a week, at',
      '2026-12-06T22:00:00Z',
      { every: 'week', weekday: 'sunday', hour: 22 },
      ['2026-12-06T22:00:00.000Z'],
    ],
    ['a week, Monday', '2026-12-09T05:00:00Z', { every: 'week' }, ['2026-12-07T03:00:00.000Z']],
  ])('the period of %s', async (_, at, index, periods) => {
    await bench.save({ index });
    expect(await due(at)).toEqual(periods);
  });

  it('begin once for each period, in the formats of the schedule, and a run by hand changes nothing', async () => {
    await bench.save(DAILY);
    const at = new Date('2026-12-02T04:00:00Z');
    expect(await bench.beginDue(10, at)).toBe(1);
    const [run] = await bench.runs.list('demo', 'erp');
    expect(run).toMatchObject({ startedBy: 'schedule', formats: ['cif'], incremental: false });
    if (run !== undefined) while (!(await bench.work(run, store, 600_000)));
    await bench.made(store);
    expect(await bench.beginDue(10, at)).toBe(0);
    expect(await bench.beginDue(10, new Date('2026-12-03T02:59:00Z'))).toBe(0);
    expect(await bench.beginDue(10, new Date('2026-12-03T03:00:00Z'))).toBe(1);
    expect((await bench.runs.list('demo', 'erp')).map(({ startedBy }) => startedBy)).toEqual([
      'schedule',
      'test',
      'schedule',
    ]);
  });

  it('make up once for periods that have passed', async () => {
    await bench.save(DAILY);
    expect(await bench.beginDue(10, new Date('2026-12-02T04:00:00Z'))).toBe(1);
    const [run] = await bench.runs.list('demo', 'erp');
    if (run !== undefined) while (!(await bench.work(run, store, 600_000)));
    expect([
      await bench.beginDue(10, new Date('2026-12-09T02:00:00Z')),
      await bench.beginDue(10, new Date('2026-12-09T02:00:30Z')),
    ]).toEqual([1, 0]);
  });

  it('begin when another run has ended, and after one that failed or was given up', async () => {
    await bench.save(DAILY);
    const at = new Date('2026-12-02T04:00:00Z');
    const run = await bench.begin();
    expect(await bench.beginDue(10, at)).toBe(0);
    await bench.runs.fail(run, 'it failed');
    await database().knex('job').delete();
    expect(await bench.beginDue(10, at)).toBe(1);
    await database().knex('job').update({ given_up_at: new Date() });
    expect(await bench.beginDue(10, at)).toBe(0);
    expect(await bench.beginDue(10, new Date('2026-12-03T04:00:00Z'))).toBe(1);
    expect((await bench.runs.list('demo', 'erp')).map(({ state }) => state)).toEqual(['reading', 'failed', 'failed']);
  });

  it('another hour does not read everything again, and a disabled connection has none', async () => {
    await bench.save({});
    await bench.made(store);
    await bench.save(DAILY);
    expect((await bench.made(store)).incremental).toBe(true);
    await database().knex('connection').update({ disabled_at: new Date() });
    expect(await due('2026-12-02T04:00:00Z')).toEqual([]);
    await database().knex('connection').update({ disabled_at: null });
  });
});

it('a schedule that cannot be is refused with its place and what is possible', () => {
  const index = { every: 'hour', hour: 24, weekday: 'Sunday', formats: ['xls'] };
  const refused = connectionSettings({ returnOrigins: ['https://erp.example.com'], index });
  expect(refused).toMatchObject({
    ok: false,
    refusal: {
      faults: [
        { path: 'index.every', message: expect.stringContaining('never, day, week') },
        { path: 'index.weekday', message: expect.stringContaining('monday, ') },
        { path: 'index.hour', message: 'must be <= 23' },
        { path: 'index.formats.0', message: expect.stringContaining('cxml, cif') },
      ],
    },
  });
});

describeOnServer('many processes and one schedule', () => {
  it('begin one run for each period', async () => {
    const server = await createMigratedDatabase();
    const databases = await Promise.all(
      Array.from({ length: 6 }, () => openDatabase({ kind: 'server', url: server.url, poolMax: 2 })),
    );
    try {
      const benches = [];
      for (const database of databases) benches.push(await indexBench(database));
      await benches[0]?.save(DAILY);
      for (let day = 1; day <= 12; day += 1) {
        const at = new Date(Date.UTC(2026, 11, day, 4));
        const begun = await Promise.all([...benches, ...benches].map((bench) => bench.beginDue(10, at)));
        expect(begun.reduce((sum, each) => sum + each, 0)).toBe(1);
        await databases[0]?.knex('catalogue_run').update({ state: 'done', ended_at: new Date() });
      }
    } finally {
      await Promise.all(databases.map((database) => database.close()));
      await server.drop();
    }
  }, 120_000);
});
