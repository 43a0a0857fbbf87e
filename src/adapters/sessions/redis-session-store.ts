import { RedisStore } from 'connect-redis';
import type { SessionData } from 'express-session';
import type { Cluster, Redis } from 'ioredis';
import { digestOf } from '../../domain/digest.js';
import { KnownSessions, ttlSecondsOf, type SessionStorage } from './session-storage.js';
import { connectRedis } from './redis-connection.js';

const PREFIX = 'punchout:session:';
const FIRST_CONNECT_MS = 1500;
/** Minimum time between two touches of a session by one process; its cookie lives much longer. */
const TOUCH_EVERY_MS = 60_000;
const MOST_TOUCHED = 10_000;

type Done = (error?: unknown, data?: unknown) => void;

/**
 * Browser sessions in Redis; `url` as for connectRedis. A command before the first connection waits for it, at most 1.5
 * s.
 */
export function openRedisSessions({ url }: { url: string }): SessionStorage {
  const redis = connectRedis(url);
  const whenReady = firstReady(redis);
  /** Why the last attempt to connect failed. */
  let refused: Error | undefined;
  redis.on('error', (error: Error) => (refused = error));
  redis.on('ready', () => (refused = undefined));
  return {
    store: new RevivalProofRedisStore(redis, whenReady),
    health: {
      name: 'sessions',
      // The claim cookie finds a session in the database.
      optional: true,
      async check() {
        try {
          await whenReady();
          // A replica or a Redis with full memory still answers reads.
          await redis.set(`${PREFIX}health`, '1', 'EX', 60);
        } catch (error) {
          // The error of a command only says that there is no connection.
          throw refused === undefined ? error : new Error(`Redis does not answer: ${refused.message}`);
        }
      },
    },
    deleteExpired: async () => 0,
    async close() {
      redis.disconnect();
    },
  };
}

/** Stores digests of session ids: a reader of Redis cannot take over a session. */
class RevivalProofRedisStore extends RedisStore {
  private readonly known = new KnownSessions();
  /** By digest, ordered by time of the last touch, oldest first. */
  private readonly touchedAt = new Map<string, number>();

  constructor(
    private readonly redis: Redis | Cluster,
    private readonly whenReady: () => Promise<void>,
  ) {
    super({
      prefix: '',
      ttl: (session: SessionData) => ttlSecondsOf(session),
      client: {
        get: async (sid: string) => (await whenReady(), redis.get(keyOf(sid))),
        del: async (sids: string[]) => (await whenReady(), redis.del(...sids.map(keyOf))),
        expire: async (sid: string, seconds: number) => (await whenReady(), redis.expire(keyOf(sid), seconds)),
      },
    });
  }

  override createSession(...args: Parameters<RedisStore['createSession']>): ReturnType<RedisStore['createSession']> {
    return this.known.add(super.createSession(...args));
  }

  /** The answer to the browser waits for a touch. */
  override async touch(sid: string, session: SessionData, done?: Done): Promise<void> {
    const key = keyOf(sid);
    const now = performance.now();
    const isShort = ttlSecondsOf(session) * 1_000 < 2 * TOUCH_EVERY_MS;
    if (!isShort && now - (this.touchedAt.get(key) ?? -Infinity) < TOUCH_EVERY_MS) return settle(done);
    await super.touch(sid, session, (error?: unknown) => {
      this.touchedAt.delete(key);
      const [oldest] = this.touchedAt.keys();
      if (this.touchedAt.size >= MOST_TOUCHED && oldest !== undefined) this.touchedAt.delete(oldest);
      if (error === undefined || error === null) this.touchedAt.set(key, now);
      settle(done, error);
    });
  }

  /** Like connect-redis, but a known session is only written if it still exists. */
  override async set(sid: string, session: SessionData, done?: Done): Promise<void> {
    const ttlSeconds = ttlSecondsOf(session);
    if (ttlSeconds <= 0) return this.destroy(sid, done);
    try {
      await this.whenReady();
      const content = JSON.stringify(session);
      if (this.known.has(session)) await this.redis.set(keyOf(sid), content, 'EX', ttlSeconds, 'XX');
      else await this.redis.set(keyOf(sid), content, 'EX', ttlSeconds);
      this.known.add(session);
    } catch (error) {
      return settle(done, error);
    }
    settle(done);
  }
}

function keyOf(sid: string): string {
  return PREFIX + digestOf(sid);
}

function settle(done: Done | undefined, error?: unknown): void {
  if (done !== undefined) done(error ?? null);
  else if (error !== undefined) throw error;
}

/** After the first connection, a missing Redis is an immediate error, not a wait. */
function firstReady(redis: Redis | Cluster): () => Promise<void> {
  let seen = false;
  const ready = new Promise<void>((resolve) => {
    redis.once('ready', () => {
      seen = true;
      resolve();
    });
  });
  return async () => {
    if (seen) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Redis does not answer.')), FIRST_CONNECT_MS);
    });
    await Promise.race([ready, late]).finally(() => clearTimeout(timer));
  };
}
