import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ShopwareStoreOptions } from '../../../../src/adapters/stores/shopware/shopware-options.js';
import { UndiciHttp } from '../../../../src/adapters/outbound-http/undici-http.js';
import type { OutboundHttp } from '../../../../src/ports/outbound-http.js';
import { transmissionOf } from '../../../contracts/store.contract.js';
import { idOf, SALES_CHANNEL_ID } from './double/shop-data.js';
import { ACCESS_KEY } from './double/shopware-double.js';
import { type Changed, openShopware, SEALING_SECRET } from './open-shopware.js';

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

describe('context of a cart', () => {
  it('architecture.md decision 15: opened with our token and permissions, so that no price can be set', async () => {
    const store = shop.storeWith();
    for (let nth = 0; nth < 3; nth += 1) await store.openCart(transmission());
    const switches = shop.double.requests.filter(({ path }) => path === '/api/_proxy/switch-customer');
    expect(switches.map(({ body }) => body.permissions)).toEqual([['punchout'], ['punchout'], ['punchout']]);
    expect(new Set(switchedTokens()).size).toBe(3);
    for (const token of switchedTokens()) {
      expect(token).toMatch(/^[0-9a-f]{32}$/);
      const id = idOf('prod-pen');
      const answer = await rawStoreApi(token, '/checkout/cart/line-item', {
        items: [
          {
            id,
            referencedId: id,
            type: 'product',
            quantity: 1,
            priceDefinition: { price: 0.01, type: 'quantity', quantity: 1 },
          },
        ],
      });
      expect(answer.status).toBe(403);
    }
  });

  it('refuses a context whose permissions the shop did not keep', async () => {
    const http = new UndiciHttp();
    const forgetful: OutboundHttp = (request) =>
      http.send({
        ...request,
        ...(request.body === undefined ? {} : { body: request.body.replace('["punchout"]', '[]') }),
      });
    await expect(shop.storeWith({ http: forgetful }).openCart(transmission())).rejects.toThrow(/permissions/);
    await http.close();
  });

  it('the token is in the cart only sealed, under our secret and for this cart', async () => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmission());
    const [token = ''] = switchedTokens();
    expect(token).toHaveLength(32);
    expect(JSON.stringify(cart)).not.toContain(token);
    const unreadable: [string, () => Promise<unknown>][] = [
      [
        'another secret',
        () => shop.storeWith({ sealingSecret: 'another secret of thirty-two characters.' }).readCart(cart),
      ],
      ['another cart', () => store.readCart({ ...cart, id: 'acme.other' })],
      [
        'a changed byte',
        () => store.readCart({ ...cart, handle: { ...cart.handle, token: `${cart.handle?.token?.slice(0, -2)}AA` } }),
      ],
      ['nothing', () => store.readCart({ store: 'shopware', id: cart.id })],
    ];
    for (const [, read] of unreadable) await expect(read()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(() => shop.storeWith({ sealingSecret: 'short' })).toThrow(RangeError);
  });

  it('shopware.md 2.1: a lost context is reported as a lost session, never as an empty cart', async () => {
    const { store, cart } = await cartWith({}, ['SKU-PEN', '2']);
    shop.double.expireContexts();
    for (const act of [
      () => store.readCart(cart),
      () => store.addLines(cart, [PEN]),
      () => store.changeLine(cart, idOf('prod-pen'), '3'),
      () => store.removeLine(cart, idOf('prod-pen')),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'STORE_SESSION_LOST' });
    }
    expect(await store.deleteCart(cart, 'any')).toBe('deleted');
  });

  it('R 070: so is one whose customer was logged out, though its token is still echoed', async () => {
    const { store, cart } = await cartWith({}, ['SKU-PEN', '2']);
    await rawStoreApi(switchedTokens()[0] ?? '', '/account/logout', {});
    for (const act of [
      () => store.readCart(cart),
      () => store.addLines(cart, [PEN]),
      () => store.changeLine(cart, idOf('prod-pen'), '3'),
    ])
      await expect(act()).rejects.toThrow(/STORE_SESSION_LOST/);
  });

  it('ends with its cart, and no other context does', async () => {
    const { store, cart } = await cartWith({}, ['SKU-PEN', '2']);
    const other = await store.openCart(transmission());
    await store.deleteCart(cart);
    await expect(store.readCart(cart)).rejects.toThrow(/STORE_SESSION_LOST/);
    expect((await store.readCart(other)).lines).toEqual([]);
  });

  it('finds the customer by e-mail too; a missing or ambiguous customer is a fault that says so', async () => {
    await shop.storeWith({ customer: () => ({ email: 'buyer@acme.test' }) }).openCart(transmission());
    await expect(
      shop.storeWith({ customer: () => ({ email: 'twin@acme.test' }) }).openCart(transmission()),
    ).rejects.toThrow(/several customers/);
    await expect(
      shop.storeWith({ customer: () => ({ customerNumber: 'C-9' }) }).openCart(transmission()),
    ).rejects.toThrow(/no active customer/);
  });

  it('a secret that is no longer the newest still opens carts', async () => {
    const { cart } = await cartWith({}, ['SKU-PEN', '2']);
    const rotated = shop.storeWith({
      sealingSecret: ['a newer sealing secret of thirty-two characters', SEALING_SECRET],
    });
    expect((await rotated.readCart(cart)).lines).toHaveLength(1);
  });

  it('asks the shop once for the sales channel of the access key', async () => {
    const store = shop.storeWith({ salesChannelId: undefined });
    await store.openCart(transmission());
    await store.openCart(transmission());
    const channels = shop.double.requests
      .filter(({ path }) => path === '/api/_proxy/switch-customer')
      .map(({ body }) => body.salesChannelId);
    expect(channels).toEqual([SALES_CHANNEL_ID, SALES_CHANNEL_ID]);
    expect(
      shop.double.requests.filter(
        ({ path, headers }) => path === '/store-api/context' && headers['sw-context-token'] === undefined,
      ),
    ).toHaveLength(1);
  });

  it('each customer may have a different kind of session', async () => {
    const before = shop.double.customers.length;
    const store = shop.storeWith({
      customer: ({ connectionId }) => ({
        customerNumber: 'C-1001',
        session: connectionId === 'acme-cxml' ? 'guest-clone' : 'switch-customer',
      }),
    });
    const cart = await store.openCart(transmission());
    await store.openCart({ ...transmission(), connectionId: 'other' });
    expect(shop.double.customers).toHaveLength(before + 1);
    await store.deleteCart(cart);
    expect(shop.double.customers).toHaveLength(before);
  });

  it('needs an integration unless it logs in', () => {
    expect(() => shop.storeWith({ admin: undefined })).toThrow(TypeError);
  });
});

describe('language of a context', () => {
  const patches = (): unknown[] =>
    shop.double.requests
      .filter(({ method, path }) => method === 'PATCH' && path === '/store-api/context')
      .map(({ body }) => body);

  it('is that of the call-up, for all frontend calls through the proxy', async () => {
    await shop.storeWith().openCart(transmission({ language: 'de', currency: 'CHF' }));
    expect(patches()).toEqual([{ currencyId: idOf('curr-chf'), languageId: idOf('lang-de') }]);
    const context = await fetch(`${shop.baseUrl}/store-api/context`, {
      headers: { 'sw-access-key': ACCESS_KEY, 'sw-context-token': switchedTokens()[0] ?? '' },
    });
    expect(((await context.json()) as { context: { languageIdChain: string[] } }).context.languageIdChain[0]).toBe(
      idOf('lang-de'),
    );
  });

  it('a shop that refuses it still opens the cart, in the requested currency', async () => {
    const http = new UndiciHttp();
    const stubborn: OutboundHttp = async (request) =>
      request.method === 'PATCH' && request.body?.includes('languageId') === true
        ? { status: 400, headers: {}, body: '{"errors":[{"code":"VIOLATION::ENTITY_DOES_NOT_EXISTS"}]}' }
        : http.send(request);
    const store = shop.storeWith({ http: stubborn });
    const cart = await store.openCart(transmission({ language: 'de', currency: 'CHF' }));
    expect(patches()).toEqual([{ currencyId: idOf('curr-chf') }]);
    expect(await store.readCart(cart)).toMatchObject({ currency: 'CHF', language: 'de-DE' });
    await http.close();
  });
});

describe('changeContext', () => {
  it('moves a live cart to another currency and language; permissions and lines stay', async () => {
    const { store, cart } = await cartWith({}, ['SKU-PEN', '2']);
    const changed = await store.changeContext(cart, { currency: 'CHF', language: 'de' });
    if (!changed.ok) throw new Error(changed.unknown);
    const read = await store.readCart(changed.cart);
    expect([read.currency, read.language, read.lines[0]?.name, read.lines[0]?.unitPrice]).toEqual([
      'CHF',
      'de-DE',
      'Kugelschreiber, blau',
      '0.5',
    ]);
    expect(changed.cart.id).toBe(cart.id);
    const answer = await rawStoreApi(switchedTokens()[0] ?? '', '/checkout/cart/line-item', {
      items: [
        {
          id: idOf('prod-pen'),
          referencedId: idOf('prod-pen'),
          type: 'product',
          quantity: 1,
          priceDefinition: { price: 0.01 },
        },
      ],
    });
    expect(answer.status).toBe(403);
  });

  it.each([
    [{ currency: 'XXX', language: 'de' }, 'currency'],
    [{ currency: 'CHF', language: 'tlh' }, 'language'],
    [{ currency: 'CHF', site: 'other' }, 'site'],
    [{ currency: 'CHF', country: 'XX' }, 'country'],
    [{ currency: 'CHF', country: 'AT' }, 'country'],
  ])('changes nothing where %j is impossible', async (wish, unknown) => {
    const { store, cart } = await cartWith({}, ['SKU-PEN', '2']);
    expect(await store.changeContext(cart, wish)).toEqual({ ok: false, unknown });
    expect((await store.readCart(cart)).currency).toBe('EUR');
  });

  it('accepts the country that the cart is delivered to anyway', async () => {
    const { store, cart } = await cartWith({}, ['SKU-PEN', '2']);
    expect(await store.changeContext(cart, { country: 'DE' })).toEqual({ ok: true, cart });
  });

  it('reports a lost context', async () => {
    const { store, cart } = await cartWith({}, ['SKU-PEN', '2']);
    shop.double.expireContexts();
    await expect(store.changeContext(cart, { currency: 'CHF' })).rejects.toThrow(/STORE_SESSION_LOST/);
  });
});

describe('guest-clone', () => {
  it("creates a guest for each cart, with the customer's prices, and removes the guest with the cart", async () => {
    const before = shop.double.customers.length;
    const { store, cart } = await cartWith({ session: 'guest-clone' }, ['SKU-PEN', '2']);
    expect(shop.double.customers).toHaveLength(before + 1);
    expect(shop.double.customers.at(-1)).toMatchObject({ guest: true, taxState: 'net', email: 'buyer@acme.test' });
    expect((await store.readCart(cart)).lines[0]?.unitPrice).toBe('1');
    await store.deleteCart(cart);
    expect(shop.double.customers).toHaveLength(before);
    expect(await store.deleteCart(cart)).toBe('deleted');
  });

  it('leaves no guest behind when the switch fails', async () => {
    const before = shop.double.customers.length;
    shop.double.failure = { kind: 'error', path: '/api/_proxy' };
    await expect(shop.storeWith({ session: 'guest-clone' }).openCart(transmission())).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(shop.double.customers).toHaveLength(before);
  });

  it.each(['error', 'down', 'slow'] as const)(
    'nor when the currency of a new context cannot be set (%s), even without time left',
    async (kind) => {
      const before = shop.double.customers.length;
      const store = shop.storeWith({ session: 'guest-clone', timeouts: { operationMs: 500 } });
      await store.deleteCart(await store.openCart(transmission()));
      shop.double.failure = { kind, path: '/store-api/context' };
      await expect(store.openCart(transmission({ currency: 'CHF' }))).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
      });
      expect(shop.double.customers).toHaveLength(before);
    },
  );

  it('nor when the shop created the guest but its answer was lost', async () => {
    const before = shop.double.customers.length;
    const http = new UndiciHttp();
    const deaf: OutboundHttp = async (request) => {
      const answer = await http.send(request);
      if (request.method === 'POST' && request.url.endsWith('/api/customer')) throw new Error('socket hang up');
      return answer;
    };
    await expect(shop.storeWith({ session: 'guest-clone', http: deaf }).openCart(transmission())).rejects.toMatchObject(
      { code: 'STORE_UNAVAILABLE' },
    );
    expect(shop.double.requests.filter(({ path }) => path === '/api/customer')).toHaveLength(1);
    expect(shop.double.customers).toHaveLength(before);
    await http.close();
  });
});

describe('login', () => {
  const login = (password: string): Changed<ShopwareStoreOptions> => ({
    session: 'login',
    admin: undefined,
    customer: () => ({ email: 'gross@acme.test', password }),
  });

  it('starts with an empty cart, although the customer left one behind', async () => {
    const { cart, store } = await cartWith(login('throwaway-password'), ['SKU-PEN', '2']);
    expect((await store.readCart(cart)).lines).toHaveLength(1);
    expect((await store.readCart(await store.openCart(transmission()))).lines).toEqual([]);
  });

  it('R 110: a throttled login is not tried before the time named by the shop, then tried again', async () => {
    let clockMs = 0;
    const wrong = shop.storeWith({ ...login('wrong'), now: () => clockMs });
    for (let nth = 0; nth < 10; nth += 1)
      await expect(wrong.openCart(transmission())).rejects.toThrow(/401 CHECKOUT__CUSTOMER_AUTH_BAD_CREDENTIALS/);
    await expect(wrong.openCart(transmission())).rejects.toThrow(/limited by the shop for 10 s/);
    const asked = askedFor('/store-api/account/login');
    clockMs = 9_000;
    await expect(wrong.openCart(transmission())).rejects.toThrow(/another 1 s/);
    expect(askedFor('/store-api/account/login')).toBe(asked);
    clockMs = 10_001;
    await expect(wrong.openCart(transmission())).rejects.toThrow(/limited/);
    expect(askedFor('/store-api/account/login')).toBe(asked + 1);
  });
});

describe('Admin API token', () => {
  it('is fetched once for all waiting callers, and kept until shortly before it expires', async () => {
    let clockMs = 0;
    const store = shop.storeWith({ now: () => clockMs });
    await Promise.all(Array.from({ length: 10 }, () => store.openCart(transmission())));
    expect(askedFor('/api/oauth/token')).toBe(1);
    clockMs = 539_000;
    await store.openCart(transmission());
    expect(askedFor('/api/oauth/token')).toBe(1);
    clockMs = 541_000;
    await store.openCart(transmission());
    expect(askedFor('/api/oauth/token')).toBe(2);
  });

  it('is fetched once more when the shop refuses it', async () => {
    const store = shop.storeWith();
    await store.openCart(transmission());
    shop.double.forgetAdminTokens();
    await store.openCart(transmission());
    expect(askedFor('/api/oauth/token')).toBe(2);
    await expect(
      shop.storeWith({ admin: { clientId: 'SWIADOUBLE', clientSecret: 'hunter2' } }).openCart(transmission()),
    ).rejects.toThrow(/^(?!.*hunter2).*oauth\/token answered 401/);
  });
});
