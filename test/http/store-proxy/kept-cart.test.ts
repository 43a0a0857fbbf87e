import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SESSION } from '../../support/call-ups.js';
import { until } from '../../support/until.js';
import { JSON_WANTED } from '../../support/web-client.js';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from './running-proxy.js';

const CART = '/store-api/checkout/cart';
const HOUR_MS = 3_600_000;

/** shopware.md 8.1: a context dies 24 h after its last write. */
describe('a frontend that for a day calls only the session', () => {
  let clockMs = Date.now();
  let shop: ProxiedShop;
  beforeAll(async () => {
    shop = await startProxiedShop({ store: { now: () => clockMs } });
    shop.double.now = () => clockMs;
  }, 120_000);
  afterAll(() => shop.close());
  const renewals = (): number =>
    shop.double.requests.filter(({ method, path }) => method === 'PATCH' && path === '/store-api/context').length;

  it.each([
    ['session/get', `${SESSION}/get`],
    ['session/guard', `${SESSION}/guard?path=/checkout/confirm`],
  ])('%s keeps the shop from expiring the cart', async (_, path) => {
    const { client } = await shop.shopping();
    const before = renewals();
    clockMs += 20 * HOUR_MS;
    expect((await client.get(path, JSON_WANTED)).json().active).toBe(true);
    await until(async () => renewals() > before);
    clockMs += 20 * HOUR_MS;
    expect((await client.send(CART, { headers: JSON_SENT })).status).toBe(200);
  });

  it('calls the shop only when it is due, and a shop that does not answer does not delay the frontend', async () => {
    const { client } = await shop.shopping();
    const asked = shop.double.requests.length;
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json().active).toBe(true);
    expect(shop.double.requests).toHaveLength(asked);
    const other = await shop.shopping();
    clockMs += 20 * HOUR_MS;
    shop.double.failure = { kind: 'slow', path: '/store-api' };
    expect((await other.client.get(`${SESSION}/get`, JSON_WANTED)).json().active).toBe(true);
    shop.double.failure = undefined;
  });
});
