import { randomUUID } from 'node:crypto';
import { expect, it, jest } from '@jest/globals';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import { cxmlStatus } from '../../support/call-ups.js';
import { describeMounted } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { LINES, orderXml, post, sent } from './purchase-order-calls.js';

describeMounted('A purchase order that is kept is recorded, sooner or later', {}, (shop) => {
  const recorded = (orderId: string): Promise<unknown[]> => shop().knex('connect_order').where({ merchant_order_id: orderId });
  const jobs = (orderId: string): Promise<{ kind: string }[]> => shop().knex('job').where({ kind: 'record-order' }).whereRaw("input->>'orderId' = ?", [orderId]);
  async function workerRuns(done: () => Promise<boolean>): Promise<void> {
    await shop().knex('job').where({ kind: 'record-order' }).update({ due_at: new Date(0) });
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
    const failing = jest.spyOn(shop().connector.directory.connectShops, call).mockRejectedValue(new PunchoutError('SERVICE_UNAVAILABLE'));
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

  it('an order that differs from its cart, and one without a cart, leave no job', async () => {
    const { quote } = await sent(shop());
    const [pen] = LINES;
    const ids = [randomUUID(), randomUUID()] as const;
    await post(shop(), orderXml({ orderId: `PO-${ids[0]}`, payloadId: ids[0], quote, lines: [{ ...pen!, quantity: '9' }] }));
    await post(shop(), orderXml({ orderId: `PO-${ids[1]}`, payloadId: ids[1], lines: [{ sku: 'NONE', quantity: '1', price: '1' }] }));
    for (const id of ids) expect(await jobs(`PO-${id}`)).toEqual([]);
  });
});
