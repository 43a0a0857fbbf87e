import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnRedis } from '../../adapters/sessions/describe-on-redis.js';
import { type RedisProcess, ask, startRedis } from '../../adapters/sessions/redis-servers.js';
import { SESSION, callUp, isActive, put, rowOf, shopping } from '../../support/call-ups.js';
import { freshData } from '../../support/fresh-data.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { JSON_WANTED } from '../../support/web-client.js';

/** Ways to make a Redis refuse writes, and to accept them again. */
const FAULTS: [string, string[], string[]][] = [
  ['is a read-only replica', ['replicaof', '127.0.0.1', '1'], ['replicaof', 'no', 'one']],
  ['is out of memory', ['config', 'set', 'maxmemory', '1'], ['config', 'set', 'maxmemory', '0']],
];

describeOnRedis('a Redis that refuses writes ends no session: the claim cookie and the database replace it', () => {
  const at: { shop?: RunningShop; redis?: RedisProcess; directory?: string } = {};
  const shop = (): RunningShop => {
    if (at.shop === undefined) throw new Error('the shop did not start');
    return at.shop;
  };
  beforeAll(async () => {
    at.redis = await startRedis();
    at.directory = await freshData();
    at.shop = await startShop({ directory: at.directory }, '', {
      connector: { redisUrl: `redis://127.0.0.1:${at.redis.port}` },
    });
  }, 60_000);
  afterAll(async () => {
    await at.shop?.close();
    await at.redis?.stop();
    await rm(at.directory ?? '', { recursive: true, force: true });
  });

  it.each(FAULTS)(
    'it %s: login, shopping and leaving still work; readiness fails and recovers',
    async (_, fault, cure) => {
      const port = at.redis?.port ?? 0;
      const before = await shopping(shop());
      await ask(port, ...fault);
      // A readiness result is reused for half a second.
      await until(async () => (await shop().browser().get('/readyz', {})).status === 503);
      const ready = await shop().browser().get('/readyz', {});
      expect([ready.status, ready.json()]).toEqual([
        503,
        { status: 'unavailable', checks: { database: 'ok', sessions: 'failed' } },
      ]);
      const during = await shopping(shop());
      for (const { client, transmissionId } of [before, during]) {
        expect([await isActive(client), (await put(client, 'SKU-001', 1)).status]).toEqual([true, 200]);
        expect(
          (await client.send(`${SESSION}/logout?transferred=1`, { method: 'POST', headers: JSON_WANTED })).status,
        ).toBe(200);
        expect([await rowOf(shop(), transmissionId), await isActive(client)]).toEqual([
          expect.objectContaining({ status: 'transferred' }),
          false,
        ]);
      }
      const leaving = await shopping(shop());
      expect(
        (await leaving.client.send(`${SESSION}/logout`, { method: 'POST', headers: JSON_WANTED })).json(),
      ).toMatchObject({ status: 'closed' });
      await ask(port, ...cure);
      await until(async () => (await shop().browser().get('/readyz', {})).status === 200);
      const client = shop().browser();
      expect((await client.get(await callUp(shop()), JSON_WANTED)).status).toBe(200);
      expect(await isActive(client)).toBe(true);
      expect(shop().logged.filter((line) => line.includes('unexpected error'))).toEqual([]);
    },
    60_000,
  );
});
