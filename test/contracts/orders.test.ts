import { beforeAll, expect, it } from '@jest/globals';
import { connectShops } from '../../src/adapters/postgres/orders/connect-shops.js';
import { orderRepository } from '../../src/adapters/postgres/orders/order-repository.js';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { secretBox } from '../../src/adapters/secrets/secret-box.js';
import type { ConnectOrder } from '../../src/domain/orders/connect-order.js';
import { writeOrderEvent } from '../../src/protocols/order-xml/write-order-event.js';
import { orderChanges } from '../../src/usecases/orders/change-order.js';
import { recordOrder } from '../../src/usecases/orders/record-order.js';
import { describeOnDatabases } from './databases.js';
import { newOrder } from './orders.js';

describeOnDatabases('orders and their streams', (database) => {
  const made: { told: ConnectOrder[] } = { told: [] };
  const parts = () => {
    const shops = connectShops(database(), secretBox(['a-secret-of-thirty-two-characters']));
    const orders = orderRepository(database());
    const record = recordOrder({
      orders,
      shops,
      writeEvent: writeOrderEvent,
      recorded: (order) => made.told.push(order),
    });
    return {
      shops,
      orders,
      record,
      changes: orderChanges({
        orders,
        writeEvent: writeOrderEvent,
        stepsOf: async () => undefined,
        noticeOf: async () => undefined,
        changed: () => undefined,
      }),
    };
  };
  const streamOf = async (shopId: number): Promise<{ revision: string; name: string; document: string }[]> =>
    (
      await database().knex.raw(
        'select revision, name, document from connect_event where shop_id = ? order by revision',
        [shopId],
      )
    ).rows;

  beforeAll(async () => {
    await tenantRepository(database()).save({ tenantId: 'demo', name: 'Demo shop', settings: { frontendOrigins: [] } });
  });

  it('an order creates one event for each party, and is recorded once', async () => {
    const { record, shops } = parts();
    const first = await record(newOrder('o-1'));
    const again = await record(newOrder('o-1', { merchantOrderId: 'other' }));
    if (!first.ok || !again.ok) throw new Error('refused');
    const [order] = first.value.orders;
    expect(first.value).toMatchObject({
      repeated: false,
      orders: [
        {
          transactionId: '1',
          supplierOrderId: '1',
          merchantOrderId: 'o-1',
          status: 'open',
          content: {
            customerTotal: { net: '1299.99', gross: '1546.99' },
            intershopTotal: { net: '1199.98', gross: '1427.98' },
            shippingCosts: { net: '10', gross: '11.9' },
          },
        },
      ],
    });
    expect(again.value).toEqual({ repeated: true, orders: [order] });
    expect(made.told).toEqual([order]);
    expect((await shops.list('demo')).map(({ shopId, role, connectionId }) => [shopId, role, connectionId])).toEqual([
      [order!.merchantShop, 'merchant', 'company-cxml'],
      [order!.supplierShop, 'supplier', undefined],
    ]);
    for (const shopId of [order!.supplierShop, order!.merchantShop]) {
      const [event, ...more] = await streamOf(shopId);
      expect(more).toEqual([]);
      expect(event).toMatchObject({
        revision: '1',
        name: 'order_created',
        document: expect.stringMatching(
          /<revision>1<\/revision><event>order_created<\/event><order transaction-id="1" .* merchant-order-id="o-1"><shipping-costs net="10" gross="11.9"\/>/s,
        ),
      });
    }
  });

  it('several suppliers: one transaction, one event each, and the merchant gets one for each supplier', async () => {
    const { record, shops } = parts();
    for (const shopId of [71, 72])
      expect(await shops.save({ tenantId: 'demo', shopId, role: 'supplier', name: 'S', demo: false })).toBe('saved');
    await shops.save({ tenantId: 'demo', shopId: 80, role: 'merchant', name: 'M', demo: false });
    const [part] = newOrder('x').parts;
    const outcome = await record(
      newOrder('o-2', {
        merchant: { shopId: 80 },
        parts: [
          { ...part!, supplierShop: 72, supplierOrderId: 'S-9' },
          { ...part!, supplierShop: 71 },
        ],
      }),
    );
    expect(outcome).toMatchObject({
      ok: true,
      value: { orders: [{ supplierShop: 72, supplierOrderId: 'S-9' }, { supplierShop: 71 }] },
    });
    const suppliersIn = (events: { revision: string; document: string }[]) =>
      events.map(({ revision, document }) => [
        revision,
        /supplier-shop="(\d+)"/.exec(document)?.[1],
        /<item id="([^"]+)"/.exec(document)?.[1],
      ]);
    expect(suppliersIn(await streamOf(80))).toEqual([
      ['1', '72', 'o-2-1'],
      ['2', '71', 'o-2-3'],
    ]);
    expect(suppliersIn(await streamOf(71))).toEqual([['1', '71', 'o-2-3']]);
    expect(suppliersIn(await streamOf(72))).toEqual([['1', '72', 'o-2-1']]);
    expect(
      await record(
        newOrder('o-3', {
          parts: [
            { ...part!, supplierShop: 71 },
            { ...part!, supplierShop: 71 },
          ],
        }),
      ),
    ).toMatchObject({ ok: false, refusal: { code: 'INVALID_REQUEST' } });
    expect(
      await record(newOrder('o-4', { parts: [{ ...part!, supplierShop: 72, supplierOrderId: 'S-9' }] })),
    ).toMatchObject({ ok: false, refusal: { code: 'ORDER_CONFLICT' } });
    expect(await record(newOrder('o-5', { parts: [{ ...part!, supplierShop: 80 }] }))).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_REQUEST' },
    });
    expect(await streamOf(72)).toHaveLength(1);
  });

  it('a changed status gives one event for each party, with its own revision', async () => {
    const { record, shops, changes } = parts();
    await shops.save({ tenantId: 'demo', shopId: 90, role: 'supplier', name: 'S', demo: false });
    await shops.save({ tenantId: 'demo', shopId: 91, role: 'merchant', name: 'M', demo: false });
    const supplier = await shops.find('demo', 90);
    const merchant = await shops.find('demo', 91);
    if (supplier === undefined || merchant === undefined) throw new Error('no shops');
    const [part] = newOrder('x').parts;
    await record(
      newOrder('o-6', { merchant: { shopId: 91 }, parts: [{ ...part!, supplierShop: 90, supplierOrderId: '1234' }] }),
    );
    expect(await changes.status(supplier, '1234', 'in_process', { id: 'ABCDEFG1234567890' })).toMatchObject({
      ok: true,
      value: { status: 'in_process', tracking: { id: 'ABCDEFG1234567890' } },
    });
    expect(await changes.status(supplier, '1234', 'in_process')).toMatchObject({ ok: true });
    expect(await changes.status(supplier, '1234', 'open')).toMatchObject({
      ok: false,
      refusal: {
        code: 'ORDER_STEP_NOT_ALLOWED',
        reason: 'The order is in_process; it may become shipped, delivered, canceled, error.',
      },
    });
    expect(await changes.paymentStatus(supplier, '1234', 'received')).toMatchObject({ ok: true });
    expect(await changes.paymentStatus(supplier, '1234', 'instructed')).toMatchObject({
      ok: false,
      refusal: { code: 'ORDER_STEP_NOT_ALLOWED' },
    });
    expect(await changes.status(merchant, '1234', 'shipped')).toMatchObject({
      ok: false,
      refusal: { code: 'OPERATION_NOT_ALLOWED' },
    });
    expect(await changes.status(merchant, '1234', 'canceled')).toMatchObject({ ok: true });
    expect(await changes.status(supplier, 'none', 'shipped')).toMatchObject({
      ok: false,
      refusal: { code: 'ORDER_NOT_FOUND' },
    });
    for (const shopId of [90, 91])
      expect((await streamOf(shopId)).map(({ revision, name }) => [revision, name])).toEqual([
        ['1', 'order_created'],
        ['2', 'order_status_updated'],
        ['3', 'order_payment_status_updated'],
        ['4', 'order_status_updated'],
      ]);
    expect((await streamOf(91))[1]?.document).toMatch(
      /<revision>2<\/revision><event>order_status_updated<\/event><order [^>]*><status>in_process<\/status><\/order><\/order-event>$/,
    );
  });

  it('parallel orders and copies of them: each once, revisions 1, 2, 3, … in every stream (P3)', async () => {
    const { record, shops } = parts();
    for (const shopId of [501, 502, 503])
      await shops.save({ tenantId: 'demo', shopId, role: 'supplier', name: 'S', demo: false });
    for (const shopId of [601, 602])
      await shops.save({ tenantId: 'demo', shopId, role: 'merchant', name: 'M', demo: false });
    const [part] = newOrder('x').parts;
    const wanted = Array.from({ length: 60 }, (_, index) => {
      const suppliers = [501, 502, 503].slice(0, 1 + (index % 3));
      if (index % 2 === 0) suppliers.reverse();
      return newOrder(`storm-${index}`, {
        merchant: { shopId: 601 + (index % 2) },
        parts: suppliers.map((supplierShop) => ({ ...part!, supplierShop })),
      });
    });
    const copies = [...wanted, ...wanted, ...wanted].toSorted(() => Math.random() - 0.5);
    const outcomes = await Promise.all(copies.map((order) => record(order)));
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.value.repeated)).toHaveLength(60);
    for (const shopId of [501, 502, 503, 601, 602]) {
      const revisions = (await streamOf(shopId)).map(({ revision }) => Number(revision));
      expect(revisions).toEqual(revisions.map((_, index) => index + 1));
      expect(revisions).toHaveLength({ 501: 60, 502: 40, 503: 20 }[shopId] ?? 60);
    }
  });

  it('at most two active keys; rotation starts the grace period of the others; each key is sealed', async () => {
    const { shops } = parts();
    await shops.save({ tenantId: 'demo', shopId: 95, role: 'supplier', name: 'S', demo: false });
    expect(await shops.findSigner(95)).toMatchObject({ keys: [] });
    await shops.addKey('demo', 95, 'one');
    await shops.addKey('demo', 95, 'two');
    expect((await shops.findSigner(95))?.keys).toEqual(['one', 'two']);
    await shops.addKey('demo', 95, 'three');
    expect((await shops.findSigner(95))?.keys).toEqual(['two', 'three']);
    await shops.rotateKey('demo', 95, 'four', 7);
    expect((await shops.findSigner(95))?.keys).toEqual(['three', 'four']);
    await shops.rotateKey('demo', 95, 'five', 0);
    expect((await shops.findSigner(95))?.keys).toEqual(['five']);
    const keys = (await shops.list('demo')).find(({ shopId }) => shopId === 95)?.keys ?? [];
    expect(keys).toHaveLength(1);
    expect(await shops.revokeKey('demo', 95, keys[0]!.keyId)).toBe(true);
    expect((await shops.findSigner(95))?.keys).toEqual([]);
    expect(await shops.addKey('demo', 9999, 'x')).toBeUndefined();
    expect(JSON.stringify((await database().knex.raw('select * from connect_key')).rows)).not.toMatch(
      /"(one|two|three|four|five)"/,
    );
  });

  it('after an upgrade, hooks are still signed with the shop key, and calls need no second header', async () => {
    const { shops } = parts();
    await database().knex.raw(
      "insert into connect_shop (tenant_id, shop_id, role, name, demo) values ('demo', 96, 'supplier', 'Old', false)",
    );
    expect(await shops.findSigner(96)).toMatchObject({
      signing: { deliveryKey: 'shared', requestSignature: 'optional' },
    });
    expect((await shops.supplierOf('demo')).shopId).toBeGreaterThan(0);
    expect((await shops.list('demo')).find(({ shopId }) => shopId === 96)).toMatchObject({
      signing: { deliveryKey: 'shared' },
    });
  });

  it('a shop id belongs to one tenant, a connection has one merchant', async () => {
    const { shops } = parts();
    await tenantRepository(database()).save({ tenantId: 'other', name: 'Other', settings: { frontendOrigins: [] } });
    await shops.save({ tenantId: 'demo', shopId: 97, role: 'merchant', name: 'M', connectionId: 'a', demo: false });
    expect(await shops.save({ tenantId: 'other', shopId: 97, role: 'supplier', name: 'S', demo: false })).toBe('taken');
    expect(
      await shops.save({ tenantId: 'demo', shopId: 98, role: 'merchant', name: 'M', connectionId: 'a', demo: false }),
    ).toBe('taken');
    expect(await shops.find('other', 97)).toBeUndefined();
    expect(
      new Set(
        (await Promise.all(Array.from({ length: 8 }, () => shops.merchantOf('demo', 'fresh')))).map(
          ({ shopId }) => shopId,
        ),
      ).size,
    ).toBe(1);
  });
});
