import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf as productIdOf } from '../../adapters/stores/shopware/double/shop-data.js';
import type { Failure } from '../../adapters/stores/shopware/double/shopware-double.js';
import { postXml, SESSION, setupXml, startUrlOf } from '../../support/call-ups.js';
import { type Answer, JSON_WANTED, NAVIGATION, plain, type WebClient } from '../../support/web-client.js';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from './running-proxy.js';

const PEN = productIdOf('prod-pen');
const CART = '/store-api/checkout/cart';
const FAILURES: Failure[] = ['down', 'slow', 'error', 'limited', 'garbage'];

describe('a Shopware shop that fails in mid-session', () => {
  let shop: ProxiedShop;
  /** Limits are stored; moving the clock ends them. */
  let clockMs = Date.now();
  beforeAll(async () => {
    shop = await startProxiedShop({
      store: { now: () => clockMs, timeouts: { requestMs: 600, operationMs: 1500 } },
      proxy: { silenceMs: 600 },
    });
  }, 120_000);
  afterAll(() => shop.close());
  afterEach(() => {
    shop.double.failure = undefined;
    clockMs += 60_000;
  });

  const add = (client: WebClient, quantity = 1): Promise<Answer> =>
    client.send(`${CART}/line-item`, {
      method: 'POST',
      headers: JSON_SENT,
      body: JSON.stringify({ items: [{ id: PEN, referencedId: PEN, type: 'product', quantity }] }),
    });
  const transfer = (
    client: WebClient,
    headers: Record<string, string> = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' },
  ): Promise<Answer> => client.send(`${SESSION}/logout?transferred=1`, { method: 'POST', headers });
  const tellsWhatToDo = (answer: Answer): void => {
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(plain(answer.text)).toMatch(/<h1>[\s\S]*(erneut|noch einmal|again|Minute)/i);
    expect(answer.text).not.toMatch(/shopware|ECONN|store-api/i);
    // The buyer's browser shows the shop in a frame.
    expect(answer.headers['content-security-policy']).toMatch(/frame-ancestors 'self' https:\/\/erp\.company\.com/);
  };

  it.each(FAILURES)(
    '%s at the transfer: a page says what to do, nothing is lost, the next try sends everything',
    async (kind) => {
      const { client } = await shop.shopping();
      expect((await add(client, 3)).status).toBe(200);
      shop.double.failure = { kind, path: '/store-api' };
      const startedAt = performance.now();
      tellsWhatToDo(await transfer(client));
      expect(performance.now() - startedAt).toBeLessThan(3000);
      const refused = await add(client, 4);
      expect(refused.status).toBe(kind === 'error' ? 500 : kind === 'limited' ? 429 : kind === 'garbage' ? 200 : 503);
      expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json()).toMatchObject({ active: true });
      shop.double.failure = undefined;
      clockMs += 60_000;
      const payload = await transfer(client, JSON_WANTED);
      expect(decodeURIComponent(payload.json().fields[0].value)).toMatch(/<ItemIn quantity="3"/);
    },
  );

  it.each(FAILURES)('%s at the login: the buyer is told, and can shop as soon as the shop is back', async (kind) => {
    const startUrl = startUrlOf(await postXml(shop.browser(), setupXml()));
    const client = shop.browser();
    client.cookies.set('connector.probe', '1');
    shop.double.failure = { kind, path: '' };
    const page = await client.get(startUrl);
    tellsWhatToDo(page);
    expect((await client.send(CART, { headers: JSON_SENT })).status).toBe(503);
    shop.double.failure = undefined;
    clockMs += 60_000;
    expect((await client.get(startUrl, JSON_WANTED)).json()).toMatchObject({ active: true });
    expect((await add(client)).status).toBe(200);
  });

  it.each(FAILURES)(
    '%s after the transfer: the stored payload is valid, the cart is cleared when the shop is back',
    async (kind) => {
      const { client } = await shop.shopping();
      await add(client, 2);
      const first = await transfer(client, JSON_WANTED);
      shop.double.failure = { kind, path: '' };
      const again = await transfer(client, JSON_WANTED);
      expect(again.json()).toEqual(first.json());
      shop.double.failure = undefined;
      clockMs += 60_000;
    },
  );

  it('shopware.md 2.1: an expired context is reported; what was transferred before stays', async () => {
    const done = await shop.shopping();
    await add(done.client, 2);
    const stored = await transfer(done.client, JSON_WANTED);
    const { client } = await shop.shopping();
    await add(client, 2);
    shop.double.expireContexts();
    const page = await transfer(client);
    expect([page.status, plain(page.text)]).toEqual([
      410,
      expect.stringMatching(/Der Shop hat diese Sitzung beendet[\s\S]*Einkaufssystem/),
    ]);
    expect((await add(client)).status).toBe(410);
    expect((await client.send(CART, { headers: JSON_SENT })).status).toBe(410);
    expect((await transfer(done.client, JSON_WANTED)).json()).toEqual(stored.json());
    expect(shop.logged.join('\n')).toMatch(/STORE_SESSION_LOST/);
    // Leaving without a cart still works.
    expect((await client.get(`${SESSION}/logout`, JSON_WANTED)).status).toBe(200);
  });
});

describe('T60: one shop account, many punchouts', () => {
  it("50 at a time have 50 carts, none sees another's lines, and one logout ends one session", async () => {
    const shop = await startProxiedShop({
      store: { timeouts: { requestMs: 20_000, operationMs: 30_000 } },
      proxy: { silenceMs: 20_000 },
    });
    try {
      const buyers = await Promise.all(Array.from({ length: 50 }, () => shop.shopping()));
      const lines = (nth: number): string =>
        JSON.stringify({ items: [{ id: PEN, referencedId: PEN, type: 'product', quantity: nth + 1 }] });
      const added = await Promise.all(
        buyers.map(({ client }, nth) =>
          client.send(`${CART}/line-item`, { method: 'POST', headers: JSON_SENT, body: lines(nth) }),
        ),
      );
      expect(added.map(({ status }) => status)).toEqual(buyers.map(() => 200));
      expect((await buyers[0]?.client.get(`${SESSION}/logout`, JSON_WANTED))?.status).toBe(200);
      const carts = await Promise.all(
        buyers
          .slice(1)
          .map(async ({ client }) =>
            (await client.send(CART, { headers: JSON_SENT }))
              .json()
              .lineItems.map(({ quantity }: { quantity: number }) => quantity),
          ),
      );
      expect(carts).toEqual(buyers.slice(1).map((_, nth) => [nth + 2]));
      const contexts = shop.double.requests.filter(({ path }) => path === '/api/_proxy/switch-customer');
      expect([
        new Set(contexts.map(({ headers }) => headers['sw-context-token'])).size,
        new Set(contexts.map(({ body }) => body.customerId)).size,
      ]).toEqual([50, 1]);
    } finally {
      await shop.close();
    }
  }, 120_000);
});
