import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import type { Database } from '../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { UndiciHttp } from '../../src/adapters/outbound-http/undici-http.js';
import type { OrderEvent } from '../../src/domain/orders/connect-order.js';
import { hookClient } from '../../src/jobs/hook-client.js';
import { requestSignature } from '../../src/protocols/hmac/payload-signature.js';
import { webhookHeaders, webhookSecret } from '../../src/protocols/hmac/webhook-signature.js';
import {
  type ReceivedEvent,
  type WebhookReceiverOptions,
  knexEventStore,
  webhookReceiver,
} from '../../src/receiver/index.js';
import { describeOnServer } from '../contracts/databases.js';
import { createServerDatabase } from '../support/server-database.js';
import { SOURCE_ORDER } from '../protocols/order-xml/example-order.js';
import { signature } from '../http/connect/signed-calls.js';

const KEY = 'my-key';
const CREATED = readFileSync('test/fixtures/shopware-connect/order-created.xml', 'utf8');

describeOnServer("the subscriber's half of order events", () => {
  let own: Awaited<ReturnType<typeof createServerDatabase>>;
  let database: Database;
  const servers: Server[] = [];
  beforeAll(async () => {
    own = await createServerDatabase();
    database = await openDatabase({ kind: 'server', url: own.url });
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await own.drop();
  });
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function receiver(
    options: Partial<WebhookReceiverOptions> & {
      handle?: (event: ReceivedEvent) => Promise<unknown>;
      stream?: string;
    } = {},
  ): Promise<string> {
    const { handle, stream = `s${Math.random()}`, ...rest } = options;
    const store = knexEventStore(database.knex, { stream, ...(handle === undefined ? {} : { handle }) });
    await store.prepare();
    const app = express();
    app.use('/hook', webhookReceiver({ key: KEY, onError: () => undefined, ...store, ...rest }));
    const server = createServer(app);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  }
  const event = (revision: number): string => CREATED.replace('<revision>1<', `<revision>${revision}<`);
  async function ask(url: string, headers: Record<string, string> = {}, key = KEY): Promise<string> {
    const answer = await fetch(url, {
      headers: { 'X-Shopware-Connect-Shop': '22', 'X-Shopware-Connect-Key': signature('', key), ...headers },
    });
    return `${answer.status} ${answer.headers.get('content-type')} ${await answer.text()}`;
  }
  async function push(url: string, body: string, headers: Record<string, string> = {}, signed = body): Promise<string> {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'text/xml; charset=UTF-8',
        'X-Shopware-Connect-Shop': '22',
        'X-Shopware-Connect-Event': 'order_created',
        'X-Shopware-Connect-Key': signature(signed, KEY),
        ...headers,
      },
    });
    return `${answer.status} ${await answer.text()}`;
  }
  const has = (revision: number): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<last-revision>${revision}</last-revision>`;

  it('GET returns the last revision, POST stores the next event once', async () => {
    const handled: ReceivedEvent[] = [];
    const url = await receiver({ handle: async (one) => handled.push(one), shop: 22 });
    expect(await ask(url)).toBe(`200 text/xml; charset=utf-8 ${has(0)}`);
    expect(await push(url, event(1))).toBe(`200 ${has(1)}`);
    expect(await push(url, event(2))).toBe(`200 ${has(2)}`);
    expect(await Promise.all([push(url, event(7)), push(url, event(7)), push(url, event(7))])).toEqual(
      Array.from({ length: 3 }, () => `200 ${has(7)}`),
    );
    expect(await push(url, event(2))).toBe(`200 ${has(7)}`);
    expect(await ask(url)).toContain(has(7));
    expect(handled.map(({ revision }) => revision)).toEqual(['1', '2', '7']);
    const [first] = handled;
    expect(first).toMatchObject({ event: 'order_created', document: event(1) });
    const { deliveryAddress, billingAddress, ...rest } = SOURCE_ORDER.content;
    expect(first?.order).toEqual({
      transactionId: '1',
      transactionDate: '2014-05-06 12:15:00',
      supplierShop: '22',
      supplierOrderId: '200',
      merchantShop: '20',
      merchantOrderId: '100',
      ...rest,
      deliveryAddress: { ...deliveryAddress, country: 'DEU' },
      billingAddress: { ...billingAddress, doorCode: '', additionalLine: '' },
    });
  });

  it('reads the documented status events', async () => {
    const handled: ReceivedEvent[] = [];
    const url = await receiver({ handle: async (one) => handled.push(one) });
    for (const name of ['order-status-updated', 'order-payment-status-updated'])
      await push(url, readFileSync(`test/fixtures/shopware-connect/${name}.xml`, 'utf8'));
    expect(
      handled.map(({ revision, event: name, order: { status, paymentStatus } }) => [
        revision,
        name,
        status,
        paymentStatus,
      ]),
    ).toEqual([
      ['2', 'order_status_updated', 'in_process', undefined],
      ['3', 'order_payment_status_updated', undefined, 'received'],
    ]);
  });

  it('an event that could not be stored is sent again: event and revision are one transaction', async () => {
    let fails = true;
    const url = await receiver({
      stream: 'failing',
      handle: async () => {
        if (fails) throw new Error('the warehouse is away');
      },
    });
    expect(await push(url, event(1))).toBe('500 The event could not be stored.');
    expect(await ask(url)).toContain(has(0));
    expect(await database.knex('connect_received').where({ stream: 'failing' })).toEqual([]);
    fails = false;
    expect(await push(url, event(1))).toBe(`200 ${has(1)}`);
    expect(await database.knex('connect_received').where({ stream: 'failing' })).toMatchObject([
      { revision: '1', event: 'order_created', document: event(1) },
    ]);
  });

  it('T44: a body without a valid signature is answered 401', async () => {
    const url = await receiver({ shop: 22 });
    const good = signature(event(1), KEY);
    for (const answer of [
      await push(url, event(1), {}, event(2)),
      await push(url, event(1), { 'X-Shopware-Connect-Key': good.toUpperCase() }),
      await push(url, event(1), { 'X-Shopware-Connect-Key': good.slice(1) }),
      await push(url, event(1), { 'X-Shopware-Connect-Key': '' }),
      await push(url, event(1), { 'X-Shopware-Connect-ShopId': '20' }),
      await push(url, event(1), { 'X-Shopware-Connect-Shop': '20' }),
      await push(url, event(1), { 'X-Shopware-Connect-Key': signature(event(1), 'other') }),
    ])
      expect(answer).toBe('401 The signature is not valid.');
    expect(await ask(url, {}, 'other')).toContain('401');
    expect(await ask(url)).toContain(has(0));
  });

  it('accepts both keys during a key change; 400 for a body without an event, 405 for other methods', async () => {
    const url = await receiver({ key: ['old', KEY] });
    expect(await ask(url, {}, 'old')).toContain('200');
    expect(await push(url, '{"revision":1}')).toBe('400 This is not an order event.');
    expect(await push(url, '<order-event><revision>-1</revision><event>x</event><order/></order-event>')).toBe(
      '400 This is not an order event.',
    );
    expect(await push(url, '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><order-event/>')).toBe(
      '400 This is not an order event.',
    );
    expect(
      (
        await fetch(url, {
          method: 'PUT',
          headers: { 'X-Shopware-Connect-Shop': '22', 'X-Shopware-Connect-Key': signature('', KEY) },
        })
      ).status,
    ).toBe(405);
  });

  it('T45: a request with a timestamped signature is refused after 5 minutes', async () => {
    const url = await receiver({ requireTimestamp: true });
    const at = (minutes: number, payload: string) =>
      webhookHeaders([KEY], 'evt_1', new Date(Date.now() + minutes * 60_000), payload);
    expect(await push(url, event(1))).toContain('401');
    expect(await push(url, event(1), at(-6, event(1)))).toContain('401');
    expect(await push(url, event(1), at(6, event(1)))).toContain('401');
    expect(await push(url, event(1), at(0, event(2)))).toContain('401');
    expect(await push(url, event(1), { ...at(0, event(1)), 'webhook-id': 'evt_2' })).toContain('401');
    expect(await push(url, event(1), at(-4, event(1)))).toBe(`200 ${has(1)}`);
    expect(await ask(url, at(-6, ''))).toContain('401');
    expect(await ask(url, at(0, ''))).toContain(has(1));
  });

  describe('X-Punchout-Signature', () => {
    const EVENT: OrderEvent = { revision: '1', name: 'order_created', document: event(1) };
    const SECRET = webhookSecret(KEY);
    const signedFor = (method: string, path: string, payload: string, { key = SECRET, minutes = 0 } = {}) => ({
      'X-Punchout-Signature': requestSignature(
        [key],
        { method, path, payload: Buffer.from(payload) },
        new Date(Date.now() + minutes * 60_000),
      ),
    });
    const http = new UndiciHttp();
    afterAll(() => http.close());

    it.each([KEY, SECRET])(
      'our own hook client passes with all signatures required, in both ways of delivery (%.5s)',
      async (key) => {
        for (const deliveryKey of ['own', 'shared'] as const) {
          if (key === SECRET && deliveryKey === 'shared') continue;
          const base = await receiver({ key, shop: 22, requireTimestamp: true, requireSignature: true });
          const url = `${base}?from=us&x=%2F`;
          const to = { url, shopId: 22, keys: ['older-key', KEY], deliveryKey };
          // The older key signs Shopware Connect's header; a subscriber that knows the newer one alone does not have it
          // yet.
          await expect(hookClient(http.send).ask(to)).rejects.toThrow('401');
          const subscriber = { ...to, keys: [KEY, 'newer-key'] };
          expect(await hookClient(http.send).push(subscriber, EVENT)).toBe(1n);
          expect(await hookClient(http.send).ask(subscriber)).toBe(1n);
        }
      },
    );

    it('binds method, address and time: a captured request cannot be used as another one', async () => {
      const url = await receiver({ requireSignature: true });
      const good = signedFor('POST', '/hook', event(1));
      expect(await push(url, event(1))).toBe(
        '401 X-Punchout-Signature is missing, or not right for POST /hook at this time.',
      );
      for (const headers of [
        signedFor('PUT', '/hook', event(1)),
        signedFor('POST', '/other', event(1)),
        signedFor('POST', '/hook?x', event(1)),
        signedFor('POST', '/hook', event(2)),
        signedFor('POST', '/hook', event(1), { minutes: 6 }),
        signedFor('POST', '/hook', event(1), { minutes: -6 }),
        signedFor('POST', '/hook', event(1), { key: KEY }),
      ])
        expect(await push(url, event(1), headers)).toContain('401 X-Punchout-Signature');
      expect(await push(`${url}?x`, event(1), good)).toContain('401');
      expect(await ask(url, good)).toContain('401');
      expect(await push(url, event(1), good)).toBe(`200 ${has(1)}`);
      expect(await ask(url, signedFor('GET', '/hook', '', { minutes: -4 }))).toContain(has(1));
    });

    it('may be missing unless it is required, but never wrong', async () => {
      const url = await receiver();
      expect(await ask(url, signedFor('GET', '/hook', '', { minutes: 6 }))).toContain('401');
      expect(await ask(url)).toContain('200');
    });

    it('option path: the registered address, if a proxy changes the path', async () => {
      const url = await receiver({ path: '/shop/hook', requireSignature: true });
      expect(await ask(url, signedFor('GET', '/shop/hook', ''))).toContain('200');
      expect(await ask(url, signedFor('GET', '/hook', ''))).toContain('401');
    });
  });
});
