import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf as productIdOf } from '../../adapters/stores/shopware/double/shop-data.js';
import type { SeenRequest } from '../../adapters/stores/shopware/double/shopware-double.js';
import { HTML, type WebClient } from '../../support/web-client.js';
import { BLOCKED, SPELLINGS } from '../route-guard/spellings.js';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from './running-proxy.js';

const PEN = productIdOf('prod-pen');
const LINES = { items: [{ id: PEN, referencedId: PEN, type: 'product', quantity: 1 }] };

/** Ordering, paying, accounts, other buyers' orders (shopware.md 1.3), and calls of plugins that do the same. */
const DENIED: readonly [method: string, path: string, body?: object][] = [
  ['POST', '/checkout/order', {}],
  ['GET', '/checkout/gateway'],
  ['POST', '/checkout/gateway', {}],
  ['GET', '/handle-payment?orderId=1'],
  ['POST', '/handle-payment', { orderId: PEN }],
  ['POST', '/order', {}],
  ['POST', '/order/payment', { orderId: PEN }],
  ['POST', '/order/state/cancel', { orderId: PEN }],
  ['GET', `/order/download/${PEN}/${PEN}`],
  ['GET', `/document/download/${PEN}/link`],
  ['POST', '/account/login', { username: 'buyer@acme.test', password: 'throwaway-password' }],
  ['POST', '/account/login/imitate-customer', { token: 'x', customerId: PEN, userId: PEN }],
  ['POST', '/account/logout', {}],
  ['POST', '/account/register', { guest: true }],
  ['POST', '/account/register-confirm', {}],
  ['POST', '/account/convert-guest', {}],
  ['POST', '/account/change-profile', { firstName: 'X' }],
  ['POST', '/account/change-email', { email: 'x@example.com' }],
  ['POST', '/account/change-password', { password: 'x', newPassword: 'y' }],
  ['POST', '/account/change-language', { languageId: PEN }],
  ['POST', `/account/change-payment-method/${PEN}`, {}],
  ['POST', '/account/recovery-password', { email: 'buyer@acme.test' }],
  ['POST', '/account/customer', {}],
  ['DELETE', '/account/customer'],
  ['POST', '/account/address', { street: 'X' }],
  ['PATCH', `/account/address/${PEN}`, { street: 'X' }],
  ['DELETE', `/account/address/${PEN}`],
  ['PATCH', `/account/address/default-billing/${PEN}`],
  ['POST', `/customer/wishlist/add/${PEN}`],
  ['POST', `/product/${PEN}/review`, { title: 'X' }],
  ['POST', '/newsletter/subscribe', { email: 'x@example.com' }],
  ['POST', '/contact-form', {}],
  ['GET', `/customer-group-registration/config/${PEN}`],
  ['POST', '/context/gateway', {}],
  ['POST', '/paypal/express/create-order', {}],
  ['POST', `/quote/order/${PEN}`, {}],
  ['POST', `/pending-order/${PEN}/order`, {}],
  ['POST', '/subscription/checkout/order', {}],
  ['GET', '/script/hook'],
  ['POST', '/app-system/app/generate-token', {}],
];

/** Ways to claim another method or path than the one that is checked. */
const DISGUISES: readonly (readonly [
  name: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
])[] = [
  ...[
    'x-http-method-override',
    'X-HTTP-METHOD-OVERRIDE',
    'X-Http-Method-override',
    'x-http-method',
    'x-method-override',
    'x_http_method_override',
  ].map((name) => [name, 'POST', '/checkout/cart', { [name]: 'DELETE' }, '{}'] as const),
  ...['PUT', 'OPTIONS', 'PROPFIND', 'TRACE'].map((method) => [method, method, '/checkout/order', {}] as const),
  ['_method in the query', 'POST', '/product?_method=DELETE', {}, '{}'],
  ['_method behind a blank', 'POST', '/product?+_method=DELETE', {}, '{}'],
  ...['.method', '%20.method', '_method%00', '_method%5B', '_meth.od', '%5F%6Dethod', '%09_method'].map(
    (name) => [`${name} in the query`, 'POST', `/product?${name}=DELETE`, {}, '{}'] as const,
  ),
  ['another cart by a parameter that PHP renames', 'POST', '/product?sw.context-token=other', {}, '{}'],
  ['.method in the body', 'POST', '/product', {}, '{".method":"DELETE"}'],
  ['a body nested very deep', 'POST', '/product', {}, `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['_method as a list', 'POST', '/product?_method%5B%5D=DELETE', {}, '{}'],
  ['_method in the body', 'POST', '/product', {}, '{"_method":"DELETE"}'],
  [
    '_method in a form',
    'POST',
    '/checkout/cart/line-item',
    { 'content-type': 'application/x-www-form-urlencoded' },
    '_method=DELETE&ids[]=x',
  ],
  [
    'rewritten path',
    'POST',
    '/product',
    {
      'x-original-url': '/store-api/checkout/order',
      'x-rewrite-url': '/store-api/checkout/order',
      'x-forwarded-prefix': '/store-api/checkout/order?',
    },
    '{}',
  ],
  ["another cart's token", 'GET', '/checkout/cart?token=other', { 'sw-context-token': 'other' }],
  ['no content type', 'POST', '/checkout/cart/line-item', { 'content-type': 'text/plain' }, JSON.stringify(LINES)],
  ['a charset', 'POST', '/checkout/cart/line-item', { 'content-type': 'application/json; charset=utf-16' }, '\u0000'],
  [
    'a price twice',
    'POST',
    '/checkout/cart/line-item',
    {},
    `{"items":[{"id":"${PEN}","referencedId":"${PEN}","type":"product","quantity":1,` +
      `"priceDefinition":{"price":0.01}}],"items":[{"id":"${PEN}","priceDefinition":{}}]}`,
  ],
  [
    'a price in unicode',
    'POST',
    '/checkout/cart/line-item',
    {},
    `{"items":[{"id":"${PEN}","referencedId":"${PEN}","type":"product","quantity":1,` +
      '"\\u0070riceDefinition":{"price":0.01}}]}',
  ],
  ['compressed', 'POST', '/checkout/cart/line-item', { 'content-encoding': 'gzip' }, 'x'],
  [
    'multipart',
    'POST',
    '/checkout/cart/line-item',
    { 'content-type': 'multipart/form-data; boundary=x' },
    '--x\r\nContent-Disposition: form-data; name="items[0][type]"\r\n\r\ncredit\r\n--x--',
  ],
  ['payment method', 'PATCH', '/context', {}, `{"paymentMethodId":"${PEN}"}`],
  [
    'from a sibling subdomain',
    'POST',
    '/checkout/cart/line-item',
    { origin: 'https://blog.shop.example', 'sec-fetch-site': 'same-site' },
    JSON.stringify(LINES),
  ],
  [
    'from another site',
    'POST',
    '/checkout/cart/line-item',
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    JSON.stringify(LINES),
  ],
];

/** Paths that the shop may receive; it must never receive others for a session. */
const HARMLESS = /^\/store-api\/(product|context|checkout\/cart(\/line-item)?)$/;

describe('architecture.md decision 9: attempts to order or to change the account during a punchout', () => {
  let shop: ProxiedShop;
  let client: WebClient;
  const reached: string[] = [];
  beforeAll(async () => {
    shop = await startProxiedShop({
      pages: (app) => {
        app.use((req, res) => {
          reached.push(`${req.method} ${req.originalUrl}`);
          res.send("the shop's own page");
        });
      },
    });
    ({ client } = await shop.shopping());
    expect(
      (
        await client.send('/store-api/checkout/cart/line-item', {
          method: 'POST',
          headers: JSON_SENT,
          body: JSON.stringify(LINES),
        })
      ).status,
    ).toBe(200);
  }, 120_000);
  afterAll(() => shop.close());

  function attempt(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<{ status: number }> {
    return client.send(path, { raw: true, method, headers: { ...headers }, ...(body === undefined ? {} : { body }) });
  }

  it('none of more than 300 passes, in any spelling, method or disguise', async () => {
    const before = { requests: shop.double.requests.length, customers: JSON.stringify(shop.double.customers) };
    reached.length = 0;
    const through: string[] = [];
    let attempts = 0;
    const judge = async (name: string, answer: Promise<{ status: number }>): Promise<void> => {
      attempts += 1;
      const { status } = await answer;
      if (status < 300) through.push(`${name}: ${status}`);
    };
    for (const [nth, [method, path, body]] of DENIED.entries()) {
      const json = body === undefined ? undefined : JSON.stringify(body);
      for (const [index, [name, spell]] of SPELLINGS.entries())
        if (index === 0 || (index + nth) % 4 === 0)
          await judge(`${method} ${path} (${name})`, attempt(method, spell(`/store-api${path}`), JSON_SENT, json));
    }
    for (const [name, method, path, headers, body] of DISGUISES) {
      const answer = attempt(method, `/store-api${path}`, { ...JSON_SENT, ...headers }, body);
      // These do what is allowed, and nothing else.
      if (/^(x[-_]http|x-method|rewritten|another cart's)/i.test(name)) await answer;
      else await judge(name, answer);
    }
    for (const [nth, [method, path]] of BLOCKED.entries()) {
      for (const [index, [name, spell]] of SPELLINGS.entries())
        if ((index + nth) % 12 === 0)
          await judge(`${method} ${path} (${name}, page)`, attempt(method, spell(path), HTML));
    }
    expect(attempts).toBeGreaterThan(500);
    expect(through).toEqual([]);
    expect(reached).toEqual([]);
    const heard = shop.double.requests
      .slice(before.requests)
      .filter(
        (request: SeenRequest) =>
          !HARMLESS.test(request.path) || request.method === 'DELETE' || request.method === 'PATCH',
      );
    expect(heard.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(shop.double.orders).toEqual([]);
    expect(JSON.stringify(shop.double.customers)).toBe(before.customers);
    const cart = await client.send('/store-api/checkout/cart', { headers: JSON_SENT });
    expect(
      cart
        .json()
        .lineItems.map((line: { quantity: number; price: { unitPrice: number } }) => [
          line.quantity,
          line.price.unitPrice,
        ]),
    ).toEqual([[1, 1]]);
  }, 240_000);

  it('without a session each of them reaches the shop unchanged', async () => {
    const visitor = shop.browser();
    const before = shop.double.requests.length;
    for (const [method, path, body] of DENIED)
      await visitor.send(`/store-api${path}`, {
        method,
        headers: JSON_SENT,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    expect(shop.double.requests.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual(
      DENIED.map(([method, path]) => `${method} /store-api${path}`),
    );
  });
});
