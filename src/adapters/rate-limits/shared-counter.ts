import { createHash } from 'node:crypto';
import { RedisStore } from 'rate-limit-redis';

/** How long the shared counter may take; then this process counts for itself, limited as well (T37). */
const PATIENCE_MS = 150;
/** How long a counter that did not answer is left alone: a frozen Redis costs one wait, not one a request. */
const PAUSE_MS = 5_000;
/** So near its end a minute is not corrected any more: the key might be gone by then, and come back without an end. */
const TOO_LATE_MS = 1_000;

/** What is needed of an ioredis client. */
interface CountingRedis {
  status: string;
  once(event: 'ready', listener: () => void): unknown;
  call(command: string, ...args: string[]): Promise<unknown>;
  disconnect(): void;
}

interface Counted extends Count {
  /** One hit less, where it was counted. */
  takeBack(): void;
}

/** Counts hits by the minute. Never fails and never waits long. */
export interface SharedCounter {
  add(key: string): Promise<Counted>;
  read(key: string): Promise<Count>;
  /** What this process counts by itself. */
  own: LocalCounter;
  isShared: boolean;
  close(): void;
}

/**
 * In Redis where there is one, else, and whenever it is away, in this process. `connect` is called with the first request
 * that is counted. `patienceMs`: how long Redis may take.
 */
export function sharedCounter(
  connect?: () => CountingRedis,
  own: LocalCounter = localCounter(),
  patienceMs = PATIENCE_MS,
): SharedCounter {
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

  /** Undefined: Redis does not answer, or there is none. */
  async function asked<T>(ask: (store: RedisStore) => Promise<T>): Promise<T | undefined> {
    if (connect === undefined || performance.now() < pausedUntil) return undefined;
    // Somebody has waited in vain already: nothing more is queued behind a connection that is not there.
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

/** A key that is not there has no number. */
function countOf({ totalHits, resetTime }: { totalHits: number; resetTime: Date | undefined }): Count {
  const hits = Number.isNaN(totalHits) ? 0 : totalHits;
  return { hits, leftMs: (resetTime?.getTime() ?? Date.now() + WINDOW_MS) - Date.now() };
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

/** Hits of a key in its present minute. */
interface Count {
  hits: number;
  /** Milliseconds until the minute is over. */
  leftMs: number;
}

interface LocalCounter {
  /** Counts one hit. */
  add(key: string): Count;
  /** One hit less. */
  takeBack(key: string): void;
  read(key: string): Count;
}

const WINDOW_MS = 60_000;
/** So many keys are told apart, at about 200 bytes each; beyond that the oldest tenth is forgotten. */
const MOST_KEYS = 50_000;

/** Counts in this process, synchronously, so that parallel requests see all hits. `now`: milliseconds that only grow. */
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
