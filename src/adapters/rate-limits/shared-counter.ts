import { createHash } from 'node:crypto';
import { RedisStore } from 'rate-limit-redis';

/** Maximum wait for the shared counter; then this process counts by itself, with the same limits (T37). */
const PATIENCE_MS = 150;
/** Pause after a counter did not answer: a frozen Redis costs one wait, not one per request. */
const PAUSE_MS = 5_000;
/**
 * Shortly before the end of its minute a key is not corrected: it might expire first and be created again without an
 * expiry.
 */
const TOO_LATE_MS = 1_000;

/** The part of an ioredis client that is used. */
interface CountingRedis {
  status: string;
  once(event: 'ready', listener: () => void): unknown;
  call(command: string, ...args: string[]): Promise<unknown>;
  disconnect(): void;
}

interface Counted extends Count {
  /** Subtracts one hit where it was counted. */
  takeBack(): void;
}

/** Counts hits per minute. Never fails and never waits long. */
export interface SharedCounter {
  add(key: string): Promise<Counted>;
  read(key: string): Promise<Count>;
  /** Counts of this process alone. */
  own: LocalCounter;
  isShared: boolean;
  close(): void;
}

/**
 * Counts in Redis if configured; otherwise, and while Redis is away, in this process. `connect` is called with the
 * first counted request. `patienceMs`: maximum wait for Redis.
 */
export function sharedCounter(
  connect?: () => CountingRedis,
  own: LocalCounter = localCounter(),
  patienceMs = PATIENCE_MS,
): SharedCounter {
  const shared: { redis?: CountingRedis; ready?: Promise<void>; store?: Promise<RedisStore> } = {};
  let pausedUntil = 0;

  /** Only one listener, even if the counter is tried many times while Redis is away. */
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

  /** Undefined: Redis does not answer or is not configured. */
  async function asked<T>(ask: (store: RedisStore) => Promise<T>): Promise<T | undefined> {
    if (connect === undefined || performance.now() < pausedUntil) return undefined;
    // An earlier request has waited in vain: nothing more is queued behind a missing connection.
    if (shared.redis !== undefined && pausedUntil > 0 && shared.redis.status !== 'ready') return undefined;
    shared.store ??= open(connect);
    const { store } = shared;
    try {
      return await within(patienceMs, store.then(ask));
    } catch {
      if (shared.store === store) delete shared.store;
      pausedUntil = performance.now() + PAUSE_MS;
      return undefined;
    }
  }

  return {
    own,
    isShared: connect !== undefined,
    async add(key) {
      const count = await asked((store) => store.increment(key));
      if (count === undefined) return { ...own.add(key), takeBack: () => own.takeBack(key) };
      const { hits, leftMs } = countOf(count);
      const until = performance.now() + leftMs - TOO_LATE_MS;
      return {
        hits,
        leftMs,
        takeBack() {
          if (performance.now() < until) void asked((store) => store.decrement(key));
        },
      };
    },
    async read(key) {
      const count = await asked((store) => store.get(key));
      return count === undefined ? own.read(key) : countOf(count);
    },
    close() {
      shared.redis?.disconnect();
    },
  };
}

/** A missing key has no number. */
function countOf({ totalHits, resetTime }: { totalHits: number; resetTime: Date | undefined }): Count {
  const hits = Number.isNaN(totalHits) ? 0 : totalHits;
  return { hits, leftMs: (resetTime?.getTime() ?? Date.now() + WINDOW_MS) - Date.now() };
}

/** Each node gets the script when it first needs it: SCRIPT LOAD would reach only one node of a Cluster. */
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

/** Hits of a key in the current minute. */
interface Count {
  hits: number;
  /** Milliseconds until the minute is over. */
  leftMs: number;
}

interface LocalCounter {
  /** Adds one hit. */
  add(key: string): Count;
  /** Subtracts one hit. */
  takeBack(key: string): void;
  read(key: string): Count;
}

const WINDOW_MS = 60_000;
/** Maximum number of tracked keys, at about 200 bytes each; beyond that the oldest tenth is dropped. */
const MOST_KEYS = 50_000;

/** Counts in this process, synchronously, so that parallel requests see all hits. `now`: monotonic milliseconds. */
export function localCounter(now: () => number = () => performance.now()): LocalCounter {
  /** In the order in which their minutes end. */
  const counts = new Map<string, { hits: number; until: number }>();

  function makeRoom(): void {
    if (counts.size < MOST_KEYS) return;
    for (const key of counts.keys()) {
      if (counts.size <= MOST_KEYS * 0.9) return;
      counts.delete(key);
    }
  }

  function current(key: string): { hits: number; until: number } | undefined {
    const count = counts.get(key);
    return count === undefined || count.until <= now() ? undefined : count;
  }

  return {
    add(key) {
      let count = current(key);
      if (count === undefined) {
        makeRoom();
        count = { hits: 0, until: now() + WINDOW_MS };
        counts.delete(key);
        counts.set(key, count);
      }
      count.hits += 1;
      return { hits: count.hits, leftMs: count.until - now() };
    },
    takeBack(key) {
      const count = current(key);
      if (count !== undefined && count.hits > 0) count.hits -= 1;
    },
    read(key) {
      const count = current(key);
      return { hits: count?.hits ?? 0, leftMs: count === undefined ? 0 : count.until - now() };
    },
  };
}
