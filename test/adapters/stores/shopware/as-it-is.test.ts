import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CartRef } from '../../../../src/domain/cart/cart.js';
import { transmissionOf } from '../../../contracts/store.contract.js';
import { CUSTOMERS, FRANC_ID, idOf } from './double/shop-data.js';
import { openShopware } from './open-shopware.js';

let shop: Awaited<ReturnType<typeof openShopware>>;
beforeEach(async () => {
  shop = await openShopware();
});
afterEach(() => shop.close());

const HOUR = 3_600_000;
const transmission = (request = {}): ReturnType<typeof transmissionOf> =>
  transmissionOf({ tenantId: 'acme', connectionId: 'acme-cxml' }, request);
const pen = (quantity = '1') => ({ supplierPartId: 'SKU-PEN', quantity });
/** The calls of `act`, in order. */
async function calls(act: () => Promise<unknown>): Promise<string[]> {
  const before = shop.double.requests.length;
  await act();
  return shop.double.requests.slice(before).map(({ method, path }) => `${method} ${path.replace('/store-api', '')}`);
}

describe('shopware.md 8.1: a context expires 24 h after its last write', () => {
  let clockMs = 1_000_000;
  const store = () => shop.storeWith({ now: () => clockMs });
  beforeEach(() => {
    clockMs = 1_000_000;
    shop.double.now = () => clockMs;
  });

  it('the Shopware double drops it too, even if the cart is read and written often', async () => {
    const first = store();
    const cart = await first.openCart(transmission());
    clockMs += 24 * HOUR - 600_000;
    const token = String(
      shop.double.requests.find(({ path }) => path === '/api/_proxy/switch-customer')?.headers['sw-context-token'],
    );
    const ask = async (): Promise<string | null> =>
      (
        await fetch(`${shop.baseUrl}/store-api/checkout/cart`, {
          headers: { 'sw-access-key': 'SWSCDOUBLE', 'sw-context-token': token },
        })
      ).headers.get('sw-context-token');
    expect(await ask()).toBe(token);
    clockMs += 700_000;
    expect(await ask()).not.toBe(token);
    await expect(first.readCart(cart)).rejects.toMatchObject({ code: 'STORE_SESSION_LOST' });
  });

  it.each([
    ['read', (ref: CartRef) => store().readCart(ref)],
    ['write', (ref: CartRef) => store().addLines(ref, [pen()])],
    ['look of a frontend', (ref: CartRef) => store().keepCart(ref)],
  ])('a session with a %s every few hours survives three days', async (_, act) => {
    const cart = await store().openCart(transmission());
    for (let hours = 0; hours < 72; hours += 6) {
      clockMs += 6 * HOUR;
      await act(cart);
    }
    expect((await store().readCart(cart)).currency).toBe('EUR');
  });

  it('the renewal writes the current value, once in four hours, and tries again after a refusal', async () => {
    const one = store();
    const cart = await one.openCart(transmission({ currency: 'CHF' }));
    expect(await calls(() => one.keepCart(cart))).toEqual([]);
    clockMs += 5 * HOUR;
    expect(await calls(() => Promise.all([one.keepCart(cart), one.keepCart(cart)]))).toEqual([
      'GET /context',
      'PATCH /context',
    ]);
    expect(shop.double.requests.at(-1)?.body).toEqual({ currencyId: FRANC_ID });
    clockMs += 5 * HOUR;
    shop.double.failure = { kind: 'error', path: '/store-api/context' };
    await one.keepCart(cart);
    shop.double.failure = undefined;
    expect(await calls(() => one.keepCart(cart))).toEqual(['GET /context', 'PATCH /context']);
  });
});

describe('calls to the shop', () => {
  it('login: one call for a known shop, two where currency or language differs', async () => {
    const store = shop.storeWith();
    await store.openCart(transmission());
    expect(await calls(() => store.openCart(transmission()))).toEqual(['PATCH /api/_proxy/switch-customer']);
    expect(await calls(() => store.openCart(transmission({ language: 'de', currency: 'CHF' })))).toEqual([
      'PATCH /api/_proxy/switch-customer',
      'PATCH /context',
    ]);
  });

  it.each([
    ['by number', {}],
    ['by our key', { auxiliaryId: idOf('prod-pen') }],
  ])('edit and VALIDATE: four calls, %s, with new articles', async (_, key) => {
    const store = shop.storeWith();
    await store.openCart(transmission());
    const steps = await calls(async () => {
      const cart = await store.openCart(transmission());
      await store.addLines(cart, [{ ...pen('3'), ...key }], { untouched: true });
      expect((await store.readCart(cart, { untouched: true })).lines).toMatchObject([
        { sku: 'SKU-PEN', quantity: '3', manufacturerPartId: 'ACME-PEN-1' },
      ]);
    });
    expect(steps).toEqual([
      'PATCH /api/_proxy/switch-customer',
      'POST /product',
      'POST /checkout/cart/line-item',
      'GET /context',
    ]);
  });

  it('BACKGROUND_SEARCH: the hits are not requested again', async () => {
    const store = shop.storeWith();
    await store.openCart(transmission());
    const steps = await calls(async () => {
      const cart = await store.openCart(transmission({ language: 'en' }));
      const hits = await store.search('pen', 10, { language: 'en' });
      await store.addLines(
        cart,
        hits.map((hit) => ({ ...hit, quantity: '1' })),
        { untouched: true },
      );
      expect((await store.readCart(cart, { untouched: true })).lines).toHaveLength(1);
    });
    expect(steps).toEqual([
      'PATCH /api/_proxy/switch-customer',
      'POST /search',
      'POST /checkout/cart/line-item',
      'GET /context',
    ]);
  });

  it('transfer: two calls, cart and context', async () => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmission());
    await store.addLines(cart, [pen()]);
    expect(await calls(() => store.readCart(cart))).toEqual(['GET /checkout/cart', 'GET /context']);
  });

  it('a cart that another client may have changed is read again', async () => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmission());
    await store.addLines(cart, [pen('2')], { untouched: true });
    await shop.storeWith().addLines(cart, [pen('5')]);
    expect((await store.readCart(cart)).lines[0]?.quantity).toBe('7');
    expect(await store.addLines(cart, [pen('1')])).toMatchObject([{ got: '1' }]);
  });

  it('shopware.md 8.2: a session leaves one row in the shop, none with invalidateSessionOnLogOut', async () => {
    const store = shop.storeWith();
    for (const [invalidates, rows] of [
      [false, 1],
      [true, 1],
    ] as const) {
      shop.double.invalidateSessionOnLogOut = invalidates;
      await store.deleteCart(await store.openCart(transmission()));
      expect(shop.double.contextRows).toBe(rows);
    }
  });
});

describe('shopware.md 8.10: what identifies a product', () => {
  it('the product id, since frontends choose the ids of lines', async () => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmission());
    const token = String(
      shop.double.requests.find(({ path }) => path === '/api/_proxy/switch-customer')?.headers['sw-context-token'],
    );
    const items = [
      { id: 'engraved-for-anna', referencedId: idOf('prod-pen'), type: 'product', quantity: 2 },
      { id: idOf('prod-lamp'), referencedId: idOf('prod-lamp'), type: 'product', quantity: 1 },
    ];
    await fetch(`${shop.baseUrl}/store-api/checkout/cart/line-item`, {
      method: 'POST',
      headers: { 'sw-access-key': 'SWSCDOUBLE', 'sw-context-token': token, 'content-type': 'application/json' },
      body: JSON.stringify({ items }),
    });
    const { lines } = await store.readCart(cart);
    expect(lines.map(({ lineId, auxiliaryId }) => [lineId, auxiliaryId])).toEqual([
      ['engraved-for-anna', idOf('prod-pen')],
      [idOf('prod-lamp'), idOf('prod-lamp')],
    ]);
    const edited = await store.openCart(transmission());
    expect(
      await store.addLines(
        edited,
        lines.map(({ auxiliaryId, quantity }) => ({ supplierPartId: 'RENAMED', auxiliaryId, quantity })),
      ),
    ).toMatchObject([{ got: '2' }, { got: '1' }]);
  });

  it.each([
    ["a line's id of a cart that was sent before", { supplierPartId: 'SKU-PEN', auxiliaryId: 'engraved-for-anna' }],
    ["OCI's PRODUCTID, our EXT_PRODUCT_ID", { supplierPartId: idOf('prod-pen') }],
  ])('%s still finds its product', async (_, item) => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmission());
    expect(await store.addLines(cart, [{ ...item, quantity: '2' }])).toEqual([
      { supplierPartId: 'SKU-PEN', requested: '2', got: '2' },
    ]);
    expect(await store.productPath(item)).toBe(`/detail/${idOf('prod-pen')}`);
  });
});

describe('shopware.md 8.6: a guest has all data that prices may depend on', () => {
  const TEMPLATE = {
    ...CUSTOMERS[0],
    title: 'Dr.',
    affiliateCode: 'AFF-1',
    campaignCode: 'CAMP-1',
    birthday: '1980-02-29T00:00:00.000+00:00',
    firstLogin: '2024-01-01T00:00:00.000+00:00',
    customFields: { punchout_discount: 12.5, punchout_partner: true, punchout_tier: 'gold', punchout_levels: [1, 2] },
  };
  it.each(['guest-clone', "a middleware's clone"])('%s', async (kind) => {
    Object.assign(shop.double.customers[0] ?? {}, TEMPLATE);
    const store = shop.storeWith(kind === 'guest-clone' ? { session: 'guest-clone' } : {});
    if (kind === 'guest-clone') await store.openCart(transmission());
    else await store.customers?.clone('C-1001', transmission(), 'buyer');
    const sent = shop.double.requests.findLast(
      ({ method, path }) => method === 'POST' && path === '/api/customer',
    )?.body;
    const { title, affiliateCode, campaignCode, birthday, firstLogin, customFields, vatIds, tagIds } = TEMPLATE;
    expect(sent).toMatchObject({
      title,
      affiliateCode,
      campaignCode,
      birthday,
      firstLogin,
      customFields,
      vatIds,
      tags: tagIds?.map((id) => ({ id })),
      guest: true,
    });
  });
});

describe('shopware.md 8.5: discount codes', () => {
  it.each([
    ['TEN', true],
    ['ten', false],
    ['OVER', false],
  ])('%s is redeemed: %s', async (code, expected) => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmission());
    await store.addLines(cart, [pen('10')]);
    expect(await store.redeemCode(cart, code)).toBe(expected);
    expect((await store.readCart(cart)).lines.map(({ discountCode }) => discountCode)).toEqual(
      expected ? [undefined, code] : [undefined],
    );
  });

  it('a promotion on shipping costs is a line of price 0 with its code; its saving is in the shipping', async () => {
    shop.double.shipping = { net: 4.2, gross: 5 };
    const store = shop.storeWith();
    const cart = await store.openCart(transmission());
    await store.addLines(cart, [pen('10')]);
    expect(await store.redeemCode(cart, 'FREIGHT')).toBe(true);
    const read = await store.readCart(cart);
    expect([read.lines.at(-1), read.shipping]).toMatchObject([
      { kind: 'promotion', unitPrice: expect.stringMatching(/^-?0(\.0+)?$/), discountCode: 'FREIGHT' },
      undefined,
    ]);
  });
});

describe('texts that the shop does not have in the language of the cart', () => {
  const read = async (...skus: string[]) => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmission({ language: 'de' }));
    await store.addLines(
      cart,
      skus.map((supplierPartId) => ({ supplierPartId, quantity: '1' })),
    );
    const { language, lines } = await store.readCart(cart);
    return [language, ...lines.map(({ name, textLanguages }) => [name, textLanguages])];
  };

  it.each([
    ['a description alone', ['SKU-PEN'], ['de-DE', ['Kugelschreiber, blau', { description: 'en-GB' }]]],
    [
      'name and description of one line among others',
      ['SKU-LAMP', 'SKU-BOLT'],
      ['de-DE', ['Lampe', undefined], ['Bolt', { name: 'en-GB', description: 'en-GB' }]],
    ],
    ['all of them: the cart is in that language', ['SKU-BOLT'], ['en-GB', ['Bolt', undefined]]],
    [
      "a variant's name is its parent's, in the same language",
      ['SKU-SHIRT.M'],
      ['de-DE', ['Hemd (Size: M)', undefined]],
    ],
  ])('%s', async (_, skus, expected) => {
    expect(await read(...skus)).toEqual(expected);
  });
});
