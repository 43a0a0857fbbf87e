import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { UndiciHttp } from '../../src/adapters/outbound-http/undici-http.js';
import { tokenSeal } from '../../src/adapters/stores/exchange/sealed-token.js';
import type { ShopwareStoreOptions } from '../../src/adapters/stores/shopware/shopware-options.js';
import { ShopwareStore } from '../../src/adapters/stores/shopware/shopware-store.js';
import type { CartRef } from '../../src/domain/cart/cart.js';
import { cartTotal } from '../../src/domain/cart/cart-total.js';
import type { Connection } from '../../src/domain/access/connection.js';
import { cookieJar } from '../../src/http/browser/cookie-jar.js';
import { bodyBudget } from '../../src/http/body/body-budget.js';
import { bodyReader } from '../../src/http/body/read-body.js';
import { storeProxy } from '../../src/http/store-proxy/store-proxy.js';
import type { OutboundHttp } from '../../src/ports/outbound-http.js';
import { punchesOutToEveryItem } from '../contracts/index-punchouts.contract.js';
import { missingParts, type StoreUnderTest, storeContract, transmissionOf } from '../contracts/store.contract.js';
import { createLiveData, type LiveData, type LiveShop } from './shopware-data.js';

/*
 * The store contract on a living Shopware 6.6. Creates its own goods and customer and takes them away again:
 *   SHOPWARE_URL=... SHOPWARE_ACCESS_KEY=SWSC... SHOPWARE_CLIENT_ID=SWIA... SHOPWARE_CLIENT_SECRET=... \
 *   npm run live:shopware
 */
const shop: LiveShop = {
  baseUrl: env('SHOPWARE_URL').replace(/\/+$/, ''),
  accessKey: env('SHOPWARE_ACCESS_KEY'),
  clientId: env('SHOPWARE_CLIENT_ID'),
  clientSecret: env('SHOPWARE_CLIENT_SECRET'),
};
const SEALING_SECRET = 'a sealing secret for the live suite only';

/** A shop without opcache or with few workers takes its time when fifty carts come at once. */
const PATIENT = { requestMs: 60_000, operationMs: 120_000 };
const SEARCH_INDEX_MS = 20_000;
/** What an index lists of the goods that were made for the test. */
const GOODS = ['plain', 'other', 'stepped', 'scarce', 'capped', 'tiered', 'variant'] as const;

function storeFor(data: LiveData, http: OutboundHttp, options: Partial<ShopwareStoreOptions> = {}): ShopwareStore {
  return new ShopwareStore({
    baseUrl: shop.baseUrl,
    accessKey: shop.accessKey,
    admin: shop,
    salesChannelId: data.salesChannelId,
    customer: () => ({ customerNumber: data.customerNumber }),
    sealingSecret: SEALING_SECRET,
    http,
    timeouts: PATIENT,
    classificationFields: { UNSPSC: data.customField },
    ...options,
  });
}

async function open(session: 'switch-customer' | 'guest-clone', displayGross: boolean): Promise<StoreUnderTest> {
  const data = await createLiveData(shop, displayGross);
  const http = new UndiciHttp({ connectTimeoutMs: 5000, connectionsPerOrigin: 8 });
  let broken: (() => ReturnType<OutboundHttp>) | undefined;
  const store = storeFor(data, (request) => (broken === undefined ? http.send(request) : broken()), { session });
  const breakWith = (answer: () => ReturnType<OutboundHttp>) => () => {
    broken = answer;
    return () => void (broken = undefined);
  };
  const plain = data.sku('plain');
  const searchable = await untilFound(store, plain);
  const warmUp = await store.openCart(transmissionOf({ tenantId: 'live', connectionId: 'live' }));
  const own = warmUp.handle?.language;
  await store.deleteCart(warmUp);
  return {
    store,
    tenantId: 'live',
    connectionId: 'live',
    plain,
    other: data.sku('other'),
    plainLine: {
      quantity: '1',
      priceBasis: '1',
      unit: 'EA',
      description: 'Writes well.',
      manufacturerPartId: 'ACME-PEN-1',
      gtin: data.eanOfPlain,
      classifications: [{ domain: 'UNSPSC', code: '44121704' }],
      taxRate: '19',
      ...(data.unitPrice === undefined ? {} : { unitPrice: data.unitPrice, taxAmount: '0.19' }),
    },
    ...(data.hidesSoldOut ? {} : { soldOut: data.sku('soldOut') }),
    changed: [
      { supplierPartId: data.sku('stepped'), requested: '3', got: '2' },
      { supplierPartId: data.sku('stepped'), requested: '1', got: '2' },
      { supplierPartId: data.sku('scarce'), requested: '7', got: '5' },
      { supplierPartId: data.sku('capped'), requested: '7', got: '5' },
    ],
    unbuyable: data.refusesParent ? [data.sku('parent')] : [],
    ...(data.otherCurrency === undefined ? {} : { currency: { wish: data.otherCurrency, got: data.otherCurrency } }),
    languages: data.names
      .filter(({ tag }) => tag === own || data.names.length > 1)
      .map(({ tag, name }) => ({ wish: tag, tag: new RegExp(`^${tag}$`), name })),
    ...(searchable ? { searchWord: plain } : {}),
    template: data.customerNumber,
    breaks: {
      down: breakWith(() => Promise.reject(new Error('connect ECONNREFUSED'))),
      error: breakWith(() => Promise.resolve({ status: 500, headers: {}, body: '' })),
      garbage: breakWith(() => Promise.resolve({ status: 200, headers: {}, body: '<html>' })),
    },
    close: async () => {
      await data.remove();
      await http.close();
    },
  };
}

/** A search index of its own may come late, or not at all without a worker: then searching is not tried. */
async function untilFound(store: ShopwareStore, sku: string): Promise<boolean> {
  const giveUpAt = Date.now() + SEARCH_INDEX_MS;
  while (Date.now() < giveUpAt) {
    if ((await store.search(sku, 10)).some(({ supplierPartId }) => supplierPartId === sku)) return true;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  console.warn("the shop's search does not find new products: search is not tested");
  return false;
}

// One after the other: each takes its data away again, the currency too. Both have the same parts.
const net = await open('switch-customer', false);
const missing = missingParts(net);
storeContract('live Shopware, switch-customer, net', async () => net, missing);
storeContract('live Shopware, guest-clone, gross', () => open('guest-clone', true), missing);

describe.each([
  ['net prices', false],
  ['prices with tax', true],
])('live Shopware: every item of an index can be punched out to, for a customer with %s', (_, displayGross) =>
  punchesOutToEveryItem(async () => {
    const data = await createLiveData(shop, displayGross);
    const http = new UndiciHttp({ connectTimeoutMs: 5000 });
    const store = storeFor(data, http.send);
    const numbers = GOODS.map(data.sku);
    const buyer = transmissionOf({ tenantId: 'live', connectionId: 'live' });
    const { products } = await store.catalogueProducts(
      buyer,
      numbers.map((supplierPartId) => ({ supplierPartId })),
    );
    const ours = new Set<string | undefined>(products.flatMap((found) => [found?.line.sku, found?.line.productKey]));
    return {
      store,
      productPage: /^\/detail\/[0-9a-f]{32}$/,
      articles: GOODS.length,
      isTried: ({ id }) => ours.has(id),
      close: async () => {
        await data.remove();
        await http.close();
      },
    };
  }),
);

describe('live Shopware', () => {
  const http = new UndiciHttp({ connectTimeoutMs: 5000 });
  let data: LiveData;
  beforeAll(async () => {
    data = await createLiveData(shop, false);
  }, 300_000);
  afterAll(async () => {
    await data.remove();
    await http.close();
  }, 300_000);

  it('shopware.md 2.1: the token of a cart lets nobody set a price', async () => {
    const store = storeFor(data, http.send);
    const cart = await store.openCart(transmissionOf({ tenantId: 'live', connectionId: 'live' }));
    const token = tokenSeal(SEALING_SECRET, 'shopware').open(cart.handle?.token ?? '', cart.id);
    const [found] = await store.addLines(cart, [{ supplierPartId: data.sku('plain'), quantity: '1' }]);
    expect(found?.got).toBe('1');
    const { lines } = await store.readCart(cart);
    const id = lines[0]?.productKey;
    const body = JSON.stringify({
      items: [
        {
          id,
          referencedId: id,
          type: 'product',
          quantity: 1,
          priceDefinition: { price: 0.01, quantity: 1, type: 'quantity', taxRules: [{ taxRate: 19, percentage: 100 }] },
        },
      ],
    });
    const answer = await fetch(`${shop.baseUrl}/store-api/checkout/cart/line-item`, {
      method: 'POST',
      headers: { 'sw-access-key': shop.accessKey, 'sw-context-token': token, 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(403);
    expect((await store.readCart(cart)).lines).toEqual(lines);
    expect(await store.deleteCart(cart)).toBe('deleted');
    await expect(store.readCart(cart)).rejects.toThrow(/STORE_SESSION_LOST/);
  });

  it('the sales channel is that of the access key; a country that the shop delivers to can be chosen', async () => {
    const store = new ShopwareStore({
      baseUrl: shop.baseUrl,
      accessKey: shop.accessKey,
      admin: shop,
      customer: () => ({ customerNumber: data.customerNumber }),
      sealingSecret: SEALING_SECRET,
      http: http.send,
      timeouts: PATIENT,
    });
    const cart = await store.openCart(transmissionOf({ tenantId: 'live', connectionId: 'live' }));
    expect(await store.changeContext(cart, { site: data.salesChannelId })).toEqual({ ok: true, cart });
    expect(await store.changeContext(cart, { country: 'QQ' })).toEqual({ ok: false, unknown: 'country' });
    expect(await store.addLines(cart, [{ supplierPartId: data.sku('plain'), quantity: '1' }])).toMatchObject([
      { got: '1' },
    ]);
    await store.deleteCart(cart);
  });

  it('the guarded proxy: shopping passes, ordering does not, and the token stays here', async () => {
    const store = storeFor(data, http.send);
    const cart = await store.openCart(transmissionOf({ tenantId: 'live', connectionId: 'live' }));
    const token = tokenSeal(SEALING_SECRET, 'shopware').open(cart.handle?.token ?? '', cart.id);
    const front = await openFront(store, cart);
    const seen: string[] = [];
    const ask = async (
      method: string,
      path: string,
      body?: unknown,
    ): Promise<{ status: number; json: Record<string, unknown> }> => {
      const answer = await fetch(front.url + path, {
        method,
        headers: {
          cookie: 'connector.sid=1',
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      seen.push(`${method} ${path}: ${JSON.stringify(Object.fromEntries(answer.headers))} ${text}`);
      return { status: answer.status, json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
    };
    const linesOf = ({ json }: { json: Record<string, unknown> }): unknown =>
      (json['lineItems'] as { id: string; quantity: number }[]).map(({ id, quantity }) => [id, quantity]);
    try {
      const found = await ask('POST', '/store-api/product', {
        limit: 1,
        filter: [{ type: 'equals', field: 'productNumber', value: data.sku('plain') }],
      });
      const id = (found.json['elements'] as { id: string }[])[0]?.id ?? '';
      const line = { id, referencedId: id, type: 'product', quantity: 2 };
      expect(
        linesOf(
          await ask('POST', '/store-api/checkout/cart/line-item', {
            items: [{ ...line, label: 'free', payload: { x: 1 } }],
          }),
        ),
      ).toEqual([[id, 2]]);
      expect(
        linesOf(await ask('PATCH', '/store-api/checkout/cart/line-item', { items: [{ id, quantity: 3 }] })),
      ).toEqual([[id, 3]]);
      expect(linesOf(await ask('GET', '/store-api/checkout/cart'))).toEqual([[id, 3]]);
      expect((await store.readCart(cart)).lines).toMatchObject([{ sku: data.sku('plain'), quantity: '3' }]);
      expect((await ask('GET', '/store-api/context')).status).toBe(200);
      for (const path of [
        '/product/' + id,
        '/search',
        '/category',
        '/currency',
        '/language',
        '/country',
        '/salutation',
        '/shipping-method',
        '/seo-url',
        '/navigation/main-navigation/main-navigation',
      ])
        expect([
          path,
          (await ask('POST', `/store-api${path}`, path === '/search' ? { search: 'x' } : {})).status,
        ]).toEqual([path, 200]);
      expect(
        (
          await ask('POST', '/store-api/checkout/cart/line-item', {
            items: [{ ...line, priceDefinition: { price: 0.01, type: 'quantity' } }],
          })
        ).status,
      ).toBe(403);
      for (const path of [
        '/checkout/order',
        '/order',
        '/account/logout',
        '/account/customer',
        '/account/change-profile',
        '/handle-payment',
      ])
        expect([path, (await ask('POST', `/store-api${path}`, {})).status]).toEqual([path, 403]);
      expect(linesOf(await ask('POST', '/store-api/checkout/cart/line-item/delete', { ids: [id] }))).toEqual([]);
      expect((await ask('DELETE', '/store-api/checkout/cart')).status).toBe(204);
      expect(seen.filter((each) => each.includes(token) || each.includes(shop.accessKey))).toEqual([]);
    } finally {
      await front.close();
      await store.deleteCart(cart);
    }
  });

  it('cxml.md 7: tiers, a promotion and shipping: what the document says is what the shop says', async () => {
    const store = storeFor(data, http.send);
    const cart = await store.openCart(transmissionOf({ tenantId: 'live', connectionId: 'live' }));
    const token = tokenSeal(SEALING_SECRET, 'shopware').open(cart.handle?.token ?? '', cart.id);
    expect(
      await store.addLines(cart, [
        { supplierPartId: data.sku('plain'), quantity: '7' },
        { supplierPartId: data.sku('tiered'), quantity: '12' },
      ]),
    ).toMatchObject([{ got: '7' }, { got: '12' }]);
    const answer = await fetch(`${shop.baseUrl}/store-api/checkout/cart/line-item`, {
      method: 'POST',
      headers: {
        'sw-access-key': shop.accessKey,
        'sw-context-token': token,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: JSON.stringify({ items: [{ type: 'promotion', referencedId: data.promotionCode }] }),
    });
    const { price, deliveries } = (await answer.json()) as {
      price: { positionPrice: number; netPrice: number; calculatedTaxes: { tax: number }[] };
      deliveries: { shippingCosts: { totalPrice: number } }[];
    };
    const read = await store.readCart(cart);
    expect(read.lines.map(({ kind, sku, quantity }) => [kind, sku, quantity])).toEqual([
      ['product', data.sku('plain'), '7'],
      ['product', data.sku('tiered'), '12'],
      ['promotion', data.promotionCode, '1'],
    ]);
    expect(Number(read.lines[2]?.unitPrice)).toBeLessThan(0);
    expect(Number(cartTotal(read.lines, read.currency))).toBeCloseTo(price.positionPrice, 6);
    expect(Number(read.shipping?.amount ?? '0')).toBeCloseTo(
      deliveries.reduce((sum, { shippingCosts }) => sum + shippingCosts.totalPrice, 0),
      6,
    );
    expect(Number(cartTotal(read.lines, read.currency)) + Number(read.shipping?.amount ?? '0')).toBeCloseTo(
      price.netPrice,
      6,
    );
    expect(Number(read.tax?.amount)).toBeCloseTo(
      price.calculatedTaxes.reduce((sum, { tax }) => sum + tax, 0),
      6,
    );
    await store.deleteCart(cart);
  });

  it('R 205, R 206: a variant is bought under its own number', async () => {
    const store = storeFor(data, http.send);
    const buyer = transmissionOf({ tenantId: 'live', connectionId: 'live' });
    const cart = await store.openCart(buyer);
    const variant = { supplierPartId: data.sku('variant') };
    expect(await store.addLines(cart, [{ ...variant, quantity: '1' }])).toMatchObject([{ got: '1' }]);
    const [line] = (await store.readCart(cart)).lines;
    expect(line?.name).toMatch(/^Punchout parent .*\(Size .*: M, Colour .*: blue\)$/);
    // shopware.md 9.4: the catalogue names the options in the order of the cart.
    const [product] = (await store.catalogueProducts(buyer, [variant])).products;
    expect({ ...product?.line, lineId: '' }).toEqual({ ...line, lineId: '' });
    await store.deleteCart(cart);
  });
});

/** The proxy alone, with one session that is always live. */
async function openFront(store: ShopwareStore, cart: CartRef): Promise<{ url: string; close: () => Promise<void> }> {
  const transmission = { ...transmissionOf({ tenantId: 'live', connectionId: 'live' }), cart };
  const app = express();
  app.use(
    storeProxy(
      {
        watch() {},
        traceHeaders: () => ({}),
        policy: store.proxyPolicy({ allow: [] }),
        jar: cookieJar('http://127.0.0.1'),
        browser: {
          read: () => Promise.resolve(undefined),
          bind: () => Promise.resolve(),
          clear: () => Promise.resolve(),
        },
        sessions: {
          find: () => Promise.resolve(undefined),
          live: () => Promise.resolve({ transmission, connection: {} as Connection }),
          ended: () => Promise.resolve(false),
        },
        cors: () => Promise.resolve('go_on'),
        publicOrigin: 'http://127.0.0.1',
        frontendOrigins: () => Promise.resolve([]),
        cartOf: () => Promise.resolve(cart),
        contextMoved: () => Promise.resolve(),
        write: async (_session, act) => ({ ok: true, value: await act(cart) }),
        readBody: bodyReader(bodyBudget()),
        log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      },
      { silenceMs: 60_000, writeMs: 60_000 },
    ),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function env(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`set ${name}`);
  return value;
}
