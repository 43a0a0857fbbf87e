import { expect, it } from '@jest/globals';
import { newOrder } from '../../contracts/orders.js';
import { SESSION, put, rowOf, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { JSON_WANTED } from '../../support/web-client.js';
import { signed } from './signed-calls.js';

const PATH = '/sdk/update-order-status';

describeShop('order events: orders of the demo shop', {}, (shop) => {
  const recorded = async (label: string): Promise<string> => {
    const outcome = await shop().connector.orders.record(newOrder(`${label}${shop().prefix}`));
    if (!outcome.ok) throw new Error(outcome.refusal.reason);
    return outcome.value.orders[0]?.supplierOrderId ?? '';
  };
  const eventsOf = async (shopId: number, number: string): Promise<string[]> =>
    (
      await shop()
        .knex('connect_event')
        .where({ shop_id: shopId })
        .where('document', 'like', `%supplier-order-id="${number}"%`)
        .orderBy('revision')
    ).map(({ name, document }) => `${name} ${/<(?:payment-)?status>(\w+)/.exec(document)?.[1] ?? ''}`.trim());

  it("Shopware Connect's example: in_process with a tracking id", async () => {
    const id = await recorded('example');
    const answer = await signed(shop().browser(), PATH, {
      id,
      status: 'in_process',
      tracking: { id: 'ABCDEFG1234567890' },
    });
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        success: true,
        order: { id, status: 'in_process', payment_status: 'open', tracking: { id: 'ABCDEFG1234567890' } },
      },
    ]);
    expect(await eventsOf(1, id)).toEqual(['order_created', 'order_status_updated in_process']);
    expect(await eventsOf(2, id)).toEqual(['order_created', 'order_status_updated in_process']);
  });

  it('all six statuses; a number as id; a repeated status sends no event', async () => {
    const client = shop().browser();
    const id = await recorded('six');
    for (const status of ['open', 'error', 'in_process', 'in_process', 'shipped', 'delivered'])
      expect([status, (await signed(client, PATH, { id: Number(id), status })).status]).toEqual([status, 200]);
    expect(await eventsOf(1, id)).toEqual([
      'order_created',
      ...['error', 'in_process', 'shipped', 'delivered'].map((status) => `order_status_updated ${status}`),
    ]);
    const canceled = await recorded('canceled');
    expect(
      (
        await signed(client, PATH, {
          id: canceled,
          status: 'canceled',
          tracking: { id: 'T', url: 'https://track.example.com/T', vendor: 'DHL' },
        })
      ).json().order,
    ).toEqual({
      id: canceled,
      status: 'canceled',
      payment_status: 'open',
      tracking: { id: 'T', url: 'https://track.example.com/T', vendor: 'DHL' },
    });
  });

  it('a forbidden status change is refused, and the refusal names the allowed ones', async () => {
    const client = shop().browser();
    const id = await recorded('steps');
    await signed(client, PATH, { id, status: 'delivered' });
    const back = await signed(client, PATH, { id, status: 'in_process' });
    expect([back.status, back.json()]).toEqual([
      409,
      {
        success: false,
        error: {
          code: 'ORDER_STEP_NOT_ALLOWED',
          message: 'The order is delivered; nothing follows that.',
          details: { status: 'delivered', allowed: '' },
        },
      },
    ]);
  });

  it('the allowed status changes are a setting of the tenant', async () => {
    const { tenants } = shop().connector.directory;
    const tenant = await tenants.find('demo');
    if (tenant === undefined) throw new Error('no tenant');
    const id = await recorded('configured');
    await tenants.save({
      ...tenant,
      settings: {
        ...tenant.settings,
        orderSteps: { open: ['in_process'], in_process: ['open'], shipped: [], delivered: [], canceled: [], error: [] },
      },
    });
    try {
      const statuses = [];
      for (const status of ['shipped', 'in_process', 'open'])
        statuses.push((await signed(shop().browser(), PATH, { id, status })).status);
      expect(statuses).toEqual([409, 200, 200]);
    } finally {
      await tenants.save(tenant);
    }
  });

  it('orders of other shops count as unknown; a merchant can only cancel its own orders', async () => {
    const client = shop().browser();
    const id = await recorded('mine');
    const { connectShops } = shop().connector.directory;
    await connectShops.save({ tenantId: 'demo', shopId: 44, role: 'supplier', name: 'Other', demo: false });
    await connectShops.addKey('demo', 44, 'other-key');
    const foreign = await signed(client, PATH, { id, status: 'shipped' }, { shop: '44', key: 'other-key' });
    expect([foreign.status, foreign.json().error.code]).toEqual([404, 'ORDER_NOT_FOUND']);
    const asMerchant = (status: string) =>
      signed(client, PATH, { id, status }, { shop: '2', key: 'demo-connect-merchant-key' });
    expect((await asMerchant('shipped')).status).toBe(403);
    expect((await asMerchant('canceled')).json().order.status).toBe('canceled');
  });

  it('an invalid order status update is refused with the field', async () => {
    const client = shop().browser();
    for (const [body, field] of [
      ['', undefined],
      ['nonsense', undefined],
      ['[]', ''],
      ['{}', 'id'],
      [{ id: 'x' }, 'status'],
      [{ id: 'x', status: 'OPEN' }, 'status'],
      [{ id: 'x', status: 'sent' }, 'status'],
      [{ id: ['x'], status: 'open' }, 'id'],
      [{ id: '', status: 'open' }, 'id'],
      [{ id: 'a\0b', status: 'open' }, 'id'],
      [{ id: 'x', status: 'open', tracking: 'T' }, 'tracking'],
      [{ id: 'x', status: 'open', tracking: { id: 5 } }, 'tracking.id'],
      [{ id: 'x', status: 'open', tracking: { url: 'javascript:alert(1)' } }, 'tracking.url'],
    ] as const) {
      const answer = await signed(client, PATH, body);
      expect([body, answer.status, answer.json().error.code, answer.json().error.details?.field]).toEqual([
        body,
        400,
        'INVALID_REQUEST',
        field,
      ]);
    }
  });

  it('the payment status of an order, by an endpoint of our own', async () => {
    const client = shop().browser();
    const id = await recorded('paid');
    const pay = (status: string, wish = {}) => signed(client, '/sdk/update-payment-status', { id, status }, wish);
    expect((await pay('instructed')).json()).toEqual({
      success: true,
      order: { id, status: 'open', payment_status: 'instructed' },
    });
    expect([
      (await pay('received')).status,
      (await pay('received')).status,
      (await pay('instructed')).status,
      (await pay('open')).status,
    ]).toEqual([200, 200, 409, 400]);
    expect((await pay('received', { shop: '2', key: 'demo-connect-merchant-key' })).status).toBe(403);
    expect(await eventsOf(2, id)).toEqual([
      'order_created',
      'order_payment_status_updated instructed',
      'order_payment_status_updated received',
    ]);
  });

  it('an order for a punchout: transferred becomes order_created, once, with its audit row', async () => {
    const { client, transmissionId } = await shopping(shop());
    await put(client, 'SKU-001', 2);
    await client.send(`${SESSION}/logout?transferred=1`, { method: 'POST', headers: JSON_WANTED });
    const order = newOrder(`punchout${shop().prefix}`, { transmission: { tenantId: 'demo', transmissionId } });
    const told: string[] = [];
    const off = shop().connector.on('order', ({ order: { transmissionId: of } }) => void told.push(of ?? ''));
    await shop().connector.orders.record(order);
    await shop().connector.orders.record(order);
    off();
    expect(told).toEqual([transmissionId]);
    expect((await rowOf(shop(), transmissionId))['status']).toBe('order_created');
    expect(await shop().knex('audit').where({ transmission_id: transmissionId, event: 'order' })).toMatchObject([
      { from_status: 'transferred', to_status: 'order_created' },
    ]);
  });
});
