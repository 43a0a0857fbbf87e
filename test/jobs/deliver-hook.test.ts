import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { UndiciHttp } from '../../src/adapters/outbound-http/undici-http.js';
import { connectShops } from '../../src/adapters/postgres/orders/connect-shops.js';
import { hookRepository } from '../../src/adapters/postgres/orders/hook-repository.js';
import { orderRepository } from '../../src/adapters/postgres/orders/order-repository.js';
import type { Database } from '../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { secretBox } from '../../src/adapters/secrets/secret-box.js';
import type { OrderEventName } from '../../src/domain/orders/connect-order.js';
import { type Delivered, deliverHook } from '../../src/jobs/hook-deliveries.js';
import { hookClient } from '../../src/jobs/hook-client.js';
import { webhookSecret } from '../../src/protocols/hmac/webhook-signature.js';
import { writeOrderEvent } from '../../src/protocols/order-xml/write-order-event.js';
import { orderChanges } from '../../src/usecases/orders/change-order.js';
import { recordOrder } from '../../src/usecases/orders/record-order.js';
import { describeOnServer } from '../contracts/databases.js';
import { createMigratedDatabase } from '../support/server-database.js';
import { newOrder } from '../contracts/orders.js';
import { signature } from '../http/connect/signed-calls.js';
import { type Subscriber, startSubscriber, store } from './subscriber.js';

const KEY = 'key-of-the-shop';
const ALL: OrderEventName[] = ['order_created', 'order_status_updated', 'order_payment_status_updated'];

describeOnServer('one hook (architecture.md decision 13)', () => {
  let server: Awaited<ReturnType<typeof createMigratedDatabase>>;
  let database: Database;
  let subscriber: Subscriber;
  let shopId = 100;
  const http = new UndiciHttp();
  const parts = () => {
    const shops = connectShops(database, secretBox(['a-secret-of-thirty-two-characters']));
    const orders = orderRepository(database);
    return {
      shops,
      orders,
      hooks: hookRepository(database),
      record: recordOrder({ orders, shops, writeEvent: writeOrderEvent, recorded: () => undefined }),
      changes: orderChanges({
        orders,
        writeEvent: writeOrderEvent,
        stepsOf: async () => undefined,
        noticeOf: async () => undefined,
        changed: () => undefined,
      }),
    };
  };

  beforeAll(async () => {
    server = await createMigratedDatabase();
    database = await openDatabase({ kind: 'server', url: server.url });
    await tenantRepository(database).save({ tenantId: 'demo', name: 'Demo shop', settings: { frontendOrigins: [] } });
    await parts().shops.save({ tenantId: 'demo', shopId: 50, role: 'merchant', name: 'M', demo: false });
  }, 60_000);
  afterAll(async () => {
    await http.close();
    await database.close();
    await server.drop();
  });
  beforeEach(async () => {
    shopId += 1;
    subscriber = await startSubscriber();
    const { shops } = parts();
    // One possible reading of Shopware Connect: one key for both directions.
    await shops.save({ tenantId: 'demo', shopId, role: 'supplier', name: 'S', demo: false }, { deliveryKey: 'shared' });
    await shops.addKey('demo', shopId, KEY);
  });
  afterEach(() => subscriber.close());

  const orders = async (count: number): Promise<void> => {
    const { record } = parts();
    const [part] = newOrder('x').parts;
    for (let index = 0; index < count; index += 1)
      await record(
        newOrder(`${shopId}-${Math.random()}`, {
          merchant: { shopId: 50 },
          parts: [{ ...part!, supplierShop: shopId }],
        }),
      );
  };
  const register = (events: OrderEventName[] = ALL) => parts().hooks.add('demo', shopId, subscriber.url, events, 20);
  const stateOf = async () => (await parts().hooks.list('demo', shopId))[0]!;
  const makeDue = () =>
    database
      .knex('connect_hook')
      .where({ shop_id: shopId })
      .update({ due_at: database.knex.raw('now()') });

  /** One turn of this hook; undefined: it is not due. */
  const turn = async (timeoutMs = 500): Promise<Delivered | undefined> => {
    const { hooks, shops } = parts();
    const [hook] = (await hooks.take(1000, 25)).filter((taken) => taken.shopId === shopId);
    return hook === undefined
      ? undefined
      : deliverHook(
          {
            hooks,
            shops,
            client: hookClient(http.send, timeoutMs),
            random: () => 0.5,
            leaseSeconds: 25,
            isStopping: () => false,
          },
          hook,
        );
  };
  const turns = async (most: number): Promise<void> => {
    for (let count = 0; count < most && (await turn()) !== undefined; count += 1) await makeDue();
  };

  it('asks, sends the next, asks again: the documented exchange, with signature and shop', async () => {
    await orders(3);
    await register();
    expect(await turn()).toEqual({ events: 3, paused: false });
    expect(subscriber.seen.map(({ method, revision }) => `${method}${revision ?? ''}`)).toEqual([
      'GET',
      'POST1',
      'GET',
      'POST2',
      'GET',
      'POST3',
      'GET',
    ]);
    for (const { method, headers, body } of subscriber.seen) {
      expect(headers['x-shopware-connect-shop']).toBe(String(shopId));
      expect(headers['x-shopware-connect-key']).toBe(signature(body, KEY));
      expect(headers['x-shopware-connect-event']).toBe(method === 'POST' ? 'order_created' : undefined);
      if (method === 'POST') expect(headers['content-type']).toBe('text/xml; charset=UTF-8');
      // standardwebhooks requires JSON to return the payload; only its check matters here.
      const verified = expect(() => new Webhook(webhookSecret(KEY)).verify(body, headers as Record<string, string>));
      if (method === 'POST') verified.toThrow(/JSON/);
      else verified.not.toThrow();
    }
    expect(await stateOf()).toMatchObject({ ackedRevision: '3', lastRevision: '3' });
    expect(await turn()).toBeUndefined();
  });

  it('a subscriber whose answer to a POST has its revision is not asked again', async () => {
    await orders(3);
    await register();
    subscriber.instead = (seen, res) => {
      if (seen.method !== 'POST') return false;
      store(subscriber, seen);
      res.end(`<last-revision>${subscriber.last}</last-revision>`);
      return true;
    };
    await turn();
    expect(subscriber.seen.map(({ method, revision }) => `${method}${revision ?? ''}`)).toEqual([
      'GET',
      'POST1',
      'POST2',
      'POST3',
    ]);
  });

  it('gets only the events that it subscribed to', async () => {
    const { record, changes, shops } = parts();
    const supplier = await shops.find('demo', shopId);
    const [part] = newOrder('x').parts;
    await register(['order_status_updated']);
    for (const number of ['a', 'b']) {
      await record(
        newOrder(`${shopId}-${number}`, {
          merchant: { shopId: 50 },
          parts: [{ ...part!, supplierShop: shopId, supplierOrderId: number }],
        }),
      );
      await changes.status(supplier!, number, 'shipped');
      await changes.paymentStatus(supplier!, number, 'received');
    }
    await turns(3);
    expect(subscriber.sent()).toEqual([2, 5]);
    expect(await stateOf()).toMatchObject({ ackedRevision: '6' });
    await orders(1);
    const asked = subscriber.seen.length;
    expect(await turn()).toEqual({ events: 0, paused: false });
    expect(subscriber.seen.length).toBe(asked);
    // Further events of the same hook start at the subscriber's revision.
    await register(['order_created']);
    await turns(3);
    expect(subscriber.sent()).toEqual([2, 5, 7]);
    await parts().hooks.remove('demo', shopId, subscriber.url, ALL);
    await orders(1);
    expect(await turn()).toBeUndefined();
  });

  it.each<[string, (res: ServerResponse) => unknown]>([
    ['500', (res) => res.writeHead(500).end()],
    ['301', (res) => res.writeHead(301, { location: '/elsewhere' }).end()],
    ['time-out', () => undefined],
    ['reset', (res) => res.destroy()],
    ['slow drip', (res) => res.write('<')],
    ['404', (res) => res.writeHead(404).end()],
    ['204 to GET, 400 to POST', (res) => res.writeHead(res.req.method === 'GET' ? 204 : 400).end()],
  ])('%s, to GET or to POST: retried with backoff, nothing skipped', async (_, fault) => {
    await orders(2);
    await register();
    for (const method of ['GET', 'POST']) {
      let faults = 2;
      subscriber.instead = (seen, res) => {
        if (seen.method !== method || faults === 0) return false;
        faults -= 1;
        fault(res);
        return true;
      };
      expect(await turn(100)).toMatchObject({ events: 0, error: expect.any(String), paused: false });
      expect(await turn()).toBeUndefined();
      const { due } = await database
        .knex('connect_hook')
        .where({ shop_id: shopId })
        .first(database.knex.raw(`extract(epoch from due_at - now())::float as due`));
      expect(due).toBeGreaterThan(0.3);
      expect(due).toBeLessThan(5);
      await makeDue();
      await turn(100);
      await makeDue();
    }
    await turns(4);
    expect(subscriber.stored).toEqual([1, 2]);
    expect(await stateOf()).toMatchObject({ ackedRevision: '2' });
    expect((await stateOf()).failingSince).toBeUndefined();
  });

  it('event stored but answer lost: the next turn finds out by asking', async () => {
    await orders(2);
    await register();
    let isFirst = true;
    subscriber.instead = (seen, res) => {
      if (seen.method !== 'POST' || !isFirst) return false;
      isFirst = false;
      store(subscriber, seen);
      res.destroy();
      return true;
    };
    expect(await turn()).toMatchObject({ error: expect.any(String) });
    await makeDue();
    await turns(2);
    expect(subscriber.sent()).toEqual([1, 2]);
  });

  it('answered 200 but not stored: the same event is sent again, not the next one', async () => {
    await orders(3);
    await register();
    let lost = 2;
    subscriber.instead = (seen, res) => {
      if (seen.revision !== 2 || lost === 0) return false;
      lost -= 1;
      res.end();
      return true;
    };
    await turns(5);
    expect(subscriber.sent()).toEqual([1, 2, 2, 2, 3]);
    expect(subscriber.stored).toEqual([1, 2, 3]);
  });

  const HOSTILE = [
    '',
    '2',
    '<last-revision/>',
    '<last-revision></last-revision>',
    '<last-revision>-1</last-revision>',
    '<last-revision>1.0</last-revision>',
    '<last-revision>1e3</last-revision>',
    '<last-revision>0x1</last-revision>',
    '<last-revision> 1 2</last-revision>',
    `<last-revision>1${'0'.repeat(30)}</last-revision>`,
    '<last-revision>1</last-revision><last-revision>2</last-revision>',
    '<last-revision><a>1</a></last-revision>',
    '<revision>1</revision>',
    '<html>1</html>',
    '{"last-revision":1}',
    '<!DOCTYPE last-revision [<!ENTITY x SYSTEM "file:///etc/passwd">]><last-revision>&x;</last-revision>',
    '<!DOCTYPE a [<!ENTITY b "1"><!ENTITY c "&b;&b;">]><last-revision>&c;</last-revision>',
    `<last-revision>${' '.repeat(5000)}1</last-revision>`,
    '<last-revision>1',
    '\ud800',
    '<last-revision>١</last-revision>',
  ];
  it.each(HOSTILE)('T50: %j is not a valid answer', async (body) => {
    await orders(1);
    await register();
    subscriber.instead = (seen, res) => seen.method === 'GET' && Boolean(res.end(Buffer.from(body)));
    expect(await turn()).toMatchObject({
      events: 0,
      error: expect.stringMatching(/last-revision|larger|not valid|UTF|encoded/i),
      paused: false,
    });
    expect(subscriber.sent()).toEqual([]);
  });

  it.each([
    '<last-revision>1</last-revision>',
    '<?xml version="1.0"?>\n<last-revision>\n 1 \n</last-revision>\n',
    '\ufeff<last-revision>001</last-revision>',
    '<last-revision xmlns="http://example.com/x">1</last-revision>',
  ])('T50: %j is a valid answer', async (body) => {
    await orders(2);
    await register();
    await turn();
    subscriber.seen.length = 0;
    await orders(1);
    subscriber.instead = (seen, res) => seen.method === 'GET' && subscriber.last === 2 && Boolean(res.end(body));
    subscriber.last = 2;
    await turn();
    expect(subscriber.sent()[0]).toBe(2);
  });

  it('T50: a subscriber that reports an unsent revision is paused with an alarm, and nothing is skipped', async () => {
    await orders(3);
    await register();
    subscriber.last = 2;
    expect(await turn()).toEqual({
      events: 0,
      paused: true,
      error: 'the subscriber reports revision 2, but nothing after 0 was sent',
    });
    await makeDue();
    expect(await turn()).toBeUndefined();
    expect((await stateOf()).pausedAt).toBeInstanceOf(Date);
    // The operator knows that the data moved with its address.
    await parts().hooks.resume('demo', shopId, subscriber.url, true);
    await turns(2);
    expect(subscriber.sent()).toEqual([3]);
    subscriber.last = 0;
    await parts().hooks.resume('demo', shopId, subscriber.url);
    await turns(2);
    expect(subscriber.stored).toEqual([3, 1, 2, 3]);
  });

  it('T50: a subscriber that falls back gets the events again; repeated, it is slowed, then paused', async () => {
    await orders(5);
    await register();
    await turn();
    subscriber.last = 2;
    await orders(1);
    await turn();
    expect(subscriber.sent()).toEqual([1, 2, 3, 4, 5, 3, 4, 5, 6]);
    subscriber.instead = (seen, res) => seen.method === 'GET' && Boolean(res.end('<last-revision>0</last-revision>'));
    await orders(1);
    let result = await turn();
    expect(result).toMatchObject({ events: 0, paused: false, error: 'the subscriber has fallen back to revision 0' });
    for (let count = 0; count < 40 && result?.paused !== true; count += 1) {
      await makeDue();
      result = await turn();
    }
    expect(result).toMatchObject({ paused: true });
    expect(subscriber.seen.length).toBeLessThan(150);
  });

  it('after 3 days without success it is paused; progress in between counts', async () => {
    await orders(2);
    await register();
    subscriber.instead = (seen, res) =>
      seen.method === 'POST' && seen.revision === 2 && Boolean(res.writeHead(500).end());
    expect(await turn()).toMatchObject({ events: 1, paused: false });
    const failingFor = (interval: string) =>
      database
        .knex('connect_hook')
        .where({ shop_id: shopId })
        .update({
          failing_since: database.knex.raw(`now() - interval '${interval}'`),
          due_at: database.knex.raw('now()'),
        });
    await failingFor('71 hours 50 minutes');
    expect(await turn()).toMatchObject({ paused: false });
    await failingFor('73 hours');
    expect(await turn()).toMatchObject({
      events: 0,
      paused: true,
      error: 'POST of revision 2 was answered with status 500',
    });
    subscriber.instead = undefined;
    await parts().hooks.resume('demo', shopId, subscriber.url);
    expect(await turn()).toEqual({ events: 1, paused: false });
    expect(subscriber.stored).toEqual([1, 2]);
  });

  it('replay sends all events from a revision again, even those that the subscriber reports', async () => {
    await orders(4);
    await register();
    await turn();
    const before = subscriber.seen.filter(({ revision }) => revision === 3).map(({ body }) => body);
    await parts().hooks.replay('demo', shopId, subscriber.url, '3');
    await turns(2);
    await orders(1);
    await turns(2);
    expect(subscriber.sent()).toEqual([1, 2, 3, 4, 3, 4, 5]);
    // P3: the bytes of a revision never change.
    expect(subscriber.seen.filter(({ revision }) => revision === 3).map(({ body }) => body)).toEqual([
      ...before,
      ...before,
    ]);
    expect(subscriber.stored).toEqual([1, 2, 3, 4, 5]);
  });

  it('one worker at a time; a lost lease has no effect', async () => {
    await orders(3);
    await register();
    const { hooks, shops } = parts();
    const taken = (await hooks.take(1000, 25)).find((hook) => hook.shopId === shopId)!;
    expect((await hooks.take(1000, 25)).filter((hook) => hook.shopId === shopId)).toEqual([]);
    await makeDue();
    await turn();
    const before = subscriber.seen.length;
    expect(
      await deliverHook(
        { hooks, shops, client: hookClient(http.send), random: Math.random, leaseSeconds: 25, isStopping: () => false },
        taken,
      ),
    ).toEqual({ events: 0, paused: false });
    expect(subscriber.seen.length).toBe(before);
    expect(await stateOf()).toMatchObject({ ackedRevision: '3' });
  });

  it('T47: both active keys sign; the older one signs the Shopware header during its grace period', async () => {
    const { shops } = parts();
    await shops.rotateKey('demo', shopId, 'new-key-of-the-shop', 7);
    await orders(1);
    await register();
    await turn();
    const post = subscriber.seen.find(({ method }) => method === 'POST')!;
    expect(post.headers['x-shopware-connect-key']).toBe(signature(post.body, KEY));
    for (const key of [KEY, 'new-key-of-the-shop'])
      expect(() => new Webhook(webhookSecret(key)).verify(post.body, post.headers as Record<string, string>)).toThrow(
        /JSON/,
      );
    const keys = (await shops.list('demo')).find((shop) => shop.shopId === shopId)?.keys ?? [];
    await shops.revokeKey('demo', shopId, keys[0]!.keyId);
    await orders(1);
    await turn();
    const next = subscriber.seen.findLast(({ method }) => method === 'POST')!;
    expect(next.headers['x-shopware-connect-key']).toBe(signature(next.body, 'new-key-of-the-shop'));
  });
});
