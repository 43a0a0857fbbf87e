import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectionSettings } from '../../../src/config/connection-settings.js';
import type { PromotionRule } from '../../../src/domain/mapping/mapping.js';
import { readRepostForm } from '../../../src/protocols/repost/read-repost-form.js';
import { SESSION } from '../../support/call-ups.js';
import { shoppingByClone } from '../../support/clone-calls.js';
import { CodeShop } from '../../support/code-shop.js';
import { type StoreShop, startStoreShop } from '../../support/store-shop.js';
import { HTML, JSON_WANTED, type WebClient } from '../../support/web-client.js';

interface Item {
  sku?: string;
  product_id?: string;
  quantity: number;
  price?: number;
  description?: string;
  currency?: string;
}

interface Shopped {
  client: WebClient;
  transmissionId: string;
  /** What the buyer is told. */
  told: Record<string, unknown>[];
}

const RULES: PromotionRule[] = ['spread', 'negative_line', 'refuse'];
const gone = (code: string): object => ({
  supplierPartId: code,
  requested: '1',
  got: '0',
  difference: 'discount_gone',
});

/** Issue 14.1: a code of the cart is redeemed again in an edit, or the buyer is told. */
describe('custom store integration: discount codes through transfer and edit', () => {
  const store = new CodeShop();
  let shop: StoreShop;
  beforeAll(async () => {
    shop = await startStoreShop(store);
  }, 60_000);
  afterAll(() => shop.close());
  beforeEach(async () => {
    store.codes.clear();
    store.gone.clear();
    store.automatic = 0;
    store.codes.set('TEN', { percents: [10] });
    store.codes.set('DUO', { percents: [5, 3] });
    store.codes.set('FREIGHT', { percents: [0] });
    store.codes.set('Schütt & Sohn', { percents: [], isHidden: true });
    await promotions('spread');
  });

  async function promotions(rule: PromotionRule, repost: object = {}): Promise<void> {
    const settings = connectionSettings({
      returnOrigins: ['https://middleware.example.com'],
      language: 'en',
      currency: 'EUR',
      mapping: { promotions: rule },
      repost: { templateUsers: ['buyer123'], endCustomers: [2], ...repost },
    });
    if (!settings.ok) throw new Error(settings.refusal.reason);
    await shop.connector.directory.connections.save({
      tenantId: 'demo',
      connectionId: 'company-repost',
      name: 'x',
      protocol: 'repost',
      demo: true,
      settings: settings.value,
    });
  }

  /** A buyer with these articles and codes in the cart. */
  async function buyer(
    articles: Record<string, number>,
    codes: readonly string[] = [],
    change: Record<string, unknown> = {},
  ): Promise<Shopped> {
    const { client, transmissionId } = await shoppingByClone(shop, change);
    const lines = Object.entries(articles).map(([supplierPartId, quantity]) => ({
      supplierPartId,
      quantity: String(quantity),
    }));
    await client.send('/fill', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lines),
    });
    store.held(transmissionId).codes.push(...codes);
    return { client, transmissionId, told: [] };
  }

  /** The lines of the form, as a middleware stores them and posts them back. */
  async function sent({ client }: Shopped): Promise<Item[]> {
    const answer = await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('start-sso-checkout')]);
    const form = readRepostForm(answer.json().fields);
    if (!form.ok) throw new Error(form.refusal.reason);
    return form.value.products.map(({ sku = '', productId = '', description, quantity, price, currency }) => ({
      sku,
      product_id: productId,
      description,
      quantity: Number(quantity),
      price: Number(price),
      currency,
    }));
  }

  async function edited(items: Item[], change: Record<string, unknown> = {}): Promise<Shopped> {
    const { client, transmissionId } = await shoppingByClone(shop, {
      operation: 'edit',
      session_token: 'another-one',
      cart_items: items,
      ...change,
    });
    const told = (await client.get(`${SESSION}/get`, JSON_WANTED)).json().restored;
    return { client, transmissionId, told };
  }

  const codesOf = ({ transmissionId }: Shopped): string[] => store.held(transmissionId).codes.toSorted();
  const quantitiesOf = ({ transmissionId }: Shopped): Record<string, number> =>
    Object.fromEntries(store.held(transmissionId).quantities);

  describe.each(RULES)('mapping.promotions: %s', (rule) => {
    beforeEach(() => promotions(rule));
    // A connection that refuses discounts accepts those on shipping costs.
    const sets = [
      ['TEN'],
      ['DUO'],
      ['FREIGHT'],
      ['Schütt & Sohn'],
      ['TEN', 'FREIGHT'],
      ['TEN', 'DUO', 'Schütt & Sohn', 'FREIGHT'],
    ];
    const taken = rule === 'refuse' ? [['FREIGHT'], ['Schütt & Sohn'], ['FREIGHT', 'Schütt & Sohn']] : sets;

    it.each(taken.map((codes) => ({ codes })))(
      '$codes are redeemed again, each time the cart is edited',
      async ({ codes }) => {
        let shopper = await buyer({ PEN: 3, BOOK: 7, LAMP: 1 }, codes);
        const first = await sent(shopper);
        let items = first;
        for (let round = 0; round < 3; round += 1) {
          shopper = await edited(items);
          expect([codesOf(shopper), shopper.told]).toEqual([codes.toSorted(), []]);
          expect(quantitiesOf(shopper)).toEqual({ PEN: 3, BOOK: 7, LAMP: 1 });
          items = await sent(shopper);
          expect(items).toEqual(first);
        }
      },
    );

    it('a cart without a code has none afterwards, and its product ids are those of the shop', async () => {
      const items = await sent(await buyer({ PEN: 2, LAMP: 1 }));
      expect(items.map(({ product_id }) => product_id)).toEqual(['19852', '0b1e6f0f9c7f4b6d8a5e3d2c1b0a9f8e']);
      const shopper = await edited(items);
      expect([codesOf(shopper), shopper.told]).toEqual([[], []]);
    });

    it('a code that the shop refuses is reported, the other one is redeemed', async () => {
      const codes = rule === 'refuse' ? ['FREIGHT', 'Schütt & Sohn'] : ['TEN', 'FREIGHT'];
      const items = await sent(await buyer({ PEN: 2 }, codes));
      store.codes.delete('FREIGHT');
      const shopper = await edited(items);
      expect(codesOf(shopper)).toEqual(codes.filter((code) => code !== 'FREIGHT'));
      expect(shopper.told).toEqual([gone('FREIGHT')]);
    });
  });

  it.each(['spread', 'negative_line'] as const)(
    '%s: a discount without a code is not a lost code, with and without another code',
    async (rule) => {
      await promotions(rule);
      store.automatic = 5;
      for (const codes of [[], ['TEN']]) {
        const shopper = await edited(await sent(await buyer({ PEN: 3, BOOK: 7 }, codes)));
        expect([codesOf(shopper), shopper.told]).toEqual([codes, []]);
      }
      const items = await sent(await buyer({ PEN: 3 }));
      store.automatic = 0;
      const { told } = await edited(items);
      expect(told.filter(({ difference }) => difference === 'discount_gone')).toEqual([]);
    },
  );

  it('spread: an expired code is reported, and so are the prices without it', async () => {
    const items = await sent(await buyer({ PEN: 2 }, ['TEN']));
    expect(items).toMatchObject([{ price: 9 }]);
    store.codes.delete('TEN');
    const shopper = await edited(items);
    expect(shopper.told).toEqual([
      expect.objectContaining({
        supplierPartId: 'PEN',
        difference: 'price_changed',
        price: { claimed: '9.00', now: '10.00', currency: 'EUR' },
      }),
      gone('TEN'),
    ]);
    const page = await shopper.client.get(`${SESSION}/restored`, HTML);
    expect(page.text).toContain('The discount code TEN has no effect on this cart any more.');
  });

  it('spread: a price that really changed is reported as sent, including the discount', async () => {
    const items = await sent(await buyer({ PEN: 2, BOOK: 10 }, ['TEN']));
    store.codes.set('TEN', { percents: [20] });
    expect((await edited(items)).told).toMatchObject([
      { supplierPartId: 'PEN', price: { claimed: '9.00', now: '8.00' } },
      { supplierPartId: 'BOOK', difference: 'price_changed' },
    ]);
  });

  it('a code that another one replaces is reported', async () => {
    store.codes.set('HALF', { percents: [50], excludes: 'TEN' });
    const shopper = await edited(await sent(await buyer({ PEN: 2 }, ['TEN', 'HALF'])));
    expect(codesOf(shopper)).toEqual(['HALF']);
    expect(shopper.told).toContainEqual(gone('TEN'));
  });

  describe('what the buyer removes before the edit', () => {
    it.each(['PEN', 'BOOK'])('the article %s: the codes come back with the others', async (left) => {
      const items = await sent(await buyer({ PEN: 2, BOOK: 2 }, ['TEN', 'FREIGHT']));
      const shopper = await edited(items.filter(({ sku }) => sku !== left));
      expect([codesOf(shopper), shopper.told.filter(({ difference }) => difference === 'discount_gone')]).toEqual([
        ['FREIGHT', 'TEN'],
        [],
      ]);
    });

    it('an article that the shop no longer has', async () => {
      const items = await sent(await buyer({ PEN: 2, BOOK: 2 }, ['FREIGHT']));
      store.gone.add('PEN');
      const shopper = await edited(items);
      expect([codesOf(shopper), shopper.told.map(({ difference }) => difference)]).toEqual([['FREIGHT'], ['gone']]);
    });

    it('the discount, if it is a separate line: it stays removed', async () => {
      await promotions('negative_line');
      const items = await sent(await buyer({ PEN: 2 }, ['TEN']));
      const shopper = await edited(items.filter(({ sku }) => sku !== 'TEN'));
      expect([codesOf(shopper), shopper.told]).toEqual([[], []]);
    });

    it('all articles, but not the discount: the code has no effect, and that is reported', async () => {
      await promotions('negative_line');
      const items = await sent(await buyer({ PEN: 2 }, ['TEN']));
      expect((await edited(items.filter(({ sku }) => sku === 'TEN'))).told).toEqual([gone('TEN')]);
    });
  });

  it('two buyers of one middleware at the same time, with the same session_token', async () => {
    const [one, other] = await Promise.all([buyer({ PEN: 2 }, ['FREIGHT']), buyer({ PEN: 2 })]);
    const [with_, without] = await Promise.all([sent(one), sent(other)]);
    const [again, plain] = await Promise.all([
      edited(with_, { session_token: 'sess-012345' }),
      edited(without, { session_token: 'sess-012345' }),
    ]);
    expect([codesOf(again), again.told, codesOf(plain), plain.told]).toEqual([['FREIGHT'], [], [], []]);
  });

  describe('what a middleware does with the ids', () => {
    it('it returns only the product_id', async () => {
      const items = (await sent(await buyer({ PEN: 2, BOOK: 1 }, ['TEN']))).map((item) => ({
        ...item,
        sku: undefined,
      }));
      store.gone.add('BOOK');
      const shopper = await edited(items);
      expect([codesOf(shopper), quantitiesOf(shopper)]).toEqual([['TEN'], { PEN: 2 }]);
      expect(shopper.told).toMatchObject([{ supplierPartId: '19854', difference: 'gone' }]);
    });

    it('it looks up product_id, so the connection keeps codes out of it: the changed prices are reported', async () => {
      await promotions('spread', { codesInProductId: false });
      const items = await sent(await buyer({ PEN: 2, LAMP: 1 }, ['TEN']));
      expect(items.map(({ product_id }) => product_id)).toEqual(['19852', '0b1e6f0f9c7f4b6d8a5e3d2c1b0a9f8e']);
      const shopper = await edited(items);
      expect(codesOf(shopper)).toEqual([]);
      expect(shopper.told).toMatchObject([
        { supplierPartId: 'PEN', difference: 'price_changed' },
        { supplierPartId: 'LAMP', difference: 'price_changed' },
      ]);
    });

    it('it returns only the sku, so the code is lost: the changed prices are reported', async () => {
      const items = (await sent(await buyer({ PEN: 2, BOOK: 1 }, ['TEN']))).map((item) => ({
        ...item,
        product_id: undefined,
      }));
      const shopper = await edited(items);
      expect(codesOf(shopper)).toEqual([]);
      expect(shopper.told).toMatchObject([
        { supplierPartId: 'PEN', difference: 'price_changed' },
        { supplierPartId: 'BOOK', difference: 'price_changed' },
      ]);
    });

    it('it returns only the sku, and the discount is a separate line: its code is redeemed or reported', async () => {
      await promotions('negative_line');
      store.automatic = 5;
      const items = (await sent(await buyer({ PEN: 2, BOOK: 1 }, ['TEN', 'DUO']))).map((item) => ({
        ...item,
        product_id: undefined,
      }));
      expect(items.map(({ sku }) => sku)).toEqual(['PEN', 'BOOK', 'TEN', 'DUO', 'DUO', 'auto-1']);
      const shopper = await edited(items);
      expect([codesOf(shopper), shopper.told]).toEqual([['DUO', 'TEN'], []]);
      store.codes.delete('DUO');
      expect((await edited(items)).told).toEqual([gone('DUO')]);
    });

    it('it links to an article by the id', async () => {
      const [pen] = await sent(await buyer({ PEN: 2 }, ['TEN']));
      const { location } = await shoppingByClone(shop, {
        selected_item: { supplier_part_id: 'PEN', supplier_part_auxiliary_id: pen?.product_id },
      });
      expect(location).toBe('/product/PEN/19852');
    });
  });

  describe('codes that do not fit into an id', () => {
    const LONG = `SUMMER-${'X'.repeat(200)}`;

    it.each(['spread', 'negative_line'] as const)('%s: of a long one the beginning is reported', async (rule) => {
      await promotions(rule);
      store.codes.set(LONG, { percents: [10] });
      const items = await sent(await buyer({ PEN: 1, LAMP: 1 }, [LONG]));
      for (const { product_id = '' } of items) expect(product_id.length).toBeLessThanOrEqual(120);
      const shopper = await edited(items);
      expect(codesOf(shopper)).toEqual([]);
      expect(shopper.told).toContainEqual(gone(`${LONG.slice(0, 40)}…`));
    });

    it.each([
      [11, []],
      [12, [gone('\u2026')]],
    ])('%i are spread over the articles; codes that do not fit are reported', async (count, lost) => {
      const codes = Array.from({ length: count }, (_, nth) => `CODE-${nth}-OF-TWELVE`).toSorted();
      for (const code of codes) store.codes.set(code, { percents: [1] });
      const items = await sent(await buyer({ PEN: 1, BOOK: 1, LAMP: 1 }, codes));
      for (const { product_id = '' } of items) expect(product_id.length).toBeLessThanOrEqual(120);
      const shopper = await edited(items);
      if (lost.length === 0) expect(codesOf(shopper)).toEqual(codes);
      expect(shopper.told.filter(({ difference }) => difference === 'discount_gone')).toEqual(lost);
    });

    it('a call-up cannot be used to guess codes: 50 are tried, the others are reported as gone', async () => {
      const guess = (nth: number): Item => ({
        sku: 'x',
        product_id: `punchout-charge-code-${Buffer.from(`GUESS-${nth}`).toString('base64url')}`,
        quantity: 1,
      });
      const before = store.asked;
      const { told } = await edited([
        { sku: 'PEN', quantity: 1 },
        ...Array.from({ length: 60 }, (_, nth) => guess(nth)),
      ]);
      expect(store.asked - before).toBe(50);
      expect(told).toHaveLength(60);
    });
  });

  it.each([
    'punchout-charge-code-',
    'punchout-charge-code-AA',
    'punchout-charge-code-!!',
    '19852.punchout-code-',
    '19852.punchout-code-AAoA',
    '.punchout-code-VEVO',
  ])('an invented id does no harm: %s', async (product_id) => {
    const shopper = await edited([
      { sku: 'PEN', product_id, quantity: 1 },
      { sku: 'BOOK', quantity: 1 },
    ]);
    expect(quantitiesOf(shopper)).toMatchObject({ BOOK: 1 });
    expect(shopper.told.filter(({ difference }) => difference === 'discount_gone')).toEqual([]);
  });
});
