import { randomUUID } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { auditLog } from '../../../src/adapters/postgres/history/audit-chain.js';
import { orderNotices } from '../../../src/adapters/postgres/orders/order-notices.js';
import { purchaseOrders } from '../../../src/adapters/postgres/orders/purchase-orders.js';
import type { Directory } from '../../../src/commands/open-directory.js';
import { ordersCommand } from '../../../src/commands/orders-command.js';
import type { Worker } from '../../../src/jobs/worker.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { signed } from '../connect/signed-calls.js';
import { ask } from './api/api-calls.js';
import { LINES, orderXml, post, sent } from './purchase-order-calls.js';

const TAKEN =
  '<cXML payloadID="r" timestamp="2024-01-15T10:30:00Z"><Response><Status code="200" text="OK"/></Response></cXML>';
const status = (code: number, text: string): string =>
  TAKEN.replace('code="200" text="OK"', `code="${code}" text="${text}"`);

interface Place {
  home: TestDatabase;
  shop: RunningShop;
  worker: Worker;
  buyer: Server;
}

describe('issue 7: the buyer gets notices about their purchase order', () => {
  const place = {} as Place;
  const received: string[] = [];
  let answers: { http: number; body: string }[] = [];

  beforeAll(async () => {
    place.buyer = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          received.push(Buffer.concat(chunks).toString('utf8'));
          const { http, body } = answers.shift() ?? { http: 200, body: TAKEN };
          res.writeHead(http, { 'content-type': 'text/xml' }).end(body);
        });
    });
    await new Promise<void>((resolve) => place.buyer.listen(0, '127.0.0.1', resolve));
    place.home = await testDatabase();
    place.shop = await startShop(place.home.database, '');
    const { connections } = place.shop.connector.directory;
    const connection = await connections.find('demo', 'company-cxml');
    if (connection === undefined) throw new Error('no demo');
    const { settings } = connection;
    await connections.save({
      ...connection,
      settings: {
        ...settings,
        cxml: {
          ...settings.cxml,
          version: '1.2.071',
          noticeUrl: `http://127.0.0.1:${(place.buyer.address() as AddressInfo).port}/cxml`,
        },
      },
    });
    await connections.addSecret('demo', 'company-cxml', 'told-to-the-buyer', 'recoverable');
    place.worker = place.shop.connector.startWorker();
  }, 120_000);
  afterAll(async () => {
    await place.worker.stop();
    await place.shop.close();
    place.buyer.close();
    await place.home.drop();
  });
  afterEach(() => {
    received.length = 0;
    answers = [];
  });

  async function ordered(orderId = `PO-${randomUUID().slice(0, 8)}`): Promise<{
    orderId: string;
    number: string;
    transmissionId: string;
    step(to: string, tracking?: object): Promise<number>;
  }> {
    const { transmissionId, quote } = await sent(place.shop);
    await post(place.shop, orderXml({ orderId, quote, lines: LINES, payloadId: `${orderId}@buyer.example` }));
    const [number] = await place.shop
      .knex('connect_order')
      .where({ merchant_order_id: orderId })
      .pluck<string[]>('supplier_order_id');
    const step = async (to: string, tracking?: object): Promise<number> =>
      (
        await signed(place.shop.browser(), '/sdk/update-order-status', {
          id: number,
          status: to,
          ...(tracking === undefined ? {} : { tracking }),
        })
      ).status;
    return { orderId, number: number ?? '', transmissionId, step };
  }
  /** `punchout orders …` */
  async function orders(...argv: string[]): Promise<string[]> {
    const lines: string[] = [];
    const { query } = place.shop;
    const database = { query, asTenant: (_, read) => read(query) } as Database;
    const { tenants, connections } = place.shop.connector.directory;
    const directory = {
      tenants,
      connections,
      audit: auditLog(database),
      purchaseOrders: purchaseOrders(database),
      orderNotices: orderNotices(database),
    } as Directory;
    await ordersCommand({
      directory: (act) => act(directory),
      print: (line) => void lines.push(line),
      readText: async () => '',
      storeTakesOrders: async () => true,
    })
      .exitOverride()
      .parseAsync(argv, { from: 'user' });
    return lines;
  }
  const kept = (orderId: string): Promise<Record<string, unknown>[]> =>
    place.shop.knex('order_notice').where({ order_id: orderId }).orderBy('noticed_at');

  it('a confirmation, a ship notice with its tracking; each once, logged without the secret', async () => {
    const { orderId, number, transmissionId, step } = await ordered();
    expect(await step('in_process')).toBe(200);
    await until(async () => received.length === 1);
    expect(received[0]).toContain(`<ConfirmationHeader confirmID="${number}" operation="new" type="accept"`);
    expect(received[0]).toContain(
      `<OrderReference orderID="${orderId}" orderDate="2024-01-15T10:30:00+00:00">` +
        `<DocumentReference payloadID="${orderId}@buyer.example"/>`,
    );
    expect(received[0]).toContain('<SharedSecret>told-to-the-buyer</SharedSecret>');
    expect(await step('in_process')).toBe(200);
    expect(await step('shipped', { id: 'ABC', url: 'https://track.example.com/ABC', vendor: 'DHL' })).toBe(200);
    expect(await step('delivered')).toBe(200);
    await until(async () => (await kept(orderId)).every(({ sent_at }) => sent_at !== null));
    expect((await kept(orderId)).map((notice) => notice['status'])).toEqual(['in_process', 'shipped']);
    expect(received).toHaveLength(2);
    expect(received[1]).toContain(
      '<CarrierIdentifier domain="companyName">DHL</CarrierIdentifier>' +
        '<ShipmentIdentifier trackingURL="https://track.example.com/ABC">ABC</ShipmentIdentifier>',
    );
    const log = async (): Promise<{ kind: string; direction: string; content: string }[]> =>
      (await ask(place.shop, 'listSessionMessages', { id: transmissionId })).json().data.messages;
    await until(async () => (await log()).some(({ kind }) => kind === 'ShipNoticeRequest'));
    expect(JSON.stringify(await log())).not.toContain('told-to-the-buyer');
  });

  it('a temporary fault is retried with the same payloadID; later notices wait', async () => {
    const { orderId, step } = await ordered();
    answers = [
      { http: 503, body: 'busy' },
      { http: 200, body: status(560, 'Temporary server error') },
    ];
    await step('in_process');
    await until(async () => received.length === 2);
    await step('shipped');
    await until(async () => (await kept(orderId)).filter(({ sent_at }) => sent_at !== null).length === 2);
    const numbers = received.map((document) => /payloadID="([^"]+)"/.exec(document)?.[1]);
    expect(new Set(numbers.slice(0, 3)).size).toBe(1);
    expect(received.map((document) => /<(ConfirmationRequest|ShipNoticeRequest)/.exec(document)?.[1])).toEqual([
      'ConfirmationRequest',
      'ConfirmationRequest',
      'ConfirmationRequest',
      'ShipNoticeRequest',
    ]);
  });

  it.each([[300], [6_000]])(
    'an order number of %i characters is sent whole, and its notices are found by it',
    async (length) => {
      const orderId = Array.from({ length: length / 20 }, () => randomUUID().slice(0, 20)).join('');
      const { step } = await ordered(orderId);
      expect(await step('in_process')).toBe(200);
      await until(async () => received.length === 1);
      expect(received[0]).toContain(`<OrderReference orderID="${orderId}"`);
      expect((await orders('show', 'demo', 'company-cxml', orderId)).join('\n')).toContain('in_process');
    },
  );

  it('a rejection replaces the confirmation', async () => {
    const { orderId, step } = await ordered();
    await step('in_process');
    await until(async () => received.length === 1);
    await step('canceled');
    await until(async () => (await kept(orderId)).filter(({ sent_at }) => sent_at !== null).length === 2);
    expect(received[1]).toContain('operation="update" type="reject"');
    expect(received[1]).toContain(
      `<DocumentReference payloadID="${/payloadID="([^"]+)"/.exec(received[0] ?? '')?.[1]}"/>`,
    );
  });

  it('after a permanent refusal the notice is given up, and sent again on request', async () => {
    const { orderId, step } = await ordered();
    answers = [{ http: 200, body: status(401, 'Unauthorized') }];
    await step('in_process');
    await until(async () => (await kept(orderId))[0]?.['given_up_at'] !== null);
    expect((await kept(orderId))[0]).toMatchObject({ sent_at: null, last_error: 'Status 401 Unauthorized' });
    expect(place.shop.logged.filter((line) => line.includes('ALARM') && line.includes(orderId))).toHaveLength(1);
    expect(received).toHaveLength(1);
    await expect(orders('show', 'demo', 'company-cxml', 'PO-none')).rejects.toThrow('There is no order PO-none');
    expect(await orders('show', 'demo', 'company-cxml', orderId)).toEqual([
      expect.stringContaining(`${orderId}  new (1)  matched`),
      expect.stringContaining('payloadID'),
      expect.stringContaining('of demo_'),
      expect.stringMatching(/^notice in_process\s+\S+\s+GIVEN UP\n {4}Status 401 Unauthorized$/),
    ]);
    expect(await orders('resend', 'demo', 'company-cxml', orderId)).toEqual(['1 queued again']);
    await until(async () => (await kept(orderId))[0]?.['sent_at'] !== null);
    await expect(orders('resend', 'demo', 'company-cxml', orderId)).rejects.toThrow('This order has no failed notice');
    expect((await orders('list', 'demo', '--limit', '1'))[1]).toContain(orderId);
  });

  it('a matching order is placed in the shop, once; an order that the shop refuses raises an alarm', async () => {
    const { connections } = place.shop.connector.directory;
    const connection = await connections.find('demo', 'company-cxml');
    await connections.save({
      ...connection!,
      settings: { ...connection!.settings, cxml: { ...connection!.settings.cxml, placeOrders: true } },
    });
    try {
      const { orderId, transmissionId } = await ordered();
      const shown = async (): Promise<Record<string, unknown>> =>
        (await ask(place.shop, 'getSession', { id: transmissionId })).json().data.purchase_orders[0];
      await until(async () => (await shown())['store_number'] !== null);
      expect(
        await place.shop
          .knex('demo_order')
          .where({ order_id: String((await shown())['store_number']) })
          .pluck('order_id'),
      ).toEqual([(await shown())['store_number']]);
      expect((await orders('show', 'demo', 'company-cxml', orderId)).some((line) => line.includes('in the shop'))).toBe(
        true,
      );
      const order = {
        tenantId: 'demo',
        orderKey: `company-cxml/${orderId}`,
        transmissionId,
        order: { orderId, kind: 'new' as const, references: [], lines: [] },
      };
      expect(await place.shop.store.placeOrder(order)).toEqual({ ok: true, number: (await shown())['store_number'] });
      expect(
        await place.shop.store.placeOrder({
          ...order,
          order: { ...order.order, lines: [{ supplierPartId: 'GONE', quantity: '1' }] },
        }),
      ).toEqual({ ok: false, reason: 'article GONE is not sold any more' });
    } finally {
      await connections.save(connection!);
    }
  });

  it('no notice for an order that was no purchase order, or for a connection without an address', async () => {
    const { connections } = place.shop.connector.directory;
    const connection = await connections.find('demo', 'company-cxml');
    const { orderId, step } = await ordered();
    const { noticeUrl: _, ...cxml } = connection!.settings.cxml;
    await connections.save({ ...connection!, settings: { ...connection!.settings, cxml } });
    try {
      await step('in_process');
      expect(await kept(orderId)).toEqual([]);
    } finally {
      await connections.save(connection!);
    }
  });
});
