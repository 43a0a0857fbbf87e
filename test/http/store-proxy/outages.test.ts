import { afterEach, expect, it } from '@jest/globals';
import { describeOnRedis } from '../../adapters/sessions/describe-on-redis.js';
import { startRedis } from '../../adapters/sessions/redis-servers.js';
import { idOf as productIdOf } from '../../adapters/stores/shopware/double/shop-data.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import type { Answer, WebClient } from '../../support/web-client.js';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from './running-proxy.js';

const PEN = productIdOf('prod-pen');
const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close().catch(() => undefined);
});

const order = (client: WebClient): Promise<Answer> =>
  client.send('/store-api/checkout/order', { method: 'POST', headers: JSON_SENT, body: '{}' });
const orders = (shop: ProxiedShop): number =>
  shop.double.requests.filter(({ path }) => path.startsWith('/store-api/checkout/order')).length;

async function shopping(shop: ProxiedShop): Promise<WebClient> {
  const { client } = await shop.shopping();
  expect(
    (
      await client.send('/store-api/checkout/cart/line-item', {
        method: 'POST',
        headers: JSON_SENT,
        body: JSON.stringify({ items: [{ id: PEN, referencedId: PEN, quantity: 1 }] }),
      })
    ).status,
  ).toBe(200);
  expect((await order(client)).status).toBe(403);
  return client;
}

describeOnServer('the guarded proxy without its database', () => {
  it('a buyer is refused in every way; a visitor without a punchout can shop', async () => {
    const database = await createMigratedDatabase();
    const shop = await startProxiedShop({ database: { url: database.url } });
    opened.push(shop.close);
    const client = await shopping(shop);
    await database.drop();
    for (const answer of [
      await order(client),
      await client.send('/store-api/checkout/cart', { headers: JSON_SENT }),
      await client.send('/store-api/account/logout', { method: 'POST', headers: JSON_SENT, body: '{}' }),
    ])
      expect([answer.status, answer.json().error.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(orders(shop)).toBe(0);
    expect((await shop.browser().send('/store-api/checkout/cart', { headers: JSON_SENT })).status).toBe(200);
  }, 60_000);
});

describeOnRedis('P4: the guarded proxy without its sessions', () => {
  it('ordering stays refused while Redis is down; a visitor can shop', async () => {
    const redis = await startRedis();
    opened.push(redis.stop);
    const shop = await startProxiedShop({ redisUrl: `redis://127.0.0.1:${redis.port}` });
    opened.unshift(shop.close);
    const client = await shopping(shop);
    await redis.stop();
    for (let attempt = 0; attempt < 3; attempt += 1) expect([403, 503]).toContain((await order(client)).status);
    expect(orders(shop)).toBe(0);
    expect((await shop.browser().send('/store-api/checkout/cart', { headers: JSON_SENT })).status).toBe(200);
  }, 60_000);
});
