import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FRANC_ID, GERMAN_ID, idOf as productIdOf } from '../../adapters/stores/shopware/double/shop-data.js';
import { ACCESS_KEY } from '../../adapters/stores/shopware/double/shopware-double.js';
import type { Transmission } from '../../../src/domain/transmission/transmission.js';
import { SESSION } from '../../support/call-ups.js';
import { type Answer, JSON_WANTED, type WebClient } from '../../support/web-client.js';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from './running-proxy.js';

const PEN = productIdOf('prod-pen');
const CART = '/store-api/checkout/cart';

export function call(
  client: WebClient,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return client.send(path, {
    method,
    headers: { ...JSON_SENT, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

describe.each([
  ['/', ''],
  ['a prefix', '/einkauf/b2b'],
])('store proxy, mounted at %s', (_, prefix) => {
  let shop: ProxiedShop;
  beforeAll(async () => {
    shop = await startProxiedShop({ prefix });
  }, 120_000);
  afterAll(() => shop.close());
  const tokensGiven = (): string[] =>
    shop.double.requests
      .filter(({ path }) => path === '/api/_proxy/switch-customer')
      .map(({ headers }) => String(headers['sw-context-token']));
  const seen = (path: string): typeof shop.double.requests =>
    shop.double.requests.filter((request) => request.path.split('?')[0] === path);

  it('a buyer shops through it, and the added items are in the transferred cart', async () => {
    const { client } = await shop.shopping();
    const added = await call(client, 'POST', `${CART}/line-item`, {
      items: [
        { id: PEN, referencedId: PEN, type: 'product', quantity: 3, payload: { productNumber: 'X' }, label: 'free' },
      ],
    });
    expect([added.status, added.json().lineItems.length]).toEqual([200, 1]);
    expect(seen(`${CART}/line-item`).at(-1)?.body).toEqual({
      items: [{ id: PEN, referencedId: PEN, type: 'product', quantity: 3 }],
    });
    await call(client, 'PATCH', `${CART}/line-item`, { items: [{ id: PEN, quantity: 2 }] });
    expect((await call(client, 'GET', CART)).json().lineItems[0].quantity).toBe(2);
    expect((await call(client, 'POST', '/store-api/product', { limit: 2 })).json().elements).toHaveLength(2);
    const transferred = await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    expect(transferred.status).toBe(200);
    expect(decodeURIComponent(transferred.json().fields[0].value)).toContain(
      '<SupplierPartID>SKU-PEN</SupplierPartID>',
    );
  });

  it('architecture.md decision 15: the browser never sees the token and cannot send its own', async () => {
    const { client } = await shop.shopping();
    const token = tokensGiven().at(-1) ?? '';
    expect(token).toHaveLength(32);
    for (const [method, path, body] of [
      ['GET', '/store-api/context'],
      ['GET', CART],
      ['POST', `${CART}/line-item`, { items: [{ id: PEN, referencedId: PEN, quantity: 1 }] }],
      ['PATCH', '/store-api/context', {}],
    ] as const) {
      const answer = await call(client, method, path, body, {
        'sw-context-token': 'garbage',
        'sw-access-key': 'other',
      });
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.headers) + answer.text).not.toContain(token);
      expect(JSON.stringify(answer.headers) + answer.text).not.toContain(ACCESS_KEY);
      expect(answer.headers['sw-context-token']).toBeUndefined();
      const last = shop.double.requests.findLast((request) => request.path.startsWith('/store-api'));
      expect(last?.headers).toMatchObject({ 'sw-context-token': token, 'sw-access-key': ACCESS_KEY });
      expect(last?.headers.cookie).toBeUndefined();
    }
    expect((await call(client, 'GET', '/store-api/context')).json().token).toMatch(/^[0-9a-f]{32}$/);
    expect(shop.logged.join('\n')).not.toContain(token);
  });

  it('session context: a change of currency and language in the shop is followed', async () => {
    const { client, transmissionId } = await shop.shopping();
    await call(client, 'POST', `${CART}/line-item`, { items: [{ id: PEN, referencedId: PEN, quantity: 1 }] });
    const { context, directory } = shop.connector;
    const [site] = await directory.sites.list('demo');
    const transmission = { tenantId: 'demo', transmissionId } as Transmission;
    expect(await context.read({ transmission })).toMatchObject({
      version: 1,
      fields: { currency: 'EUR', siteCode: site?.siteCode },
    });
    const changed: unknown[] = [];
    const off = shop.connector.on(
      'context-changed',
      ({ context: { fields, version } }) => void changed.push([fields.currency, fields.language, version]),
    );
    expect(
      (await call(client, 'PATCH', '/store-api/context', { currencyId: FRANC_ID, languageId: GERMAN_ID })).status,
    ).toBe(200);
    off();
    expect(await context.read({ transmission })).toMatchObject({
      version: 2,
      fields: { currency: 'CHF', language: 'de-DE' },
    });
    expect(changed).toEqual([['CHF', 'de-DE', 2]]);
    await call(client, 'PATCH', '/store-api/context', { currencyId: FRANC_ID });
    expect(await context.read({ transmission })).toMatchObject({ version: 2 });
    const transferred = await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    const document = decodeURIComponent(transferred.json().fields[0].value);
    expect(document).toContain('<Money currency="CHF">');
    expect(document).toContain('Kugelschreiber, blau');
  });

  it('a price, another type of line, another payment method: refused before the shop gets it', async () => {
    const { client } = await shop.shopping();
    const asked = shop.double.requests.length;
    const line = { id: PEN, referencedId: PEN, type: 'product', quantity: 1 };
    const bodies = [
      { items: [{ ...line, priceDefinition: { price: 0.01, type: 'quantity' } }] },
      { items: [{ ...line, price: { unitPrice: 0.01 } }] },
      { items: [{ ...line, type: 'custom' }] },
      { items: [{ ...line, type: 'credit' }] },
      { items: [{ ...line, children: [{ type: 'custom' }] }] },
      { items: [{ ...line, quantity: { toString: 1 } }] },
      { items: { 0: { ...line, priceDefinition: {} } } },
      [line],
      'text',
    ];
    for (const method of ['POST', 'PATCH']) {
      for (const body of bodies) {
        const answer = await call(client, method, `${CART}/line-item`, body);
        expect([answer.status, answer.json().error.code]).toEqual([403, 'ROUTE_BLOCKED']);
        expect(answer.json().error.reason).not.toBe('');
      }
    }
    const doubled = await client.send(`${CART}/line-item`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `items[0][id]=${PEN}&items[0][priceDefinition][price]=0.01`,
    });
    expect(doubled.status).toBe(403);
    for (const body of [
      { paymentMethodId: PEN },
      { shippingAddressId: PEN },
      { currencyId: PEN, billingAddressId: PEN },
    ])
      expect((await call(client, 'PATCH', '/store-api/context', body)).status).toBe(403);
    expect(shop.double.requests).toHaveLength(asked);
  });

  it('an inspect session is read-only', async () => {
    const { client } = await shop.shopping({ operation: 'inspect', items: [{ sku: 'SKU-PEN', quantity: '2' }] });
    expect((await call(client, 'GET', CART)).json().lineItems).toHaveLength(1);
    for (const [method, path, body] of [
      ['POST', `${CART}/line-item`, { items: [{ id: PEN, referencedId: PEN, quantity: 1 }] }],
      ['PATCH', `${CART}/line-item`, { items: [{ id: PEN, quantity: 9 }] }],
      ['POST', `${CART}/line-item/delete`, { ids: [PEN] }],
      ['DELETE', `${CART}/line-item?ids[]=${PEN}`],
      ['DELETE', CART],
      ['PATCH', '/store-api/context', {}],
    ] as const) {
      const answer = await call(client, method, path, body);
      expect([answer.status, answer.json().error.code]).toEqual([403, 'READ_ONLY_SESSION']);
    }
    expect((await call(client, 'GET', CART)).json().lineItems[0].quantity).toBe(2);
  });

  it('after the transfer writes are refused, and the browser is an ordinary visitor again', async () => {
    const { client } = await shop.shopping();
    await call(client, 'POST', `${CART}/line-item`, { items: [{ id: PEN, referencedId: PEN, quantity: 1 }] });
    const before = new Map(client.cookies);
    await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    const writes = (): number => seen(`${CART}/line-item`).length;
    const count = writes();
    for (const [name, value] of before) client.cookies.set(name, value);
    for (const path of [`${CART}/line-item`, '/store-api/checkout/order']) {
      client.cookies.set('connector.sid', before.get('connector.sid') ?? '');
      const late = await call(client, 'POST', path, { items: [{ id: PEN, referencedId: PEN, quantity: 1 }] });
      expect([late.status, late.json().error.code]).toEqual([409, 'NO_SESSION']);
    }
    expect(writes()).toBe(count);
    expect(
      (
        await call(
          client,
          'POST',
          `${CART}/line-item`,
          { items: [{ id: PEN, referencedId: PEN, type: 'product', quantity: 1 }] },
          { 'sw-context-token': 'visitor' },
        )
      ).status,
    ).toBe(200);
  });

  it('T58: cart writes run one after the other', async () => {
    const { client, transmissionId } = await shop.shopping();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        call(client, 'POST', `${CART}/line-item`, { items: [{ id: PEN, referencedId: PEN, quantity: 1 }] }),
      ),
    );
    const added = answers.filter(({ status }) => status === 200).length;
    expect(
      answers.every(({ status, text }) => status === 200 || (status === 409 && text.includes('CART_CHANGING'))),
    ).toBe(true);
    expect((await call(client, 'GET', CART)).json().lineItems[0].quantity).toBe(added);
    expect(transmissionId).not.toBe('');
  });

  it('without a session the shop works as before: order, account, own token and cookies', async () => {
    const visitor = shop.browser();
    visitor.cookies.set('shop-cookie', '1');
    const context = await call(visitor, 'GET', '/store-api/context');
    expect(context.status).toBe(200);
    expect(context.headers['sw-context-token']).toBe(context.json().token);
    const order = await call(
      visitor,
      'POST',
      '/store-api/checkout/order',
      {},
      { 'sw-context-token': context.json().token },
    );
    expect(order.json().errors[0].code).toBe('CHECKOUT__CUSTOMER_NOT_LOGGED_IN');
    expect(seen('/store-api/checkout/order').at(-1)?.headers).toMatchObject({
      'sw-access-key': ACCESS_KEY,
      cookie: 'shop-cookie=1',
      'x-forwarded-for': '127.0.0.1',
    });
    const login = await call(visitor, 'POST', '/store-api/account/login', {
      username: 'buyer@acme.test',
      password: 'throwaway-password',
    });
    expect(login.status).toBe(200);
    const own = { 'sw-context-token': String(login.headers['sw-context-token']) };
    await call(
      visitor,
      'POST',
      `${CART}/line-item`,
      { items: [{ id: PEN, referencedId: PEN, type: 'product', quantity: 1 }] },
      own,
    );
    const ordered = await call(visitor, 'POST', '/store-api/checkout/order', {}, own);
    expect([ordered.status, shop.double.orders.map(({ token }) => token)]).toEqual([200, [own['sw-context-token']]]);
    expect((await visitor.send('/store-api/../api/oauth/token', { method: 'POST' })).status).toBe(404);
  });

  it('a listed frontend may send credentials, with and without a session; others see nothing', async () => {
    const { tenants } = shop.connector.directory;
    await tenants.save({
      tenantId: 'demo',
      name: 'Demo shop',
      settings: { frontendOrigins: ['https://www.shop.example'] },
    });
    const from = (origin: string): Record<string, string> => ({
      origin,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
    });
    const corsOf = ({ headers }: Answer): unknown[] => [
      headers['access-control-allow-origin'],
      headers['access-control-allow-credentials'],
    ];
    const { client } = await shop.shopping();
    const preflight = await client.send(`${CART}/line-item`, {
      method: 'OPTIONS',
      headers: {
        ...from('https://www.shop.example'),
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'content-type, sw-access-key, sw-context-token',
      },
    });
    expect([preflight.status, ...corsOf(preflight), preflight.headers['access-control-allow-headers']]).toEqual([
      204,
      'https://www.shop.example',
      'true',
      'content-type, sw-access-key, sw-context-token',
    ]);
    for (const who of [client, shop.browser()])
      expect(corsOf(await call(who, 'GET', CART, undefined, from('https://www.shop.example')))).toEqual([
        'https://www.shop.example',
        'true',
      ]);
    const foreign = await call(client, 'GET', CART, undefined, from('https://evil.example'));
    expect([foreign.status, ...corsOf(foreign)]).toEqual([403, undefined, undefined]);
    expect((await call(client, 'POST', `${CART}/line-item`, { items: [] }, from('https://evil.example'))).status).toBe(
      403,
    );
  });

  it('shopware.md 2.1: a lost context is reported, never shown as an empty cart', async () => {
    const { client } = await shop.shopping();
    await call(client, 'POST', `${CART}/line-item`, { items: [{ id: PEN, referencedId: PEN, quantity: 1 }] });
    shop.double.expireContexts();
    for (const [method, path, body] of [
      ['GET', CART],
      ['POST', `${CART}/line-item`, { items: [] }],
    ] as const) {
      const answer = await call(client, method, path, body);
      expect([answer.status, answer.json().error.code]).toEqual([410, 'STORE_SESSION_LOST']);
    }
  });
});
