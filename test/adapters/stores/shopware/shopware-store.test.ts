import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CartRef } from '../../../../src/domain/cart/cart.js';
import type { ShopwareStoreOptions } from '../../../../src/adapters/stores/shopware/shopware-options.js';
import { UndiciHttp } from '../../../../src/adapters/outbound-http/undici-http.js';
import type { OutboundHttp } from '../../../../src/ports/outbound-http.js';
import { transmissionOf } from '../../../contracts/store.contract.js';
import { GERMAN_ID, idOf } from './double/shop-data.js';
import { ACCESS_KEY } from './double/shopware-double.js';
import { type Changed, openShopware } from './open-shopware.js';

let shop: Awaited<ReturnType<typeof openShopware>>;
beforeEach(async () => {
  shop = await openShopware();
});
afterEach(() => shop.close());

const transmission = (request = {}): ReturnType<typeof transmissionOf> =>
  transmissionOf({ tenantId: 'acme', connectionId: 'acme-cxml' }, request);
const PEN = { supplierPartId: 'SKU-PEN', quantity: '1' };
const askedFor = (path: string): number => shop.double.requests.filter((request) => request.path === path).length;
const switchedTokens = (): string[] =>
  shop.double.requests
    .filter(({ path }) => path === '/api/_proxy/switch-customer')
    .map(({ headers }) => String(headers['sw-context-token']));

async function cartWith(options: Changed<ShopwareStoreOptions>, ...lines: [sku: string, quantity: string][]) {
  const store = shop.storeWith(options);
  const cart = await store.openCart(transmission());
  await store.addLines(
    cart,
    lines.map(([supplierPartId, quantity]) => ({ supplierPartId, quantity })),
  );
  return { store, cart };
}

/** Like a browser that got the token, or a parallel process. */
function rawStoreApi(token: string, path: string, body: unknown): Promise<Response> {
  return fetch(`${shop.baseUrl}/store-api${path}`, {
    method: 'POST',
    headers: { 'sw-access-key': ACCESS_KEY, 'sw-context-token': token, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

describe('prices', () => {
  const GOODS: [string, string][] = [
    ['SKU-PEN', '3'],
    ['SKU-INK', '2'],
    ['SKU-BOOK', '1'],
  ];
  const withShipping = (customerNumber: string) => {
    shop.double.shipping = { net: 4.2, gross: 5 };
    return cartWith({ customer: () => ({ customerNumber }) }, ...GOODS);
  };
  const pricesOf = async ({ store, cart }: { store: ReturnType<typeof shop.storeWith>; cart: CartRef }) => {
    const { lines, shipping, tax } = await store.readCart(cart);
    return {
      lines: lines.map(({ quantity, unitPrice, taxAmount, taxRate }) => [quantity, unitPrice, taxAmount, taxRate]),
      shipping,
      tax: tax?.amount,
    };
  };

  it('R 201: a net cart as the shop shows it', async () => {
    expect(await pricesOf(await withShipping('C-1001'))).toEqual({
      lines: [
        ['3', '1', '0.57', '19'],
        ['2', '10.08', '3.83', '19'],
        ['1', '9.35', '0.65', '7'],
      ],
      shipping: { amount: '4.20', description: 'Standard', code: 'shipping_standard' },
      tax: '5.70',
    });
  });

  it("R 202: a gross cart as net, to the cent of its calculated taxes; with shipping the shop's 36.82", async () => {
    expect(await pricesOf(await withShipping('C-1002'))).toEqual({
      lines: [
        ['3', '1.00', '0.57', '19'],
        ['2', '10.075', '3.83', '19'],
        ['1', '9.35', '0.65', '7'],
      ],
      shipping: { amount: '4.32', description: 'Standard', code: 'shipping_standard' },
      tax: '5.73',
    });
  });

  it('a tax-free cart', async () => {
    const { lines, tax } = await pricesOf(
      await cartWith({ customer: () => ({ customerNumber: 'C-1003' }) }, ['SKU-PEN', '3']),
    );
    expect(lines).toEqual([['3', '1', '0', '0']]);
    expect(tax).toBe('0.00');
  });

  it.each([
    ['C-1001', '-7.19'],
    ['C-1002', '-7.18'],
  ])('a promotion of %s is a separate line with a negative price', async (customerNumber, price) => {
    const { store, cart } = await cartWith(
      { customer: () => ({ customerNumber }) },
      ['SKU-PEN', '5'],
      ['SKU-INK', '2'],
      ['SKU-BOOK', '5'],
    );
    await rawStoreApi(switchedTokens()[0] ?? '', '/checkout/cart/line-item', {
      items: [{ type: 'promotion', referencedId: 'TEN' }],
    });
    const { lines } = await store.readCart(cart);
    expect(lines.at(-1)).toMatchObject({
      kind: 'promotion',
      sku: 'TEN',
      name: '10 percent off',
      quantity: '1',
      unitPrice: price,
    });
    expect(lines.at(-1)?.taxRate).toBeUndefined();
    expect(await store.changeLine(cart, lines.at(-1)?.lineId ?? '', '2')).toMatchObject({ fault: 'quantity_invalid' });
  });

  it('T52: doubles keep their written digits', async () => {
    const { store, cart } = await cartWith(
      { customer: () => ({ customerNumber: 'C-1003' }) },
      ['SKU-LAMP', '3'],
      ['SKU-PEN', '12'],
    );
    expect((await store.readCart(cart)).lines.map(({ unitPrice }) => unitPrice)).toEqual(['26.81', '0.8']);
  });

  it('tiers follow the quantity', async () => {
    const { store, cart } = await cartWith({}, ['SKU-PEN', '9']);
    expect((await store.readCart(cart)).lines[0]?.unitPrice).toBe('1');
    await store.addLines(cart, [PEN]);
    expect((await store.readCart(cart)).lines[0]?.unitPrice).toBe('0.8');
  });
});

describe('articles', () => {
  it('a number with | is found, and numbers in any case', async () => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmission());
    const results = await store.addLines(cart, [
      { supplierPartId: 'SKU|PIPE', quantity: '1' },
      { supplierPartId: 'sku-pen', quantity: '1' },
      { supplierPartId: '0', quantity: '1' },
    ]);
    expect(results.map(({ supplierPartId, got }) => [supplierPartId, got])).toEqual([
      ['SKU|PIPE', '1'],
      ['SKU-PEN', '1'],
      ['0', '0'],
    ]);
    expect(await store.productPath({ supplierPartId: 'SKU|PIPE' })).toBe(`/detail/${idOf('prod-pipe')}`);
  });

  it("R 206: the name of a variant is its parent's plus its options", async () => {
    const { store, cart } = await cartWith({}, ['SKU-SHIRT.M', '1']);
    expect((await store.readCart(cart)).lines[0]).toMatchObject({
      sku: 'SKU-SHIRT.M',
      name: 'Shirt (Size: M)',
      customFields: { category: 'Office Supplies' },
    });
  });

  it('searches in the requested language', async () => {
    expect(await shop.storeWith().search('pen', 5, { language: 'de-AT' })).toEqual([
      { supplierPartId: 'SKU-PEN', auxiliaryId: idOf('prod-pen') },
    ]);
    expect(shop.double.requests.at(-1)).toMatchObject({
      path: '/store-api/search',
      headers: { 'sw-language-id': GERMAN_ID },
      body: { search: 'pen', limit: 5 },
    });
  });

  it('reads the hits of a search page by page, as many as are wanted', async () => {
    const [pen] = shop.double.entities.goods;
    if (pen === undefined) throw new Error('no goods');
    const more = Array.from({ length: 250 }, (_, n) => ({ ...pen, id: idOf(`many-${n}`), number: `MANY-${n}` }));
    shop.double.entities.goods.push(...more);
    const store = shop.storeWith();
    expect(await store.search('MANY', 10_000)).toHaveLength(250);
    expect(new Set((await store.search('MANY', 230)).map(({ supplierPartId }) => supplierPartId)).size).toBe(230);
    expect(shop.double.requests.at(-1)).toMatchObject({ body: { limit: 100, p: 3 } });
  });

  it('addresses follow the frontend', async () => {
    const { store, cart } = await cartWith(
      { frontendUrl: 'https://shop.example.com/de/', paths: { product: 'p/{number}?id={id}' } },
      ['SKU|PIPE', '1'],
    );
    expect((await store.readCart(cart)).lines[0]?.url).toBe(
      `https://shop.example.com/de/p/SKU%7CPIPE?id=${idOf('prod-pipe')}`,
    );
  });

  it('details are cached per language, until they expire or are dropped', async () => {
    let clockMs = 0;
    const { store, cart } = await cartWith({ now: () => clockMs, details: { lifeSeconds: 600 } }, ['SKU-PEN', '1']);
    const german = await store.openCart(transmission({ language: 'de' }));
    await store.addLines(german, [PEN]);
    const askedBy = async (ref: CartRef): Promise<number> => {
      const before = askedFor('/store-api/product');
      await store.readCart(ref);
      return askedFor('/store-api/product') - before;
    };
    // They came with the search for the article.
    expect([await askedBy(cart), await askedBy(german)]).toEqual([0, 0]);
    store.dropCaches();
    expect([await askedBy(cart), await askedBy(cart)]).toEqual([1, 0]);
    clockMs = 600_000;
    expect(await askedBy(cart)).toBe(1);
  });

  it('carts of more than a hundred lines are requested in hundreds', async () => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmission());
    const results = await store.addLines(cart, [
      ...Array.from({ length: 250 }, (_, nth) => ({ supplierPartId: `NO-${nth}`, quantity: '1' })),
      PEN,
    ]);
    expect(results.filter(({ fault }) => fault === 'unknown_product')).toHaveLength(250);
    expect(results.at(-1)?.got).toBe('1');
    expect(askedFor('/store-api/product')).toBe(3);
  });
});

describe('misleading answers', () => {
  it('R 213: errors that would only stop an order (payment-method-blocked) do not affect the transfer', async () => {
    const { store, cart } = await cartWith({}, ['SKU-PEN', '1']);
    shop.double.standingNotices = [
      {
        key: 'payment-method-blocked-Invoice',
        messageKey: 'payment-method-blocked',
        level: 10,
        block: true,
        message: 'Payment method Invoice not available',
        parameters: { name: 'Invoice' },
      },
    ];
    expect((await store.readCart(cart)).lines).toHaveLength(1);
    expect(await store.addLines(cart, [PEN])).toEqual([{ supplierPartId: 'SKU-PEN', requested: '1', got: '1' }]);
  });

  it.each([
    '{}',
    '[]',
    'null',
    '{"lineItems":null}',
    '{"lineItems":[{"id":"x"}]}',
    '{"lineItems":[{"id":"x","quantity":1,"price":{}}],"price":{"taxStatus":"net"}}',
    '{"lineItems":[]',
  ])('a cart that is %s is refused', async (body) => {
    const { cart } = await cartWith({}, ['SKU-PEN', '1']);
    const http = new UndiciHttp();
    const broken: OutboundHttp = async (request) => {
      const answer = await http.send(request);
      return request.url.endsWith('/checkout/cart') ? { ...answer, body } : answer;
    };
    await expect(shop.storeWith({ http: broken }).readCart(cart)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await http.close();
  });

  it('a limit on one article does not stop the others, and shows no secret', async () => {
    const { store, cart } = await cartWith({}, ['SKU-LAMP', '1']);
    shop.double.failure = { kind: 'limited', path: '/store-api/checkout/cart/line-item' };
    await expect(store.addLines(cart, [PEN])).rejects.toThrow(/limited by the shop for 10 s/);
    shop.double.failure = undefined;
    await expect(store.addLines(cart, [PEN])).rejects.toThrow(/another \d+ s/);
    expect(await store.addLines(cart, [{ supplierPartId: 'SKU-LAMP', quantity: '1' }])).toMatchObject([{ got: '1' }]);
  });

  it('P5: a shop that never answers blocks no longer than the operation may take', async () => {
    const { cart } = await cartWith({}, ['SKU-PEN', '1']);
    const impatient = [
      { requestMs: 200, operationMs: 10_000 },
      { requestMs: 10_000, operationMs: 200 },
    ].map((timeouts) => shop.storeWith({ timeouts }));
    shop.double.failure = { kind: 'slow', path: '' };
    for (const store of impatient) {
      const startedAt = performance.now();
      await expect(store.readCart(cart)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(performance.now() - startedAt).toBeLessThan(3000);
    }
  });

  it('R 221: parallel adds lose updates in the shop, which is why writeCart serialises them', async () => {
    const { store, cart } = await cartWith({}, ['SKU-PEN', '1']);
    shop.double.writeBarrier = 2;
    await Promise.all([store.addLines(cart, [PEN]), store.addLines(cart, [PEN])]);
    shop.double.writeBarrier = 1;
    expect((await store.readCart(cart)).lines[0]?.quantity).toBe('2');
  });
});
