import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.js';
import { ended, ownChild } from './own-children.js';
import { until } from './until.js';

export interface OwnRedis {
  url: string;
  flushAll(): Promise<void>;
  exists(key: string): Promise<boolean>;
  /** SIGKILL; `start` restarts it on the same port, empty. */
  kill(): Promise<void>;
  start(): Promise<void>;
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** A separate redis-server on a free port, without persistence. */
export async function startOwnRedis(): Promise<OwnRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'proof-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const launch = async (): Promise<ReturnType<typeof spawn>> => {
    const child = ownChild(
      spawn(
        'redis-server',
        ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', '', '--appendonly', 'no'],
        { stdio: 'ignore' },
      ),
    );
    child.once('error', () => undefined);
    if (!(await until(() => answers(url), 10_000))) throw new Error('redis-server does not start; is it installed?');
    return child;
  };
  let child = await launch();
  return {
    url,
    flushAll: () => ask(url, async (redis) => void (await redis.flushall())),
    exists: (key) => ask(url, async (redis) => (await redis.exists(key)) === 1),
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
    async start() {
      child = await launch();
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async close() {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return ask(url, async (redis) => (await redis.ping()) === 'PONG').catch(() => false);
}

async function ask<Answer>(url: string, question: (redis: Redis) => Promise<Answer>): Promise<Answer> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1000 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}
