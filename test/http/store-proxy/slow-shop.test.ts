import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf as productIdOf } from '../../adapters/stores/shopware/double/shop-data.js';
import { SESSION } from '../../support/call-ups.js';
import { JSON_WANTED, type WebClient } from '../../support/web-client.js';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from './running-proxy.js';

const CART = '/store-api/checkout/cart';
const PEN = productIdOf('prod-pen');
const LAMP = productIdOf('prod-lamp');

/** A cart write of a real Shopware takes 150 to 1,200 ms (shopware.md 8). */
describe('a shop with slow cart writes', () => {
  let shop: ProxiedShop;
  beforeAll(async () => {
    shop = await startProxiedShop();
  }, 120_000);
  afterEach(() => {
    shop.double.writeTakesMs = 0;
  });
  afterAll(() => shop.close());

  const add = (client: WebClient, id: string): ReturnType<WebClient['send']> =>
    client.send(`${CART}/line-item`, {
      method: 'POST',
      headers: JSON_SENT,
      body: JSON.stringify({ items: [{ id, referencedId: id, type: 'product', quantity: 1 }] }),
    });

  it.each([
    [500, 3],
    [900, 2],
    [150, 6],
  ])('at %s ms each, %s parallel writes wait for each other and all take effect', async (writeTakesMs, writes) => {
    const { client } = await shop.shopping();
    shop.double.writeTakesMs = writeTakesMs;
    const answers = await Promise.all(Array.from({ length: writes }, () => add(client, PEN)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    shop.double.writeTakesMs = 0;
    expect((await client.get(CART, JSON_WANTED)).json().lineItems[0].quantity).toBe(writes);
  });

  it('a transfer waits for the running write, and sends what it added', async () => {
    const { client } = await shop.shopping();
    await add(client, LAMP);
    shop.double.writeTakesMs = 1200;
    const [added, transferred] = await Promise.all([
      add(client, PEN),
      new Promise((resolve) => setTimeout(resolve, 100)).then(() =>
        client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED),
      ),
    ]);
    expect([added.status, transferred.status]).toEqual([200, 200]);
    expect(decodeURIComponent(transferred.json().fields[0].value)).toContain(
      '<SupplierPartID>SKU-PEN</SupplierPartID>',
    );
  });

  it('a hanging write delays the others no longer than a request may take', async () => {
    const { client } = await shop.shopping();
    shop.double.writeTakesMs = 8000;
    const began = performance.now();
    const answers = await Promise.all([add(client, PEN), add(client, PEN)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([409, 503]);
    expect(performance.now() - began).toBeLessThan(4500);
  });
});
