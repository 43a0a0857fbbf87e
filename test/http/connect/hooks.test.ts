import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newOrder } from '../../contracts/orders.js';
import { type Subscriber, startSubscriber } from '../../jobs/subscriber.js';
import { describeShop } from '../../support/running-shop.js';
import { webhookSecret } from '../../../src/protocols/hmac/webhook-signature.js';
import { until } from '../../support/until.js';
import { DEMO_KEY, signature, signed } from './signed-calls.js';

const ALL = 'order_created,order_status_updated,order_payment_status_updated';

describeShop('order events: hooks', {}, (shop) => {
  const hooksOf = async (): Promise<{ url: string; events: string[] }[]> =>
    shop().knex('connect_hook').where({ shop_id: 1 }).whereNot('events', '{}').select('url', 'events');
  const url = (path: string): string => `https://hooks.example.com/${path}${shop().prefix}`;

  it("Shopware Connect's example, registered and removed event by event", async () => {
    const client = shop().browser();
    const example = await signed(client, '/sdk/hooks', { eventName: ALL, url: 'http://example.com/my_hook.php' });
    expect([example.status, example.json()]).toEqual([
      200,
      {
        success: true,
        hook: {
          id: expect.stringMatching(/^hook_/),
          url: 'http://example.com/my_hook.php',
          events: ALL.split(','),
          delivered_revision: expect.any(String),
          last_revision: expect.any(String),
          status: 'active',
        },
      },
    ]);
    expect(
      (
        await signed(
          client,
          '/sdk/hooks',
          { eventName: ALL, url: 'http://example.com/my_hook.php' },
          { method: 'DELETE' },
        )
      ).json(),
    ).toEqual({ success: true, hook: null });

    await signed(client, '/sdk/hooks', { eventName: 'order_created', url: url('a') });
    await signed(client, '/sdk/hooks', { eventName: ' order_status_updated , order_created', url: url('a') });
    expect((await hooksOf()).filter((hook) => hook.url === url('a'))).toMatchObject([
      { events: ['order_created', 'order_status_updated'] },
    ]);
    expect(
      (await signed(client, '/sdk/hooks', { eventName: 'order_created', url: url('a') }, { method: 'DELETE' })).json()
        .hook.events,
    ).toEqual(['order_status_updated']);
    expect((await signed(client, '/sdk/hooks', { url: url('a') }, { method: 'DELETE' })).json().hook).toBeNull();
    expect((await signed(client, '/sdk/hooks', { eventName: ALL, url: url('a') }, { method: 'DELETE' })).status).toBe(
      200,
    );
    expect((await hooksOf()).filter((hook) => hook.url === url('a'))).toEqual([]);
  });

  it('T48: a hook belongs to its own shop', async () => {
    const client = shop().browser();
    await signed(client, '/sdk/hooks', { eventName: 'order_created', url: url('mine') });
    const merchant = { shop: '2', key: 'demo-connect-merchant-key' };
    expect(
      (await signed(client, '/sdk/hooks', { url: url('mine') }, { ...merchant, method: 'DELETE' })).json(),
    ).toEqual({ success: true, hook: null });
    expect((await signed(client, '/sdk/hooks/resume', { url: url('mine') }, merchant)).status).toBe(404);
    expect(
      (await signed(client, '/sdk/hooks', { eventName: 'order_created', url: url('stolen') }, { shop: '2' })).status,
    ).toBe(401);
    expect((await hooksOf()).map((hook) => hook.url)).toContain(url('mine'));
    await signed(client, '/sdk/hooks', { url: url('mine') }, { method: 'DELETE' });
  });

  it('unknown events and invalid bodies are refused', async () => {
    for (const body of [
      { eventName: 'order_deleted', url: url('b') },
      { eventName: 'order_created,', url: url('b') },
      { eventName: '', url: url('b') },
      { url: url('b') },
      { eventName: 'order_created' },
      { eventName: ['order_created'], url: url('b') },
      [],
      'x',
    ]) {
      const answer = await signed(shop().browser(), '/sdk/hooks', body);
      expect([body, answer.status, answer.json().error.code]).toEqual([body, 400, 'INVALID_REQUEST']);
    }
    expect((await hooksOf()).filter((hook) => hook.url === url('b'))).toEqual([]);
  });

  it('T49: internal addresses are refused', async () => {
    for (const strange of [
      'https://10.0.0.1/',
      'http://169.254.169.254/latest/meta-data',
      'https://[fd00::1]/',
      'https://user:secret@example.com/',
      'ftp://example.com/',
      'https://example.com:22/',
      'https://example.com/#x',
      'file:///etc/passwd',
      'x',
    ]) {
      const answer = await signed(shop().browser(), '/sdk/hooks', { eventName: 'order_created', url: strange });
      expect([strange, answer.status, answer.json().error.code]).toEqual([strange, 400, 'HOOK_URL_REFUSED']);
    }
  });

  it('at most 20 hooks per shop', async () => {
    const client = shop().browser();
    await shop().knex('connect_hook').del();
    const statuses = [];
    for (let index = 0; index < 21; index += 1)
      statuses.push(
        (await signed(client, '/sdk/hooks', { eventName: 'order_created', url: url(`many-${index}`) })).status,
      );
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 400]);
    await signed(client, '/sdk/hooks', { url: url('many-3') }, { method: 'DELETE' });
    expect((await signed(client, '/sdk/hooks', { eventName: 'order_created', url: url('one-more') })).status).toBe(200);
  });

  let supplier: Subscriber;
  let merchant: Subscriber;
  beforeAll(async () => {
    supplier = await startSubscriber();
    merchant = await startSubscriber();
  });
  afterAll(() => {
    supplier.close();
    merchant.close();
  });

  it('hook, order, status, payment: each event arrives in order and cannot be replayed to us', async () => {
    // Both mounts share their database.
    await shop().knex('connect_hook').del();
    await shop().knex('connect_event').del();
    await shop().knex('connect_stream').update({ last_revision: 0 });
    const client = shop().browser();
    const asMerchant = { shop: '2', key: 'demo-connect-merchant-key' };
    await signed(client, '/sdk/hooks', { eventName: ALL, url: supplier.url });
    await signed(client, '/sdk/hooks', { eventName: ALL, url: merchant.url }, asMerchant);
    const worker = shop().connector.startWorker();
    try {
      const recorded = await shop().connector.orders.record(newOrder(`both${shop().prefix}`));
      const id = recorded.ok ? recorded.value.orders[0]?.supplierOrderId : undefined;
      await signed(client, '/sdk/update-order-status', { id, status: 'shipped' });
      await signed(client, '/sdk/update-payment-status', { id, status: 'received' });
      await until(async () => supplier.stored.length === 3 && merchant.stored.length === 3);
    } finally {
      await worker.stop();
    }
    expect([supplier.stored, merchant.stored]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    const events = supplier.seen
      .filter(({ method }) => method === 'POST')
      .map(({ headers }) => headers['x-shopware-connect-event']);
    expect(events).toEqual(['order_created', 'order_status_updated', 'order_payment_status_updated']);
    expect(merchant.seen.find(({ method }) => method === 'POST')?.headers['x-shopware-connect-shop']).toBe('2');
    const metrics = await shop().connector.metricsText();
    expect(metrics).toMatch(/punchout_hook_events_total 6/);
    expect(metrics).toMatch(/punchout_hook_lag_events\{tenant="demo",shop="1",hook="hook_\w+"\} 0/);

    // T46: our own event, replayed to us with its original signature.
    const before = await everything();
    const paths = [
      '/sdk/ping',
      '/sdk/update-order-status',
      '/sdk/update-payment-status',
      '/sdk/hooks',
      '/sdk/hooks/resume',
      '/sdk/hooks/replay',
      '/sdk/provider/import-url',
      '/api/provider/reports',
      '/api/provider/report/1',
    ];
    for (const { body, headers } of supplier.seen) {
      // An event is also replayed unchanged as a GET.
      for (const path of ['/sdk/provider/import-url', '/api/provider/reports', '/api/provider/report/1']) {
        for (const further of [{}, { 'x-punchout-signature': String(headers['x-punchout-signature']) }]) {
          const read = await client.send(path, {
            headers: {
              'x-shopware-connect-shop': '1',
              'x-shopware-connect-key': String(headers['x-shopware-connect-key']),
              ...further,
            },
          });
          expect([path, read.status]).toEqual([path, 401]);
        }
      }
      expect(headers['x-shopware-connect-key']).toBe(signature(body, webhookSecret(DEMO_KEY)));
      for (const path of paths) {
        for (const method of ['POST', 'DELETE']) {
          const answer = await client.send(path, {
            method,
            body,
            headers: {
              'x-shopware-connect-shop': '1',
              'x-shopware-connect-key': String(headers['x-shopware-connect-key']),
            },
          });
          expect([path, method, answer.status >= 400 && answer.status < 500]).toEqual([path, method, true]);
        }
      }
    }
    expect(await everything()).toEqual(before);
  }, 30_000);

  async function everything(): Promise<unknown[]> {
    return Promise.all(
      ['connect_order', 'connect_event', 'connect_hook', 'connect_stream'].map((table) =>
        shop().knex(table).select().orderByRaw('1, 2, 3'),
      ),
    );
  }
});

it('the receiver is a separate package entry', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).exports['./receiver']).toEqual({
    types: './dist/src/receiver/index.d.ts',
    default: './dist/src/receiver/index.js',
  });
});
