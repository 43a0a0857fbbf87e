import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { DemoStore } from '../../src/adapters/stores/demo/demo-store.js';
import { type Connector, createConnector } from '../../src/connector.js';
import { describeOnRedis } from '../adapters/sessions/describe-on-redis.js';
import { type RedisProcess, startRedis } from '../adapters/sessions/redis-servers.js';
import { describeOnServer } from '../contracts/databases.js';
import { newOrder } from '../contracts/orders.js';
import { signed } from '../http/connect/signed-calls.js';
import { type Subscriber, startSubscriber, store } from '../jobs/subscriber.js';
import { SESSION, put, setupXml, startUrlOf, postXml } from '../support/call-ups.js';
import { type ServerChild, startServerChild } from '../support/server-child.js';
import { type ServerDatabase, createMigratedDatabase } from '../support/server-database.js';
import { until } from '../support/until.js';
import { JSON_WANTED, webClient } from '../support/web-client.js';

jest.setTimeout(120_000);

describeOnServer('a server without jobs and a worker on one PostgreSQL', () => {
  describeOnRedis('and one Redis', () => {
    let database: ServerDatabase;
    let redis: RedisProcess;
    let env: Record<string, string>;
    let client: Client;
    let web: ServerChild;
    let worker: ServerChild;
    let subscriber: Subscriber;
    /** Records orders, as a shop in a process of its own does. */
    let shop: Connector;
    beforeAll(async () => {
      database = await createMigratedDatabase();
      redis = await startRedis();
      subscriber = await startSubscriber();
      client = new Client({ connectionString: database.url });
      await client.connect();
      const publicUrl = 'http://127.0.0.1:3000';
      env = {
        DATABASE_URL: database.url,
        REDIS_URL: `redis://127.0.0.1:${redis.port}`,
        SESSION_SECRET: randomBytes(32).toString('hex'),
        PUBLIC_URL: publicUrl,
        OUTBOUND_HTTP: 'on',
        OUTBOUND_NETWORKS: '127.0.0.0/8',
        DRAIN_MS: '0',
      };
      web = await startServerChild({ ...env, WORKER: 'off' }, 'serve');
      shop = await createConnector({
        database: { url: database.url, connections: 2 },
        secrets: [String(env['SESSION_SECRET'])],
        publicUrl,
        store: ({ query }) => new DemoStore({ query, publicUrl }),
      });
    });
    afterAll(async () => {
      await web?.close();
      await worker?.close();
      await shop?.close();
      await client?.end();
      subscriber?.close();
      await redis?.stop();
      await database?.drop();
    });

    const jobs = async (): Promise<number> =>
      Number((await client.query<{ count: string }>('select count(*) from job')).rows[0]?.count);

    /** As a subscriber that takes its time: the POST is held until the returned function is called. */
    function holdNextEvent(): { arrived: Promise<void>; release(): void } {
      let release = (): void => undefined;
      const arrived = new Promise<void>((resolve) => {
        subscriber.instead = (seen, res) => {
          if (seen.method === 'GET') return false;
          release = () => {
            store(subscriber, seen);
            res.writeHead(200).end('ok');
          };
          subscriber.instead = undefined;
          resolve();
          return true;
        };
      });
      return { arrived, release: () => release() };
    }

    it('the server stores a job and leaves it, the worker does it', async () => {
      const browser = webClient(web.url, 'http://127.0.0.1:3000');
      await browser.get(startUrlOf(await postXml(browser, setupXml())), JSON_WANTED);
      await put(browser, 'SKU-001', 2);
      const sent = await browser.post(`${SESSION}/logout?transferred=1`, '', JSON_WANTED);
      expect(sent.json()).toMatchObject({ method: 'post' });
      expect(await jobs()).toBe(1);
      worker = await startServerChild(env, 'worker');
      await until(async () => (await jobs()) === 0);
    });

    it('the worker answers for its health and for nothing else', async () => {
      const statuses = ['/healthz', '/readyz', '/', '/v1/punchout/sessions', '/console'].map(
        async (path) => (await fetch(worker.url + path)).status,
      );
      expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404, 404]);
    });

    it('kill -9 of the worker loses nothing: the next one does its work when the lease has run out', async () => {
      const browser = webClient(web.url, 'http://127.0.0.1:3000');
      await signed(browser, '/sdk/hooks', { eventName: 'order_created', url: subscriber.url });
      const held = holdNextEvent();
      await shop.orders.record(newOrder('killed'));
      await held.arrived;
      expect(await worker.end('SIGKILL')).toBe('SIGKILL');
      expect(subscriber.stored).toEqual([]);
      worker = await startServerChild(env, 'worker');
      await client.query('update connect_hook set due_at = now()');
      await until(async () => subscriber.stored.length === 1);
      expect(subscriber.stored).toEqual([1]);
    });

    it('SIGTERM: the worker finishes what it does, then ends', async () => {
      const held = holdNextEvent();
      await shop.orders.record(newOrder('drained'));
      await held.arrived;
      const ended = worker.end('SIGTERM');
      await until(async () => (await fetch(`${worker.url}/readyz`)).status === 503);
      expect(worker.hasEnded()).toBe(false);
      held.release();
      expect(await ended).toBe(0);
      const { rows } = await client.query<{ acked: string }>('select acked_revision as acked from connect_hook');
      expect(rows).toEqual([{ acked: '2' }]);
    });

    it('SIGTERM: the server ends with exit code 0', async () => {
      expect(await web.end('SIGTERM')).toBe(0);
    });
  });
});
