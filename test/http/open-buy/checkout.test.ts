import { beforeAll, expect, it } from '@jest/globals';
import { describeShop } from '../../support/running-shop.js';
import { askAdmin } from '../admin/admin-calls.js';
import { openBuy, openBuyKey, openBuyToken } from './open-buy-calls.js';

describeShop('Open Buy checkout', {}, (shop) => {
  const made = { id: '', key: '', token: '' };
  const checkout = (body: unknown, token: string | undefined = made.token) => openBuy(shop(), 'checkout', body, token);
  const of = (sku: string, quantity: string | number) => ({ source_part_num: sku, quantity });
  beforeAll(async () => {
    Object.assign(made, await openBuyKey(shop()));
    made.token = await openBuyToken(shop(), made.key);
  });

  it('has the price of each quantity, and its total', async () => {
    const answer = await checkout({ items: [of('SKU-001', 2), of('NB-1010', '240'), of('NW-3011', '2000')] });
    expect(answer.status).toBe(200);
    expect(answer.json().items).toEqual([
      expect.objectContaining({
        source_part_num: 'SKU-001',
        quantity: '2',
        unit_price: '499.99',
        total: '999.98',
        currency: 'EUR',
      }),
      expect.objectContaining({ source_part_num: 'NB-1010', quantity: '240', unit_price: '3.59', total: '861.60' }),
      // 9.6250 for 100.
      expect.objectContaining({ source_part_num: 'NW-3011', quantity: '2000', unit_price: '0.09625', total: '192.50' }),
    ]);
    expect(answer.text).not.toContain('minimum_order_quantity');
  });

  it('takes one item without a list, and what a search has found as it is', async () => {
    const [found] = (await openBuy(shop(), 'search', { query: 'NB-1010' }, made.token)).json().results;
    const single = (await checkout({ ...found, quantity: '5' })).json();
    expect(single.items).toEqual([expect.objectContaining({ unit_price: found.unit_price, total: '21.45' })]);
    expect((await checkout({ items: [{ ...found, quantity: 5 }] })).json()).toEqual(single);
  });

  it('orders nothing and reserves nothing', async () => {
    const rows = async () => [
      await shop().knex('transmission').count(),
      await shop().knex('demo_cart').count(),
      await shop().knex('purchase_order').count(),
    ];
    const before = await rows();
    expect((await checkout(of('SKU-001', 1))).status).toBe(200);
    expect(await rows()).toEqual(before);
  });

  it('has the prices of the customer whom a call-up of this person would get', async () => {
    const params = { connection: 'company-cxml' };
    const headers = { 'if-match': '*' };
    const customerRules = [
      { extrinsic: { name: 'UserEmail', value: 'south@coupa.com' }, customer: { number: '10043' } },
    ];
    await askAdmin(shop(), 'adminChangeConnection', {
      params,
      body: { settings: { store: { customer: { number: '10042' }, customerRules } } },
      headers,
    });
    const totalFor = async (email: string) =>
      (await checkout(of('SKU-001', 2), await openBuyToken(shop(), made.key, email))).json().items[0].total;
    expect([await totalFor('north@coupa.com'), await totalFor('south@coupa.com')]).toEqual(['949.98', '874.98']);
    await askAdmin(shop(), 'adminChangeConnection', {
      params,
      body: { settings: { store: { customer: null, customerRules: null } } },
      headers,
    });
  });

  it('answers 400 and names each item that cannot be bought, instead of fewer items', async () => {
    const answer = await checkout({
      items: [of('SKU-001', 1), of('NO-SUCH', 1), of('NW-3080', 1), of('NB-1010', 7), of('SKU-002', '0.5')],
    });
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
      400,
      'text/plain; charset=utf-8',
      'The shop sells no article "NO-SUCH" to this buyer. ' +
        'The article "NW-3080" cannot be sold: The product cannot be bought now. ' +
        'The article "NB-1010" is not sold in the quantity 7: a cart has 10, and takes multiples of 5. ' +
        'The article "SKU-002" is not sold in the quantity 0.5: a cart has 1.',
    ]);
    const twice = await checkout({ items: [of('SKU-001', 1), of('sku-001', 2), of('SKU-001', 2)] });
    expect([twice.status, twice.text]).toEqual([400, expect.stringContaining('"SKU-001" is asked for twice')]);
  });

  it('refuses bad requests with 400 and names the place, and needs a token', async () => {
    const cases: [body: unknown, place: string][] = [
      ['{', 'JSON'],
      ['[]', 'body'],
      ['null', 'body'],
      [{}, 'items'],
      [{ items: [] }, 'items'],
      [{ items: {} }, 'items'],
      [{ items: Array.from({ length: 101 }, (_, nth) => of(`A-${nth}`, 1)) }, 'items'],
      [{ items: [{ source_part_num: 'SKU-001' }] }, 'quantity'],
      [{ items: [of('SKU-001', '')] }, 'items.0.quantity'],
      [{ items: [of('SKU-001', '-1')] }, 'items.0.quantity'],
      [{ items: [of('SKU-001', '1e3')] }, 'items.0.quantity'],
      [{ items: [of('SKU-001', 0.000_000_1)] }, 'items.0.quantity'],
      [{ items: [of('SKU-001', -1)] }, 'items.0.quantity'],
      ['{"items":[{"source_part_num":"SKU-001","quantity":1e999}]}', 'quantity'],
      [of('SKU-001', '1.0000001'), 'quantity'],
      [of('', 1), 'source_part_num'],
    ];
    for (const [body, place] of cases) {
      const answer = await checkout(body);
      expect([JSON.stringify(body), answer.status, answer.text]).toEqual([
        JSON.stringify(body),
        400,
        expect.stringContaining(place),
      ]);
    }
    expect((await openBuy(shop(), 'checkout', of('SKU-001', 1))).status).toBe(401);
  });

  it('the sentence about 100 long numbers is short enough to read', async () => {
    const items = Array.from({ length: 100 }, (_, nth) => of(`${'x'.repeat(200)}-${nth}`, 1));
    const answer = await checkout({ items });
    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(15_000);
  });
});
