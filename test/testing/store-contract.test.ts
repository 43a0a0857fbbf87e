import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ShopwareStore } from '../../src/adapters/stores/shopware/shopware-store.js';
import type { Store } from '../../src/ports/store/store.js';
import { checkStore } from '../../src/testing/store-contract.js';
import type { StoreUnderTest } from '../../src/testing/store-under-test.js';
import { openShopware } from '../adapters/stores/shopware/open-shopware.js';

/** Faults that a store of one's own may well have. */
const MUTANTS: Record<string, { spoil: (store: ShopwareStore) => Partial<Store>; rule: RegExp }> = {
  'says what was asked, not what happened': {
    spoil: (store) => ({
      addLines: async (cart, lines) => (
        await store.addLines(cart, lines),
        lines.map(({ supplierPartId, quantity }) => ({ supplierPartId, requested: quantity, got: quantity }))
      ),
    }),
    rule: /another quantity|nothing was added|one answer/,
  },
  'deletes a cart that was changed': {
    spoil: (store) => ({ deleteCart: (cart) => store.deleteCart(cart) }),
    rule: /deletes a cart only/,
  },
  'one cart for an account': {
    spoil: (store) => {
      const one = store.openCart.bind(store);
      let shared: ReturnType<Store['openCart']> | undefined;
      return { openCart: (transmission) => (shared ??= one(transmission)) };
    },
    rule: /T60/,
  },
  'an empty cart for a shop that is down': {
    spoil: (store) => ({
      readCart: (cart) =>
        store
          .readCart(cart)
          .catch(() => ({ cartId: cart.id, contentMark: '', currency: 'EUR', language: 'en', lines: [] })),
    }),
    rule: /P5/,
  },
};

describe('the published store contract', () => {
  let shopware: Awaited<ReturnType<typeof openShopware>>;
  beforeAll(async () => {
    shopware = await openShopware();
  });
  afterAll(() => shopware.close());

  const benchFor = (store: Store): StoreUnderTest => ({
    store,
    tenantId: 'acme',
    connectionId: 'erp',
    plain: 'SKU-PEN',
    other: 'SKU-LAMP',
    plainLine: { unitPrice: '1' },
    soldOut: 'SKU-GONE',
    changed: [{ supplierPartId: 'SKU-INK', requested: '3', got: '2' }],
    unbuyable: ['SKU-SHIRT'],
    languages: [],
    breaks: {
      down: () => {
        shopware.double.failure = { kind: 'down', path: '' };
        return () => void (shopware.double.failure = undefined);
      },
    },
    close: () => Promise.resolve(),
  });

  it('without a test runner: no fault in a store that keeps it', async () => {
    expect(await checkStore(() => Promise.resolve(benchFor(shopware.storeWith())))).toEqual([]);
  }, 60_000);

  it.each(Object.entries(MUTANTS))(
    'finds a store that %s',
    async (_, { spoil, rule }) => {
      const store = shopware.storeWith();
      const spoiled: Store = new Proxy<Store>(store, {
        get: (target, name) => {
          const own: unknown = Reflect.get(spoils, name) ?? Reflect.get(target, name);
          return typeof own === 'function' ? own.bind(target) : own;
        },
      });
      const spoils = spoil(store);
      const faults = await checkStore(() => Promise.resolve(benchFor(spoiled)));
      expect(faults.map((fault) => fault.rule)).toContainEqual(expect.stringMatching(rule));
    },
    60_000,
  );
});
