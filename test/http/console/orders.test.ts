import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { askAdmin } from '../admin/admin-calls.js';
import type { Json } from '../gateway/api/api-calls.js';
import { LINES, orderXml, post, sent } from '../gateway/purchase-order-calls.js';
import { addOperators, emailOf, signedIn } from './console-visitor.js';

describeShop('orders in the console', {}, (shop) => {
  const address = (order: string): string => `/orders/company-cxml?order=${encodeURIComponent(order)}`;
  const params = (order: string) => ({ connection: 'company-cxml', order });
  const shown = async (order: string): Promise<Json> =>
    (await askAdmin(shop(), 'adminGetOrder', { params: params(order) })).json().data;
  const place = (order: string) => askAdmin(shop(), 'adminPlaceOrder', { params: params(order) });

  /** The worker runs until that is so. */
  async function worked(holds: (order: Json) => boolean, order: string): Promise<void> {
    const worker = shop().connector.startWorker();
    try {
      await until(async () => holds(await shown(order)));
    } finally {
      await worker.stop();
    }
  }

  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
    await askAdmin(shop(), 'adminChangeConnection', {
      params: { connection: 'company-cxml' },
      body: { settings: { cxml: { placeOrders: true } } },
    });
  });

  /** An order with every kind of difference from its cart of three pens and a chair. */
  async function differing(): Promise<string> {
    const [order, { quote }] = [`PO/${randomUUID()}?&`, await sent(shop())];
    const [pens] = LINES;
    const lines = [
      { sku: 'NB-1024', aux: pens?.aux ?? '', quantity: '4', price: '0.79' },
      { sku: 'NEW-1', quantity: '1', price: '5.00' },
    ];
    await post(shop(), orderXml({ orderId: order.replace('&', '&amp;'), quote, lines }));
    return order;
  }

  it('order and cart stand side by side, and every difference is marked on its line', async () => {
    const order = await differing();
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const { text } = await viewer.get(address(order));
    const rowOf = (article: string): string =>
      text.split('<tr').find((row) => row.includes(`<code>${article}</code>`)) ?? '';
    expect(rowOf('NB-1024')).toMatch(
      /class="marked".*<mark>3<\/mark>.*<mark>0.89<\/mark>.*<mark>4<\/mark>.*<mark>0.79/s,
    );
    expect(rowOf('NB-1024')).toMatch(/quantity.*price/s);
    expect(rowOf('NEW-1')).toContain('not in the cart');
    expect(rowOf('NB-1088')).toContain('not ordered');
    const { comparison, documents } = await shown(order);
    const told = [...comparison.lines.flatMap((line: Json) => line.differences), ...comparison.differences];
    expect(new Set(told.map((difference: Json) => difference.text))).toEqual(new Set(documents[0].differences));
    const { cart } = (
      await askAdmin(shop(), 'adminGetSession', { params: { session: documents[0].session_id } })
    ).json().data.session;
    expect(cart.items_count).toBe(4);
  });

  it('an order that equals its cart says so; one without a cart shows its own lines', async () => {
    const [equal, alone] = [randomUUID(), randomUUID()];
    const { quote } = await sent(shop());
    await post(shop(), orderXml({ orderId: equal, quote, lines: LINES }));
    await post(shop(), orderXml({ orderId: alone, lines: [{ sku: 'FREE', quantity: '1', price: '1.00' }] }));
    const viewer = await signedIn(shop(), emailOf('viewer'));
    expect((await viewer.get(address(equal))).text).toContain('Nothing differs.');
    expect((await viewer.get(address(equal))).text).not.toContain('class="marked"');
    expect((await viewer.get(address(alone))).text).toMatch(/no cart to compare with.*<code>FREE<\/code>/s);
  });

  it('an order that differs is placed when a person asks, once, however many ask at once', async () => {
    const [order, { quote }] = [randomUUID(), await sent(shop())];
    const [pens] = LINES;
    await post(shop(), orderXml({ orderId: order, quote, lines: pens === undefined ? [] : [pens] }));
    expect(await shown(order)).toMatchObject({ documents: [{ verdict: 'mismatch' }], placeable: 'yes' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => place(order)));
    expect([200, 409].map((wanted) => answers.filter(({ status }) => status === wanted).length)).toEqual([1, 7]);
    await worked(({ documents }) => documents[0].store_number !== null, order);
    expect((await shown(order)).placeable).toBe('placed');
    expect((await place(order)).text).toContain('The shop has the order already');
    expect(await shop().knex('demo_order').whereRaw(`content->>'orderId' = ?`, [order])).toHaveLength(1);
  });

  it('where a connection places no orders, list and order link to the field that allows it', async () => {
    const allow = (placeOrders: boolean) =>
      askAdmin(shop(), 'adminChangeConnection', {
        params: { connection: 'company-cxml' },
        body: { settings: { cxml: { placeOrders } } },
      });
    const order = await differing();
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const field = '/console/connections/company-cxml/settings#f-cxml.placeOrders"';
    expect((await engineer.get('/orders')).text).not.toContain(field);
    await allow(false);
    for (const page of ['/orders', address(order)]) expect((await engineer.get(page)).text).toContain(field);
    expect((await engineer.get('/connections/company-cxml/settings')).text).toContain('id="f-cxml.placeOrders"');
    await allow(true);
  });

  it('an order that the shop refused is placed again by its button; a viewer has none', async () => {
    const [order, { quote }] = [randomUUID(), await sent(shop())];
    const take = shop().store.placeOrder.bind(shop().store);
    shop().store.placeOrder = async () => ({ ok: false, reason: 'closed today' });
    await post(shop(), orderXml({ orderId: order, quote, lines: LINES }));
    await worked(({ documents, placeable }) => documents[0].store_refusal !== null && placeable === 'yes', order);
    shop().store.placeOrder = take;
    const [engineer, viewer] = [await signedIn(shop(), emailOf('engineer')), await signedIn(shop(), emailOf('viewer'))];
    const refused = (await engineer.get(address(order))).text;
    expect(refused).toContain('The shop refused it: closed today');
    expect(refused).toContain('Place in the shop');
    expect((await viewer.get(address(order))).text).not.toContain('Place in the shop');
    const clicked = await engineer.post('/orders/company-cxml/place', { order });
    expect([clicked.status, clicked.location]).toEqual([303, `${shop().url}/console${address(order)}&done=placed`]);
    await worked(({ documents }) => documents[0].store_number !== null, order);
    expect((await engineer.get(address(order))).text).toMatch(/placed as D-/);
    const again = await engineer.post('/orders/company-cxml/place', { order });
    expect([again.status, again.text.includes('The shop has the order already')]).toEqual([409, true]);
  });

  it('pages of the list lose and repeat nothing, also those of one verdict', async () => {
    await shop().knex.raw(`
      insert into purchase_order (tenant_id, connection_id, payload_id, order_id, version, kind, digest, verdict,
        mismatches, attachments, content, document, content_type, received_at)
      select 'demo', 'company-cxml', '', 'many-' || n, 1, 'new', encode(sha256(n::text::bytea), 'hex'),
        case when n % 3 = 0 then 'mismatch' else 'matched' end, '[]', '[]',
        json_build_object('orderId', 'many-' || n, 'kind', 'new', 'references', '[]'::json, 'lines', '[]'::json),
        '', 'text/xml', '2026-01-01'::timestamptz + (n / 10) * interval '1 microsecond'
      from generate_series(1, 120) n on conflict do nothing`);
    const viewer = await signedIn(shop(), emailOf('viewer'));
    for (const [query, count] of [
      ['', 120],
      ['?verdict=mismatch', 40],
    ] as const) {
      const numbers: string[] = [];
      let next = `${shop().url}/console/orders${query}`;
      for (let page = 0; next !== '' && page < 20; page += 1) {
        const { text } = await viewer.browser.get(next);
        numbers.push(...[...text.matchAll(/\?order=many-(\d+)&amp;/g)].map(([, number]) => String(number)));
        const [, href = ''] = /href="([^"]*)" rel="next"/.exec(text) ?? [];
        next = href === '' ? '' : new URL(href.replaceAll('&amp;', '&'), shop().url).href;
      }
      expect([query, numbers.length, new Set(numbers).size]).toEqual([query, count, count]);
    }
    expect((await viewer.get('/orders?number=many-7')).text.match(/\?order=many-/g)).toHaveLength(1);
  });

  it('an order of another tenant is unknown, and cannot be placed', async () => {
    const order = await differing();
    const stranger = await signedIn(shop(), emailOf('owner', 'rival'));
    expect((await stranger.get(address(order))).status).toBe(404);
    expect((await stranger.post('/orders/company-cxml/place', { order })).status).toBe(404);
    expect((await stranger.post('/orders/company-cxml/resend', { order })).status).toBe(404);
    expect((await stranger.get('/orders')).text).not.toContain('company-cxml');
    expect((await shown(order)).placeable).toBe('yes');
  });
});
