import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createConnector } from '../../src/connector.js';
import { closing } from '../../src/wiring/closing.js';
import { describeOnRedis } from '../adapters/sessions/describe-on-redis.js';
import { startRedis } from '../adapters/sessions/redis-servers.js';
import { testDatabase } from '../support/test-database.js';

it('closes in the reverse order of opening, each even if another fails, and once', async () => {
  const closed: string[] = [];
  const opened = closing();
  opened.add(() => closed.push('database'));
  opened.add(() => Promise.reject(new Error('the shop does not stop')));
  opened.add(() => closed.push('redis'));
  await expect(opened.run()).rejects.toThrow('the shop does not stop');
  await opened.run();
  expect(closed).toEqual(['redis', 'database']);
});

describeOnRedis('a start that fails', () => {
  it('closes what was opened before: Redis and the database', async () => {
    const redis = await startRedis();
    const { database, drop } = await testDatabase();
    const watcher = new Redis(redis.port, '127.0.0.1');
    const start = createConnector({
      database,
      redisUrl: `redis://127.0.0.1:${redis.port}`,
      publicUrl: 'http://127.0.0.1:3000',
      store: () => {
        throw new Error('the shop has no key');
      },
    });
    await expect(start).rejects.toThrow('the shop has no key');
    const others = async (): Promise<number> =>
      String(await watcher.client('LIST'))
        .trim()
        .split('\n').length - 1;
    while ((await others()) > 0) await new Promise(setImmediate);
    watcher.disconnect();
    await redis.stop();
    // An embedded directory is locked by whoever has it open, a database on a server cannot be dropped.
    await drop();
  });
});
