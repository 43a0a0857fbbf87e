import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startRedis } from '../../adapters/sessions/redis-servers.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { idOf as productIdOf } from '../../adapters/stores/shopware/double/shop-data.js';
import { ShopwareDouble } from '../../adapters/stores/shopware/double/shopware-double.js';
import { SESSION } from '../../support/call-ups.js';
import { type Answer, JSON_WANTED, type WebClient } from '../../support/web-client.js';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from './running-proxy.js';

const PEN = productIdOf('prod-pen');
const GOODS = [
  [PEN, 'SKU-PEN'],
  [productIdOf('prod-lamp'), 'SKU-LAMP'],
  [productIdOf('prod-book'), 'SKU-BOOK'],
] as const;
const CART = '/store-api/checkout/cart';

interface Stage {
  double: ShopwareDouble;
  /** One browser's cookies at both processes. */
  buyer(): Promise<[WebClient, WebClient]>;
}

/** Two connectors for one shop and one database, with or without Redis. */
function twoConnectors(withRedis: boolean): () => Stage {
  const double = new ShopwareDouble();
  const shops: ProxiedShop[] = [];
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const database = await createMigratedDatabase();
    stops.push(database.drop);
    const redis = withRedis ? await startRedis() : undefined;
    if (redis !== undefined) stops.push(redis.stop);
    const shared = { double, baseUrl: await double.start() };
    stops.push(() => double.stop());
    for (let nth = 0; nth < 2; nth += 1) {
      const redisUrl = redis === undefined ? undefined : `redis://127.0.0.1:${redis.port}`;
      const shop = await startProxiedShop({ double: shared, database: { url: database.url }, redisUrl });
      shops.push(shop);
      stops.push(() => shop.close());
    }
  }, 120_000);
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });
  return () => ({
    double,
    async buyer() {
      const [first, second] = shops;
      if (first === undefined || second === undefined) throw new Error('no shops');
      const { client } = await first.shopping();
      const other = second.browser();
      for (const [name, value] of client.cookies) other.cookies.set(name, value);
      return [client, other];
    },
  });
}

const add = (client: WebClient, id = PEN): Promise<Answer> =>
  client.send(`${CART}/line-item`, {
    method: 'POST',
    headers: JSON_SENT,
    body: JSON.stringify({ items: [{ id, referencedId: id, type: 'product', quantity: 1 }] }),
  });

/** The articles that were sent, and those that the buyer was told about before. */
async function transferred(client: WebClient): Promise<{ sent: string[]; told: string[] }> {
  const transfer = `${SESSION}/logout?transferred=1`;
  const first = await client.get(transfer, JSON_WANTED);
  if (first.status === 200) return { sent: skusIn(first), told: [] };
  const { code, details } = first.json().error;
  expect(code).toBe('CART_CHANGED');
  const told = (details.notices as { item: string }[]).map(({ item }) => item);
  return { sent: skusIn(await client.get(`${transfer}&confirmed=${details.confirm}`, JSON_WANTED)), told };
}

function skusIn(answer: Answer): string[] {
  const document = decodeURIComponent(answer.json().fields[0].value);
  return [...document.matchAll(/<SupplierPartID>([^<]+)/g)].map(([, sku = '']) => sku);
}

interface Outcome {
  confirmed: string[];
  sent: string[];
  told: string[];
}

/** Buyers who add articles at one process while their frontend reads at the other. */
async function shoppingBesideLooks({ double, buyer }: Stage, rounds: number): Promise<Outcome[]> {
  double.readTakesMs = 60;
  const outcomes: Outcome[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [here, there] = await buyer();
    const confirmed: string[] = [];
    for (const [id, sku] of GOODS) {
      const looks = ['/store-api/context', CART].map((path) => there.send(path, { headers: JSON_SENT }));
      if ((await add(here, id)).status === 200) confirmed.push(sku);
      await Promise.all(looks);
    }
    outcomes.push({ confirmed, ...(await transferred(round % 2 === 0 ? here : there)) });
  }
  double.readTakesMs = 0;
  return outcomes;
}

describeOnServer('two connectors for one shop (T58)', () => {
  const stage = twoConnectors(false);

  it('R 221: Shopware loses parallel updates; through the proxy no confirmed update is lost', async () => {
    const [here, there] = await stage().buyer();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, nth) => add(nth % 2 === 0 ? here : there)));
    const confirmed = answers.filter(({ status }) => status === 200).length;
    expect(confirmed).toBeGreaterThan(1);
    expect(
      answers
        .filter(({ status }) => status !== 200)
        .every(({ status, text }) => status === 409 && text.includes('CART_CHANGING')),
    ).toBe(true);
    expect((await here.send(CART, { headers: JSON_SENT })).json().lineItems[0].quantity).toBe(confirmed);
  });

  it('adding during the transfer: confirmed and in the payload, or refused and not in it', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 15; round += 1) {
      const [here, there] = await stage().buyer();
      expect((await add(here)).status).toBe(200);
      const [transferred, ...added] = await Promise.all([
        here.get(`${SESSION}/logout?transferred=1`, JSON_WANTED),
        add(there),
        add(there),
      ]);
      const late = await add(there);
      // A transfer that gave up says so and is repeated.
      const payload =
        transferred.status === 200 ? transferred : await here.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
      const confirmed =
        1 + [...added, ...(transferred.status === 200 ? [] : [late])].filter(({ status }) => status === 200).length;
      expect([...added, late].every(({ status }) => [200, 409].includes(status))).toBe(true);
      // A browser that was told that its punchout has ended may be an ordinary visitor from then on: this answer and
      // that of the transfer both set cookies, and the last one counts.
      const isToldOfTheEnd = added.some(({ text }) => text.includes('NO_SESSION'));
      if (transferred.status === 200 && !isToldOfTheEnd) expect(late.status).toBe(409);
      expect(Number(/<ItemIn quantity="(\d+)"/.exec(decodeURIComponent(payload.json().fields[0].value))?.[1])).toBe(
        confirmed,
      );
      seen.add(String(confirmed));
    }
    expect(seen.size).toBeGreaterThan(0);
  }, 120_000);

  it('lines that a read at the other process has undone are reported before the transfer', async () => {
    const outcomes = await shoppingBesideLooks(stage(), 6);
    for (const { confirmed, sent, told } of outcomes)
      expect([...sent, ...told].toSorted()).toEqual(confirmed.toSorted());
    // Otherwise the test has tested nothing.
    expect(outcomes.flatMap(({ told }) => told).length).toBeGreaterThan(0);
  }, 120_000);
});

describeOnServer('two connectors for one shop, with Redis', () => {
  const stage = twoConnectors(true);

  it('a read at the other process undoes nothing', async () => {
    const outcomes = await shoppingBesideLooks(stage(), 6);
    for (const { confirmed, sent, told } of outcomes) expect([confirmed, told]).toEqual([sent, []]);
    expect(outcomes.flatMap(({ confirmed }) => confirmed).length).toBe(6 * GOODS.length);
  }, 120_000);
});
