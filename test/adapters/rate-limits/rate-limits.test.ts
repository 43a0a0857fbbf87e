import { afterEach, describe, expect, it } from '@jest/globals';
import { localCounter, sharedCounter } from '../../../src/adapters/rate-limits/shared-counter.js';
import { rateLimits } from '../../../src/adapters/rate-limits/rate-limits.js';
import { connectRedis } from '../../../src/adapters/sessions/redis-connection.js';
import type { RateLimits } from '../../../src/ports/access/guess-limits.js';
import { until } from '../../support/until.js';
import { describeOnRedis } from '../sessions/describe-on-redis.js';
import { ask, startCluster, startRedis } from '../sessions/redis-servers.js';

const opened: RateLimits[] = [];
afterEach(() => {
  for (const limits of opened.splice(0)) limits.close();
});
function counting(port?: number): RateLimits & { connects: number } {
  const seen = { connects: 0 };
  const limits = rateLimits(
    sharedCounter(
      port === undefined ? undefined : () => ((seen.connects += 1), connectRedis(`redis://127.0.0.1:${port}`)),
    ),
  );
  opened.push(limits);
  return Object.assign(limits, {
    get connects() {
      return seen.connects;
    },
  });
}
const passed = (waits: (number | undefined)[]): number => waits.filter((wait) => wait === undefined).length;
async function times(count: number, limits: RateLimits, perMinute: number, key = 'a'): Promise<(number | undefined)[]> {
  return Promise.all(Array.from({ length: count }, () => limits.take(key, perMinute)));
}

describe('Rate limits in this process', () => {
  it('allow exactly the limit, then return the seconds to wait; keys are independent', async () => {
    const limits = counting();
    const waits = await times(13, limits, 10);
    expect(passed(waits)).toBe(10);
    for (const wait of waits.slice(10)) expect(wait).toBeGreaterThanOrEqual(1);
    for (const wait of waits.slice(10)) expect(wait).toBeLessThanOrEqual(60);
    expect(await limits.take('b', 1)).toBeUndefined();
  });
});

describeOnRedis('Rate limits in Redis', () => {
  it('all processes count together', async () => {
    const redis = await startRedis();
    try {
      const [one, other] = [counting(redis.port), counting(redis.port)];
      // If Redis is not connected yet, the first burst is counted by the process alone for five seconds.
      let round = 0;
      await until(async () => {
        round += 1;
        const waits = [
          ...(await times(8, one, 10, `round-${round}`)),
          ...(await times(8, other, 10, `round-${round}`)),
        ];
        return passed(waits) === 10;
      });
    } finally {
      await redis.stop();
    }
  }, 40_000);

  it('for a limit over 1,000 the first sixteenth does not ask Redis; then all processes count together', async () => {
    const redis = await startRedis();
    try {
      // Redis must not be given up, even on a busy machine.
      const patient = (): RateLimits =>
        rateLimits(sharedCounter(() => connectRedis(`redis://127.0.0.1:${redis.port}`), localCounter(), 10_000));
      const [one, other] = [patient(), patient()];
      opened.push(one, other);
      await until(
        async () => (
          await times(8, one, 10, 'warm'),
          await times(8, other, 10, 'warm'),
          (await redisKeys(redis.port)).length > 0
        ),
      );
      const keys = (await redisKeys(redis.port)).length;
      expect(passed([...(await times(100, one, 1_600, 'large')), ...(await times(100, other, 1_600, 'large'))])).toBe(
        200,
      );
      expect((await redisKeys(redis.port)).length).toBe(keys);
      expect(passed([...(await times(900, one, 1_600, 'large')), ...(await times(900, other, 1_600, 'large'))])).toBe(
        1_600,
      );
    } finally {
      await redis.stop();
    }
  }, 40_000);

  it('keys in a Cluster are counted on the node that holds them', async () => {
    const nodes = await startCluster();
    try {
      const address = nodes.map(({ port }) => `redis://127.0.0.1:${port}`).join(',');
      const [one, other] = [
        rateLimits(sharedCounter(() => connectRedis(address))),
        rateLimits(sharedCounter(() => connectRedis(address))),
      ];
      opened.push(one, other);
      // If the nodes are not connected yet, the first burst is counted by the process alone for five seconds.
      let round = 0;
      await until(async () => {
        round += 1;
        const seen: boolean[] = [];
        for (let key = 0; key < 12; key += 1)
          for (const limits of [one, other]) seen.push((await limits.take(`${round}-${key}`, 1)) === undefined);
        return seen.every((first, index) => first === (index % 2 === 0));
      });
      const keys = await Promise.all(nodes.map(({ port }) => ask(port, 'dbsize')));
      expect(keys.filter((count) => Number(count) === 0)).toEqual([]);
    } finally {
      for (const limits of opened.splice(0)) limits.close();
      for (const node of nodes) await node.stop();
    }
  }, 40_000);

  it('T37: a missing or frozen Redis costs one short wait; then each process counts by itself, limited', async () => {
    const redis = await startRedis();
    try {
      const limits = counting(redis.port);
      await until(async () => (await limits.take('warm', 1_000), (await redisKeys(redis.port)).length > 0));
      redis.process.kill('SIGSTOP');
      const startedAt = performance.now();
      const waits = await times(20, limits, 5, 'frozen');
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      expect(passed(waits)).toBe(5);
      const again = performance.now();
      expect(passed(await times(20, limits, 5, 'frozen'))).toBe(0);
      expect(performance.now() - again).toBeLessThan(100);
    } finally {
      await redis.stop();
    }
  }, 20_000);
});

async function redisKeys(port: number): Promise<string[]> {
  const redis = connectRedis(`redis://127.0.0.1:${port}`);
  try {
    await until(async () => redis.status === 'ready');
    return await redis.keys('punchout:rate:*');
  } finally {
    redis.disconnect();
  }
}

it('without limits no connection is opened', () => {
  expect(counting(1).connects).toBe(0);
});

it('a counter that is tried repeatedly while Redis is away adds only one listener', async () => {
  const listeners: (() => void)[] = [];
  let calls = 0;
  const redis = {
    status: 'connecting',
    once: (_: string, listener: () => void) => listeners.push(listener),
    call: async () => {
      if (redis.status !== 'ready') throw new Error('Stream is not writeable');
      calls += 1;
      return [1, 60_000];
    },
    disconnect() {},
  };
  const realNow = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => realNow() + ahead;
  try {
    const limits = rateLimits(sharedCounter(() => redis));
    opened.push(limits);
    for (let outage = 0; outage < 3; outage += 1) {
      redis.status = 'reconnecting';
      for (let turn = 0; turn < 5; turn += 1) {
        expect(await limits.take(`${outage}`, 1_000)).toBeUndefined();
        ahead += 6_000;
      }
      expect(listeners.length).toBeLessThanOrEqual(1);
      redis.status = 'ready';
      listeners.splice(0).forEach((resolve) => resolve());
      await limits.take('now', 1_000);
      ahead += 6_000;
    }
    expect(calls).toBeGreaterThan(0);
  } finally {
    performance.now = realNow;
  }
}, 20_000);
