import { createHash } from 'node:crypto';
import { RedisStore } from 'rate-limit-redis';
import type { RateLimits } from '../../ports/access/rate-limits.js';
import { localCounter } from './local-counter.js';

const WINDOW_MS = 60_000;
/** How long the shared counter may take; then this process counts for itself, limited as well (SECURITY T37). */
const PATIENCE_MS = 150;
/** How long a counter that did not answer is left alone: a frozen Redis costs one wait, not one a request. */
const PAUSE_MS = 5_000;

/** What is needed of an ioredis client. */
export interface CountingRedis {
  status: string;
  once(event: 'ready', listener: () => void): unknown;
  call(command: string, ...args: string[]): Promise<unknown>;
  disconnect(): void;
}

/** In Redis where there is one, else, and whenever it is away, in this process. `connect` is called with the first request that is counted. */
export function rateLimits(connect?: () => CountingRedis): RateLimits {
  const local = localCounter(WINDOW_MS);
  const shared: { redis?: CountingRedis; ready?: Promise<void>; store?: Promise<RedisStore> } = {};
  let pausedUntil = 0;

  /** One listener, however often the counter is tried while Redis is away. */
  function ready(redis: CountingRedis): Promise<void> {
    if (redis.status === 'ready') return Promise.resolve();
    shared.ready ??= new Promise<void>((resolve) => redis.once('ready', resolve)).then(() => void delete shared.ready);
    return shared.ready;
  }

  async function open(connecting: () => CountingRedis): Promise<RedisStore> {
    const redis = (shared.redis ??= connecting());
    const store = new RedisStore({ prefix: 'punchout:rate:', sendCommand: scripted(redis) });
    await ready(redis);
    await store.init({ windowMs: WINDOW_MS } as Parameters<RedisStore['init']>[0]);
    return store;
  }

  async function counted(key: string): Promise<{ totalHits: number; resetTime: Date | undefined }> {
    if (connect === undefined || performance.now() < pausedUntil) return local(key);
    // Somebody has waited in vain already: nothing more is queued behind a connection that is not there.
    if (shared.redis !== undefined && pausedUntil > 0 && shared.redis.status !== 'ready') return local(key);
    shared.store ??= open(connect);
    const { store } = shared;
    try {
      return await within(PATIENCE_MS, store.then((counter) => counter.increment(key)));
    } catch {
      if (shared.store === store) delete shared.store;
      pausedUntil = performance.now() + PAUSE_MS;
      return local(key);
    }
  }

  return {
    async take(key, perMinute) {
      const { totalHits, resetTime } = await counted(key);
      if (totalHits <= perMinute) return undefined;
      return Math.min(60, Math.max(1, Math.ceil(((resetTime?.getTime() ?? Date.now() + WINDOW_MS) - Date.now()) / 1000)));
    },
    close() {
      shared.redis?.disconnect();
    },
  };
}

/** A script goes to the node that has the key, when it is first needed there: SCRIPT LOAD would reach one node of a Cluster only. */
function scripted(redis: CountingRedis): (command: string, ...args: string[]) => Promise<string | number> {
  const scripts = new Map<string, string>();
  return async (command, ...args) => {
    const [first = '', second = ''] = args;
    if (command === 'SCRIPT') {
      const sha = createHash('sha1').update(second).digest('hex');
      scripts.set(sha, second);
      return sha;
    }
    try {
      return (await redis.call(command, ...args)) as string | number;
    } catch (error) {
      const text = scripts.get(first);
      if (text === undefined || !(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return (await redis.call('EVAL', text, ...args.slice(1))) as string | number;
    }
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the counter does not answer')), ms);
  });
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
