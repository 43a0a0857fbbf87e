import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf as productIdOf } from '../../adapters/stores/shopware/double/shop-data.js';
import { SESSION } from '../../support/call-ups.js';
import { JSON_WANTED, type WebClient } from '../../support/web-client.js';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from './running-proxy.js';

const CART = '/store-api/checkout/cart';
const [PEN, LAMP] = [productIdOf('prod-pen'), productIdOf('prod-lamp')];

/**
 * Shopware 6.6.7.1 loads and saves the cart in every request with its token: a read that begins before a write and ends
 * after it undoes the write.
 */
describe('a cart write in parallel with reads of the same buyer', () => {
  let shop: ProxiedShop;
  beforeAll(async () => {
    shop = await startProxiedShop();
    shop.double.readTakesMs = 40;
    shop.double.writeTakesMs = 10;
  }, 120_000);
  afterAll(() => shop.close());

  const call = (client: WebClient, method: string, path: string, body?: unknown): ReturnType<WebClient['send']> =>
    client.send(path, { method, headers: JSON_SENT, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const add = (client: WebClient, id: string): ReturnType<WebClient['send']> =>
    call(client, 'POST', `${CART}/line-item`, { items: [{ id, referencedId: id, type: 'product', quantity: 1 }] });

  it.each([
    ['GET', CART],
    ['GET', '/store-api/context'],
    ['POST', '/store-api/product'],
    ['GET', `${SESSION}/get`],
  ])('is not lost to %s %s, before or after it', async (method, path) => {
    const { client } = await shop.shopping();
    await add(client, PEN);
    const look = (): ReturnType<WebClient['send']> => call(client, method, path, method === 'POST' ? {} : undefined);
    const answers = await Promise.all([look(), look(), add(client, LAMP), look(), add(client, PEN), look()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    const sent = await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    expect(sent.status).toBe(200);
    const document = decodeURIComponent(sent.json().fields[0].value);
    expect(
      [...document.matchAll(/<ItemIn quantity="([^"]+)"[^>]*><ItemID><SupplierPartID>([^<]+)/g)].map(
        ([, quantity, sku]) => [sku, quantity],
      ),
    ).toEqual([
      ['SKU-PEN', '2'],
      ['SKU-LAMP', '1'],
    ]);
  });

  it('is not lost to a read that the browser has aborted', async () => {
    const { client } = await shop.shopping();
    await add(client, PEN);
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const aborter = new AbortController();
    const given = fetch(`${shop.url}/store-api/context`, {
      headers: { cookie, accept: 'application/json' },
      signal: aborter.signal,
    }).catch(() => 'given up');
    await new Promise<void>((resolve) => {
      const before = shop.double.requests.length;
      const look = (): void => void (shop.double.requests.length > before ? resolve() : setTimeout(look, 2));
      look();
    });
    aborter.abort();
    expect(await given).toBe('given up');
    await add(client, LAMP);
    expect((await call(client, 'GET', CART)).json().lineItems).toHaveLength(2);
  });
});
