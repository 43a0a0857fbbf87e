import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnRedis } from '../../adapters/sessions/describe-on-redis.js';
import { type RedisProcess, ask, startRedis } from '../../adapters/sessions/redis-servers.js';
import { SESSION, callUp, isActive, postXml, put, rowOf, setupXml, shopping } from '../../support/call-ups.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { cloneBody, postClone } from '../../support/clone-calls.js';
import { contextCall, contextPath } from '../../support/context-calls.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';
import { type Answer, HTML, JSON_WANTED } from '../../support/web-client.js';
import { raisedBy } from '../operations/alerts.js';
import { askAdmin } from '../admin/admin-calls.js';
import { signed } from '../connect/signed-calls.js';
import { addOperators, emailOf, signedIn } from '../console/console-visitor.js';
import { ask as askApi } from '../gateway/api/api-calls.js';

type Redis = RedisProcess;

/** Ways to lose a Redis, and to get it back. */
const FAULTS: [string, (redis: Redis) => Promise<unknown>, (redis: Redis) => Promise<Redis>][] = [
  [
    'is a read-only replica',
    ({ port }) => ask(port, 'replicaof', '127.0.0.1', '1'),
    async (redis) => (await ask(redis.port, 'replicaof', 'no', 'one'), redis),
  ],
  [
    'is out of memory',
    ({ port }) => ask(port, 'config', 'set', 'maxmemory', '1'),
    async (redis) => (await ask(redis.port, 'config', 'set', 'maxmemory', '0'), redis),
  ],
  ['is away', (redis) => redis.stop(), ({ port }) => startRedis([], port)],
];

describeOnRedis('a Redis that refuses writes, or is away, ends no session: the database replaces it', () => {
  const at: { shop?: RunningShop; redis?: RedisProcess; database?: TestDatabase } = {};
  const shop = (): RunningShop => {
    if (at.shop === undefined) throw new Error('the shop did not start');
    return at.shop;
  };
  beforeAll(async () => {
    at.redis = await startRedis();
    at.database = await testDatabase();
    at.shop = await startShop(at.database.database, '', {
      connector: { redisUrl: `redis://127.0.0.1:${at.redis.port}` },
    });
    await addOperators(shop());
  }, 120_000);
  afterAll(async () => {
    await at.shop?.close();
    await at.redis?.stop();
    await at.database?.drop();
  });

  const readyz = (): Promise<Answer> => shop().browser().get('/readyz', {});
  const dependency = async (): Promise<string | undefined> =>
    /^punchout_dependency_up\{dependency="sessions"\} (\d)$/m.exec(await shop().connector.metricsText())?.[1];

  it.each(FAULTS)(
    'it %s: the server is ready, but degraded; login, shopping and leaving still work',
    async (_, lose, regain) => {
      const redis = at.redis as Redis;
      const scrape = (): Promise<string> => shop().connector.metricsText();
      const healthy = await scrape();
      expect(raisedBy('PunchoutDegraded', healthy, healthy)).toBe(0);
      const before = await shopping(shop());
      await lose(redis);
      // A readiness result is reused for half a second.
      await until(async () => (await readyz()).json().status !== 'ready');
      const ready = await readyz();
      expect([ready.status, ready.json()]).toEqual([
        200,
        { status: 'degraded', checks: { database: 'ok', sessions: 'failed' } },
      ]);
      expect(await dependency()).toBe('0');
      expect(raisedBy('PunchoutDegraded', healthy, await scrape())).toBe(1);
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
      at.redis = await regain(redis);
      await until(async () => (await readyz()).json().status === 'ready');
      expect(await dependency()).toBe('1');
      expect(raisedBy('PunchoutDegraded', healthy, await scrape())).toBe(0);
      const client = shop().browser();
      expect((await client.get(await callUp(shop()), JSON_WANTED)).status).toBe(200);
      expect(await isActive(client)).toBe(true);
      expect(shop().logged.filter((line) => line.includes('unexpected error'))).toEqual([]);
    },
    60_000,
  );

  it('every family answers while it is away as before, and Today says what is missing', async () => {
    const { client, transmissionId } = await shopping(shop());
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const statuses = async (): Promise<Record<string, unknown>> => ({
      'connector session': [await isActive(client), (await client.get('/checkout/confirm', HTML)).status],
      'PunchOut Session API': [
        (await postXml(shop().browser(), setupXml())).text.includes('code="200"'),
        (await askApi(shop(), 'listSessions')).status,
      ],
      'admin API': (await askAdmin(shop(), 'adminListHooks')).status,
      'session context': (await contextCall(shop(), contextPath(transmissionId))).status,
      'order events': (await signed(shop().browser(), '/sdk/ping', '{}')).status,
      'custom store integration': (await postClone(shop(), cloneBody())).status,
      console: (await engineer.get('/sessions')).status,
      operations: (await shop().browser().get('/healthz', {})).status,
    });
    const before = await statuses();
    expect((await engineer.get('')).text).not.toContain('Redis does not answer');
    await at.redis?.stop();
    await until(async () => (await readyz()).json().status === 'degraded');
    expect(await statuses()).toEqual(before);
    expect(JSON.stringify(before)).not.toMatch(/false|[45]\d\d.*[45]\d\d/);
    expect((await engineer.get('')).text).toContain('Redis does not answer. Buyers notice nothing');
    expect((await signedIn(shop(), emailOf('viewer'))).formToken).toMatch(/./);
  }, 60_000);
});
