import { request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const MIB = 1024 * 1024;

/** Writes steps of sessions `<first>` to `<first + count - 1>`, in that order. */
const WRITE = {
  name: 'test-flood',
  text: `
    insert into audit (tenant_id, transmission_id, to_status, event, actor)
    select 'demo', n::text as session, 'active', 'login', 'browser'
    from generate_series($1::int, $1::int + $2::int - 1) as g(n) order by g.n`,
  tells: true,
} as const;

describe('10,000 events with a stream open', () => {
  const at: { shop?: RunningShop; home?: TestDatabase } = {};
  beforeAll(async () => {
    at.home = await testDatabase();
    at.shop = await startShop(at.home.database, '');
  }, 60_000);
  afterAll(async () => {
    await at.shop?.close();
    await at.home?.drop();
  });

  it('each comes once and in order, and the heap is within 20 MB of before', async () => {
    const { shop } = at;
    if (shop === undefined) throw new Error('the shop did not start');
    const seen = { next: 0, wrong: [] as string[] };
    const close = await follow(shop, (session) => {
      if (session !== String(seen.next)) seen.wrong.push(`${session} in place of ${seen.next}`);
      seen.next += 1;
    });
    const flood = async (upTo: number): Promise<void> => {
      for (let first = seen.next; first < upTo; first += 100) await shop.query(WRITE, [first, 100]);
      await until(async () => seen.next >= upTo);
    };
    await flood(1_000);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    await flood(11_000);
    collectGarbage();
    const grown = (process.memoryUsage().heapUsed - before) / MIB;
    close();
    expect(seen).toEqual({ next: 11_000, wrong: [] });
    expect(grown).toBeLessThan(20);
  });
});

/** Calls `take` with the session of each event. */
function follow(shop: RunningShop, take: (session: string) => void): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${DEMO.adminKey}` };
    const asked = request(`${shop.url}/v1/admin/events`, { headers }, (response) => {
      let rest = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const session = /^data: .*"session_id":"(\d+)"/m.exec(block)?.[1];
          if (session !== undefined) take(session);
        }
      });
      resolve(() => void asked.destroy());
    });
    asked.on('error', reject);
    asked.end();
  });
}
