import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { UndiciHttp } from '../../src/adapters/outbound-http/undici-http.js';
import { feedRepository } from '../../src/adapters/postgres/orders/feed-repository.js';
import { startFeedImports, FEED_LIMITS } from '../../src/jobs/feed-imports.js';
import type { Worker } from '../../src/jobs/worker.js';
import type { Store } from '../../src/ports/store/store.js';
import { describeOnDatabases } from '../contracts/databases.js';
import { until } from '../support/until.js';

const GOOD = 'id;title;price;gtin\nF-1;Schraube;1,50;4006381333931\n';
const PLACES_OF_TENANT = 2;
/** No feed fails because of a slow test. */
const PATIENT = { ...FEED_LIMITS, pace: { bytes: 30_720, ms: 600_000 } };

describeOnDatabases('feeds side by side', (database) => {
  const http = new UndiciHttp();
  const asked: string[] = [];
  const open = new Map<string, ServerResponse>();
  let server: Server;
  let origin: string;
  let mostOpen = 0;
  beforeAll(async () => {
    server = createServer((req, res) => {
      const path = req.url ?? '';
      asked.push(path);
      if (!path.startsWith('/slow')) return void res.end(GOOD);
      open.set(path, res);
      mostOpen = Math.max(mostOpen, open.size);
      // Endless: six bytes every 300 ms.
      const timer = setInterval(() => res.write('6bytes'), 300);
      res.once('close', () => {
        clearInterval(timer);
        open.delete(path);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await http.close();
    server.closeAllConnections();
    server.close();
  });
  beforeEach(async () => {
    await database().knex('connect_feed').del();
    await database().knex('connect_import_report').del();
    asked.length = 0;
    mostOpen = 0;
  });
  const workers: Worker[] = [];
  afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.stop())));

  const store: Pick<Store, 'importProducts'> = { importProducts: async () => ({ repeated: [] }) };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  function start(limits = FEED_LIMITS, taking = store): Worker {
    const worker = startFeedImports({
      feeds: feedRepository(database()),
      store: taking as Store,
      stream: http.stream,
      log,
      limits,
    });
    workers.push(worker);
    return worker;
  }
  const register = async (tenantId: string, kind: string, count: number): Promise<void> => {
    for (let shop = 1; shop <= count; shop += 1)
      await feedRepository(database()).save(tenantId, shop, `${origin}/${kind}/${tenantId}/${shop}`);
  };
  const reports = async (tenantId: string): Promise<number> =>
    Number((await database().knex('connect_import_report').where({ tenant_id: tenantId }).count({ n: '*' }))[0]?.['n']);

  it('20 very slow feeds take only two slots; 14 feeds of another tenant are read without waiting', async () => {
    await register('slow', 'slow', 20);
    start(PATIENT);
    await until(async () => open.size === PLACES_OF_TENANT);
    await register('quick', 'good', 14);
    await until(async () => (await reports('quick')) === 14);
    expect([open.size, mostOpen, asked.filter((path) => path.startsWith('/slow')).length]).toEqual([2, 2, 2]);
  });

  it('slow feeds of three tenants leave slots for a fourth', async () => {
    for (const tenant of ['one', 'two', 'three']) await register(tenant, 'slow', 10);
    start(PATIENT);
    await until(async () => open.size === 3 * PLACES_OF_TENANT);
    await register('quick', 'good', 5);
    await until(async () => (await reports('quick')) === 5);
    expect(mostOpen).toBe(6);
  });

  it('a feed that is too slow fails with the reason, and the next feed of the tenant takes its slot', async () => {
    await register('slow', 'slow', 4);
    start({ ...FEED_LIMITS, pace: { bytes: 500, ms: 400 } });
    await until(async () => new Set(asked).size === 4);
    await until(
      async () =>
        (await database().knex('connect_feed').where('last_error', 'like', 'it came too slowly%').pluck('shop_id'))
          .length === 4,
    );
    expect(mostOpen).toBe(2);
  });

  it('two workers read each of 40 files once', async () => {
    for (const tenant of ['one', 'two', 'three', 'four']) await register(tenant, 'good', 10);
    start();
    start();
    await until(async () => (await database().knex('connect_import_report').count({ n: '*' }))[0]?.['n'] == 40);
    expect([asked.length, new Set(asked).size]).toEqual([40, 40]);
  });

  it('a stopping worker does not wait for a slow feed, and leaves it to the next worker', async () => {
    await register('slow', 'slow', 2);
    const worker = start(PATIENT);
    await until(async () => open.size === 2);
    await worker.stop();
    await until(async () => open.size === 0);
    expect(await database().knex('connect_feed').pluck('lease')).toEqual([null, null]);
    expect(await database().knex('connect_feed').pluck('last_error')).toEqual([null, null]);
  });
});
