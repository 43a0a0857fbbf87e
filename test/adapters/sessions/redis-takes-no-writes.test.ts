import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from '@jest/globals';
import { rateLimits } from '../../../src/adapters/rate-limits/rate-limits.js';
import { sharedCounter } from '../../../src/adapters/rate-limits/shared-counter.js';
import { connectRedis } from '../../../src/adapters/sessions/redis-connection.js';
import { openRedisSessions } from '../../../src/adapters/sessions/redis-session-store.js';
import type { SessionStorage } from '../../../src/adapters/sessions/session-storage.js';
import { until } from '../../support/until.js';
import { describeOnRedis } from './describe-on-redis.js';
import { ask, startRedis } from './redis-servers.js';

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const session = { cookie: { originalMaxAge: 60_000, expires: new Date(Date.now() + 60_000) } };
const setOn = ({ store }: SessionStorage, sid: string) => promisify<void>((done) => store.set(sid, session, done))();
const getOn = ({ store }: SessionStorage, sid: string) => promisify<unknown>((done) => store.get(sid, done))();
const works = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

function sessionsOn(port: number): SessionStorage {
  const sessions = openRedisSessions({ url: `redis://127.0.0.1:${port}` });
  closing.push(() => sessions.close());
  return sessions;
}

async function redis(options: string[] = []): Promise<number> {
  const started = await startRedis(options);
  closing.push(() => started.stop());
  return started.port;
}

/** Counting continues, in this process. */
async function countsOn(port: number): Promise<number> {
  const limits = rateLimits(sharedCounter(() => connectRedis(`redis://127.0.0.1:${port}`)));
  closing.push(() => limits.close());
  let refused = 0;
  for (let request = 0; request < 10; request += 1) if ((await limits.take('somebody', 4)) !== undefined) refused += 1;
  return refused;
}

describeOnRedis('a read-only Redis', () => {
  it('READONLY: the primary became a replica; the connection is opened again, perhaps to another server', async () => {
    const [port, other] = [await redis(), await redis()];
    const sessions = sessionsOn(port);
    const sid = randomUUID();
    await setOn(sessions, sid);
    /** Ids of our connections: the one of redis-cli is the connection that lists them. */
    const connections = async (): Promise<string[]> =>
      (await ask(port, 'client', 'list', 'type', 'normal'))
        .split('\n')
        .filter((line) => line.includes('id=') && !line.includes('cmd=client'))
        .map((line) => /id=(\d+)/.exec(line)?.[1] ?? '');
    const before = await connections();
    expect(before).toHaveLength(1);
    await ask(port, 'replicaof', '127.0.0.1', String(other));
    await expect(setOn(sessions, randomUUID())).rejects.toThrow('READONLY');
    await until(async () => {
      const now = await connections();
      return now.length === 1 && now[0] !== before[0];
    });
    expect(await works(sessions.health.check())).toBe(false);
    expect(await countsOn(port)).toBe(6);
    await ask(port, 'replicaof', 'no', 'one');
    await until(() => works(sessions.health.check()));
    await setOn(sessions, sid);
    expect(await getOn(sessions, sid)).toBeTruthy();
  }, 30_000);

  it('OOM: memory is full; reads work, and writes work again when there is room', async () => {
    const port = await redis();
    const sessions = sessionsOn(port);
    const sid = randomUUID();
    await setOn(sessions, sid);
    await ask(port, 'config', 'set', 'maxmemory', '1');
    await expect(setOn(sessions, randomUUID())).rejects.toThrow('OOM');
    expect(await getOn(sessions, sid)).toBeTruthy();
    await expect(sessions.health.check()).rejects.toThrow('OOM');
    expect(await countsOn(port)).toBe(6);
    await ask(port, 'config', 'set', 'maxmemory', '0');
    await sessions.health.check();
    await setOn(sessions, sid);
  }, 30_000);

  it('LOADING: Redis loads its data after a restart; every command fails until then, none waits long', async () => {
    const { port, stop } = await startLoading();
    closing.push(stop);
    const sessions = sessionsOn(port);
    expect(await works(sessions.health.check())).toBe(false);
    expect(await works(getOn(sessions, randomUUID()))).toBe(false);
    expect((await ask(port, 'ping').catch(String)).trim()).toContain('LOADING');
    await until(() => works(sessions.health.check()));
    await setOn(sessions, randomUUID());
  }, 60_000);
});

/** A Redis that takes seconds to load its data. */
async function startLoading(): Promise<{ port: number; stop: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'headless-punchout-redis-'));
  const filled = await startRedis(['--dir', directory, '--enable-debug-command', 'yes']);
  await ask(filled.port, 'debug', 'populate', '20000');
  await ask(filled.port, 'save');
  await filled.stop();
  const { port } = filled;
  const child: ChildProcess = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      directory,
      '--key-load-delay',
      '400',
      '--loading-process-events-interval-bytes',
      '1024',
    ],
    { stdio: 'ignore' },
  );
  const exited = once(child, 'exit');
  await until(async () => (await ask(port, 'ping').catch(() => '')).includes('LOADING'));
  return {
    port,
    async stop() {
      child.kill('SIGKILL');
      await exited;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
