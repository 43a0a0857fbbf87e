import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { openRedisSessions } from '../../../src/adapters/sessions/redis-session-store.js';
import type { SessionStorage } from '../../../src/adapters/sessions/session-storage.js';
import { digestOf } from '../../../src/domain/digest.js';
import { sessionStorageContract } from '../../contracts/session-storage.contract.js';
import { describeOnRedis } from './describe-on-redis.js';
import { type RedisProcess, ask, startCluster, startRedis } from './redis-servers.js';

const cookie = { originalMaxAge: 60_000 };
const setOn = ({ store }: SessionStorage, sid: string) =>
  promisify<void>((done) => store.set(sid, { cookie: { ...cookie, expires: new Date(Date.now() + 60_000) } }, done))();
const getOn = ({ store }: SessionStorage, sid: string) => promisify<unknown>((done) => store.get(sid, done))();

async function timed(work: Promise<unknown>): Promise<{ ms: number; failed: boolean }> {
  const start = performance.now();
  const failed = await work.then(
    () => false,
    () => true,
  );
  return { ms: performance.now() - start, failed };
}

describeOnRedis('sessions in Redis', () => {
  let redis: RedisProcess;
  let sessions: SessionStorage;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(() => {
    sessions = openRedisSessions({ url: `redis://127.0.0.1:${redis.port}` });
  });
  afterEach(() => sessions.close());

  sessionStorageContract(() => sessions);

  it('answers the very first command after start', async () => {
    const sid = randomUUID();
    await setOn(sessions, sid);
    expect(await getOn(sessions, sid)).toBeTruthy();
  });

  it('every key has a prefix and an expiry', async () => {
    const sid = randomUUID();
    await setOn(sessions, sid);
    const keys = (await ask(redis.port, 'keys', '*')).split('\n').filter(Boolean);
    expect(keys).toContain(`punchout:session:${digestOf(sid)}`);
    expect(keys.join()).not.toContain(sid);
    for (const key of keys) {
      expect(key).toMatch(/^punchout:session:/);
      expect(Number(await ask(redis.port, 'ttl', key))).toBeGreaterThan(0);
    }
  });

  it('is touched at most once a minute, unless it lives shorter than two', async () => {
    const touched = async (minutes: number): Promise<number> => {
      const sid = randomUUID();
      const session = { cookie: { originalMaxAge: minutes * 60_000 } };
      await promisify<void>((done) => sessions.store.set(sid, session, done))();
      const key = `punchout:session:${digestOf(sid)}`;
      const touch = promisify<void>((done) => sessions.store.touch?.(sid, session, done as () => void));
      await touch();
      await ask(redis.port, 'expire', key, '5');
      await touch();
      return Number(await ask(redis.port, 'ttl', key));
    };
    expect(await touched(60)).toBeLessThanOrEqual(5);
    expect(await touched(1)).toBeGreaterThan(5);
  });

  it('P5: a stopped Redis is an error within 3 s, and is used again when it continues', async () => {
    const sid = randomUUID();
    await setOn(sessions, sid);
    redis.process.kill('SIGSTOP');
    for (const work of [getOn(sessions, sid), setOn(sessions, sid), sessions.health.check()]) {
      const { ms, failed } = await timed(work);
      expect(failed).toBe(true);
      expect(ms).toBeLessThan(3000);
    }
    redis.process.kill('SIGCONT');
    const giveUpAt = performance.now() + 5000;
    while ((await timed(sessions.health.check())).failed && performance.now() < giveUpAt)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await getOn(sessions, sid)).toBeTruthy();
  }, 20_000);

  it('P5: a killed Redis is an error within 3 s, and is used again when it is back, empty', async () => {
    const sid = randomUUID();
    await setOn(sessions, sid);
    await redis.stop();
    const { ms, failed } = await timed(getOn(sessions, sid));
    expect(failed).toBe(true);
    expect(ms).toBeLessThan(3000);
    redis = await startRedis([], redis.port);
    const giveUpAt = performance.now() + 5000;
    while ((await timed(sessions.health.check())).failed && performance.now() < giveUpAt)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await getOn(sessions, sid)) ?? null).toBeNull();
    await setOn(sessions, sid);
    expect(await getOn(sessions, sid)).toBeTruthy();
  }, 20_000);

  it('a Redis that never existed is an error within 3 s', async () => {
    const nowhere = openRedisSessions({ url: 'redis://127.0.0.1:1' });
    const { ms, failed } = await timed(getOn(nowhere, 'x'));
    expect(failed).toBe(true);
    expect(ms).toBeLessThan(3000);
    // What the operator reads in the log and from the doctor: why nobody answers.
    await expect(nowhere.health.check()).rejects.toThrow('Redis does not answer: connect ECONNREFUSED 127.0.0.1:1');
    await nowhere.close();
  });
});

describeOnRedis('sessions in a Redis Cluster', () => {
  let nodes: RedisProcess[] = [];
  let sessions: SessionStorage;
  beforeAll(async () => {
    nodes = await startCluster();
    sessions = openRedisSessions({ url: nodes.map(({ port }) => `redis://127.0.0.1:${port}`).join(',') });
  }, 60_000);
  afterAll(async () => {
    await sessions.close();
    await Promise.all(nodes.map((node) => node.stop()));
  });

  sessionStorageContract(() => sessions);

  it('spreads sessions over the nodes', async () => {
    await Promise.all(Array.from({ length: 60 }, () => setOn(sessions, randomUUID())));
    for (const { port } of nodes) expect(Number(await ask(port, 'dbsize'))).toBeGreaterThan(0);
  });

  it('P5: a stopped node is an error within 3 s', async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID());
    await Promise.all(ids.map((sid) => setOn(sessions, sid)));
    nodes[0]?.process.kill('SIGSTOP');
    const answers = await Promise.all(ids.map((sid) => timed(getOn(sessions, sid))));
    nodes[0]?.process.kill('SIGCONT');
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(3000);
    expect(answers.some(({ failed }) => failed)).toBe(true);
  }, 20_000);
});
