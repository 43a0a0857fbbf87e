import { randomUUID } from 'node:crypto';
import type { SharedTurns } from '../ports/store/store-extras.js';

/**
 * Maximum wait for Redis; then requests proceed without an order for `PAUSE_MS`, so that a frozen Redis costs one wait.
 */
const PATIENCE_MS = 400;
const PAUSE_MS = 3_000;
/** A turn whose process died ends after this time. Longer than a shop may take to answer. */
const LIFE_MS = 15_000;

/** KEYS: the write of a cart, its reads with their end times. ARGV: id and kind of the turn, LIFE_MS. */
const ENTER = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local writer = redis.call('GET', KEYS[1])
if ARGV[2] == 'read' then
  if writer then return 0 end
  redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[1])
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
  return 1
end
if writer and writer ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
return redis.call('ZCARD', KEYS[2]) == 0 and 1 or 0`;

const LEAVE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return redis.call('ZREM', KEYS[2], ARGV[1])`;

/** The part of an ioredis client that is used. */
interface TurnRedis {
  status: string;
  once(event: 'ready', listener: () => void): unknown;
  call(command: string, ...args: string[]): Promise<unknown>;
  disconnect(): void;
}

/**
 * Turns in Redis. A write that waits for reads is registered in Redis, so later reads wait for it. `connect` is called
 * with the first turn.
 */
export function redisTurns(connect: () => TurnRedis): SharedTurns & { close(): void } {
  let redis: TurnRedis | undefined;
  let opened: Promise<void> | undefined;
  let pausedUntil = 0;

  async function ask(script: string, cartId: string, ...args: string[]): Promise<boolean> {
    if (performance.now() < pausedUntil) throw new Error('Redis did not answer a moment ago');
    redis ??= connect();
    const client = redis;
    await (opened ??= within(PATIENCE_MS, () => becomesReady(client)).catch(() => undefined));
    if (client.status !== 'ready') throw new Error('Redis is away');
    const keys = [`punchout:turn:{${cartId}}:write`, `punchout:turn:{${cartId}}:reads`];
    try {
      return (await within(PATIENCE_MS, () => client.call('EVAL', script, '2', ...keys, ...args))) === 1;
    } catch (error) {
      pausedUntil = performance.now() + PAUSE_MS;
      throw error;
    }
  }

  return {
    async enter(cartId, kind, waitMs) {
      const giveUpAt = performance.now() + waitMs;
      const id = randomUUID();
      const leave = (): void => void ask(LEAVE, cartId, id).catch(() => undefined);
      try {
        while (!(await ask(ENTER, cartId, id, kind, String(LIFE_MS))) && performance.now() < giveUpAt) await pause();
      } catch {
        // Without the order a line may be lost; then the buyer is informed before the transfer.
      }
      return leave;
    },
    close: () => redis?.disconnect(),
  };
}

function becomesReady(redis: TurnRedis): Promise<void> {
  return redis.status === 'ready' ? Promise.resolve() : new Promise((resolve) => redis.once('ready', resolve));
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 15 + Math.random() * 20));
}

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Redis does not answer')), ms);
  });
  const asked = work();
  asked.catch(() => undefined);
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
