import { randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import { cxmlStatus } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { ask } from './api/api-calls.js';
import { LINES, orderXml, post, sent } from './purchase-order-calls.js';

describeShop('A stored purchase order is always recorded', {}, (shop) => {
  const recorded = (orderId: string): Promise<unknown[]> =>
    shop().knex('connect_order').where({ merchant_order_id: orderId });
  const jobs = (orderId: string): Promise<{ kind: string }[]> =>
    shop().knex('job').where({ kind: 'record-order' }).whereRaw("input->>'orderId' = ?", [orderId]);
  async function workerRuns(done: () => Promise<boolean>): Promise<void> {
    await shop()
      .knex('job')
      .where({ kind: 'record-order' })
      .update({ due_at: new Date(0) });
    const worker = shop().connector.startWorker();
    await until(done);
    await worker.stop();
  }

  it.each([
    ['the list of shops cannot be read', 'list'],
    ['the merchant cannot be read', 'merchantOf'],
    ['the supplier cannot be read', 'supplierOf'],
  ] as const)('%s: the order is answered with 200, and a job records it once', async (_, call) => {
    const { quote } = await sent(shop());
    const [orderId, payloadId] = [`PO-${randomUUID().slice(0, 8)}`, `${randomUUID()}@buyer.example`];
    const failing = jest
      .spyOn(shop().connector.directory.connectShops, call)
      .mockRejectedValue(new PunchoutError('SERVICE_UNAVAILABLE'));
    try {
      expect(cxmlStatus(await post(shop(), orderXml({ orderId, payloadId, quote, lines: LINES }))).code).toBe('200');
    } finally {
      failing.mockRestore();
    }
    expect([(await recorded(orderId)).length, (await jobs(orderId)).length]).toEqual([0, 1]);
    await workerRuns(async () => (await jobs(orderId)).length === 0);
    expect(await recorded(orderId)).toHaveLength(1);
  });

  it('an order that the request recorded is not recorded again by its job', async () => {
    const { quote } = await sent(shop());
    const [orderId, payloadId] = [`PO-${randomUUID().slice(0, 8)}`, `${randomUUID()}@buyer.example`];
    await post(shop(), orderXml({ orderId, payloadId, quote, lines: LINES }));
    expect([(await recorded(orderId)).length, (await jobs(orderId)).length]).toEqual([1, 1]);
    const before = Number((await shop().knex('connect_event').count({ n: '*' }))[0]?.['n']);
    await workerRuns(async () => (await jobs(orderId)).length === 0);
    expect(await recorded(orderId)).toHaveLength(1);
    expect(Number((await shop().knex('connect_event').count({ n: '*' }))[0]?.['n'])).toBe(before);
  });

  it('an order that differs from its cart, or has no cart, leaves no job', async () => {
    const { quote } = await sent(shop());
    const [pen] = LINES;
    const ids = [randomUUID(), randomUUID()] as const;
    await post(
      shop(),
      orderXml({ orderId: `PO-${ids[0]}`, payloadId: ids[0], quote, lines: [{ ...pen!, quantity: '9' }] }),
    );
    await post(
      shop(),
      orderXml({ orderId: `PO-${ids[1]}`, payloadId: ids[1], lines: [{ sku: 'NONE', quantity: '1', price: '1' }] }),
    );
    for (const id of ids) expect(await jobs(`PO-${id}`)).toEqual([]);
  });

  describe('cXML does not limit the length of an order number', () => {
    const random = (length: number): string =>
      Array.from({ length: Math.ceil(length / 36) }, () => randomUUID())
        .join('')
        .slice(0, length);
    const escaped = (text: string): string =>
      text.replaceAll(/[^\w-]/gu, (character) => `&#${character.codePointAt(0)};`);
    const shown = async (transmissionId: string): Promise<unknown> =>
      (await ask(shop(), 'getSession', { id: transmissionId })).json().data.purchase_orders;
    const events = async (orderId: string): Promise<{ document: string }[]> =>
      shop()
        .knex('connect_event')
        .whereIn(
          'transaction_id',
          shop().knex('connect_order').select('transaction_id').where({ merchant_order_id: orderId }),
        );

    it.each<[string, string]>([
      ['255 characters, more with the connection', random(255)],
      ['256 characters', random(256)],
      ['6,000 characters, more than an index holds', random(6_000)],
      ['65,000 characters', random(65_000)],
      ['2,000 umlauts', `${random(100)}${'\u00e4'.repeat(1_900)}`],
      ['astral characters', `${random(100)}${'\u{1f4e6}'.repeat(500)}`],
      ['a line break, a tab and U+007F', `PO\n\t\u007f ${random(20)}`],
    ])('%s: it is stored whole, found, reported and recorded once', async (_, orderId) => {
      const { transmissionId, quote } = await sent(shop());
      const payloadId = `${randomUUID()}@buyer.example`;
      const document = orderXml({ orderId: escaped(orderId), payloadId, quote, lines: LINES });
      for (let times = 0; times < 2; times += 1) expect(cxmlStatus(await post(shop(), document)).code).toBe('200');
      expect(await shown(transmissionId)).toMatchObject([
        { order_id: orderId, type: 'new', version: 1, verdict: 'matched' },
      ]);
      const [row, ...more] = (await recorded(orderId)) as { transaction_id: string; order_key: string }[];
      expect([more, row?.order_key.length]).toEqual([[], expect.any(Number)]);
      expect(row?.order_key.length).toBeLessThanOrEqual(255);
      const [event] = await events(orderId);
      expect(event?.document.length).toBeLessThan(orderId.length * 6 + 10_000);
      expect(
        cxmlStatus(
          await post(shop(), orderXml({ orderId: escaped(orderId), type: 'update', quote, lines: LINES.slice(0, 1) })),
        ).code,
      ).toBe('201');
      expect(await shown(transmissionId)).toMatchObject([
        { version: 1 },
        { order_id: orderId, type: 'update', version: 2 },
      ]);
    });

    it('its job, if the request could not record it', async () => {
      const { quote } = await sent(shop());
      const orderId = random(6_000);
      const failing = jest
        .spyOn(shop().connector.directory.connectShops, 'list')
        .mockRejectedValue(new PunchoutError('SERVICE_UNAVAILABLE'));
      try {
        expect(cxmlStatus(await post(shop(), orderXml({ orderId, quote, lines: LINES }))).code).toBe('200');
      } finally {
        failing.mockRestore();
      }
      const waiting = async (): Promise<boolean> =>
        (await shop().knex('job').where({ kind: 'record-order' })).length > 0;
      expect(await recorded(orderId)).toEqual([]);
      await workerRuns(async () => !(await waiting()));
      expect(await recorded(orderId)).toHaveLength(1);
    });

    it('nor of its payloadID, the part ids of its lines, and the ids that it refers to', async () => {
      const { quote, transmissionId } = await sent(shop());
      const long = random(60_000);
      const [pen] = LINES;
      const matched = orderXml({
        orderId: `PO-${randomUUID()}`,
        payloadId: long,
        quote,
        reference: random(60_000),
        lines: LINES,
      });
      expect(cxmlStatus(await post(shop(), matched)).code).toBe('200');
      expect(cxmlStatus(await post(shop(), matched)).code).toBe('200');
      const orderId = `PO-${randomUUID()}`;
      const other = orderXml({
        orderId,
        quote,
        lines: [pen!, { sku: long, aux: random(60_000), quantity: '1', price: '1' }],
      }).replace(
        '</OrderRequestHeader>',
        `<Extrinsic name="${random(1_000)}">${random(60_000)}</Extrinsic></OrderRequestHeader>`,
      );
      expect(cxmlStatus(await post(shop(), other)).code).toBe('201');
      expect(await shown(transmissionId)).toMatchObject([
        { verdict: 'matched' },
        { order_id: orderId, verdict: 'mismatch' },
      ]);
      const [{ content }] = (await shop().knex('purchase_order').where({ order_id: orderId }).select('content')) as [
        { content: object },
      ];
      expect(content).toMatchObject({ lines: [{}, { supplierPartId: long }] });
    });
  });
});
