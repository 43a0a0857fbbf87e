import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ShopwareStore } from '../../src/adapters/stores/shopware/shopware-store.js';
import type { Store } from '../../src/ports/store/store.js';
import { checkStore, storeContract, type StorePart, type TestRunner } from '../../src/testing/store-contract.js';
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
    rule: /quantity that the shop changed|nothing was added|answers each/,
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
    rule: /50 separate carts/,
  },
  'an empty cart for a shop that is down': {
    spoil: (store) => ({
      readCart: (cart) =>
        store
          .readCart(cart)
          .catch(() => ({ cartId: cart.id, contentMark: '', currency: 'EUR', language: 'en', lines: [] })),
    }),
    rule: /cannot be reached/,
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

  it('without a test runner: no fault in a store that keeps it, and the parts it lacks are skipped', async () => {
    const { faults, skipped } = await checkStore(() => Promise.resolve(benchFor(shopware.storeWith())));
    expect(faults).toEqual([]);
    expect(skipped.flatMap(({ without }) => without).toSorted()).toEqual([
      'currency',
      'currency',
      'currency',
      'customers',
      'languages',
      'search',
      'withdraw',
    ]);
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
      const { faults } = await checkStore(() => Promise.resolve(benchFor(spoiled)));
      expect(faults.map((fault) => fault.rule)).toContainEqual(expect.stringMatching(rule));
    },
    60_000,
  );
});

describe('the published store contract in a test runner', () => {
  type Run = (...context: unknown[]) => Promise<void>;
  /** A runner that only remembers what is defined. */
  function define(without: readonly StorePart[]) {
    const defined = new Map<string, Run>();
    const skipped: string[] = [];
    const setUp: (() => Promise<void>)[] = [];
    const it = (name: string, run: Run): unknown => defined.set(name, run);
    const runner: TestRunner = {
      describe: (_name, body) => body(),
      it: Object.assign(it, { skip: (name: string) => skipped.push(name) }),
      beforeAll: (run) => setUp.push(run),
      afterAll: () => undefined,
    };
    storeContract('none', () => Promise.resolve(EMPTY), runner, without);
    return { defined, skipped, open: () => Promise.all(setUp.map((run) => run())) };
  }
  const EMPTY = {
    store: { name: 'none' } as Store,
    tenantId: 'acme',
    connectionId: 'erp',
    plain: 'A',
    other: 'B',
    plainLine: {},
    changed: [],
    languages: [],
    breaks: {},
    close: () => Promise.resolve(),
  };

  it('cases of a part in `without` are skipped, the others are defined', () => {
    const { defined, skipped } = define(['search', 'currency']);
    expect(skipped.toSorted()).toEqual([
      'changeContext keeps the lines and prices them in the new currency',
      'finds articles by a word',
      'opens a cart in the requested currency',
      'prices its catalogue in the requested currency',
    ]);
    expect([...defined.keys()]).toContain('opens a cart in the requested language');
  });

  it('a part that the opened store lacks: skipped by the context of the test, a failure without one', async () => {
    const { defined, open } = define([]);
    await open();
    const reasons: string[] = [];
    const search = defined.get('finds articles by a word');
    await search?.({ skip: (reason: string) => reasons.push(reason) });
    expect(reasons).toEqual(['the store lacks search']);
    await expect(search?.()).rejects.toThrow('Name it in `without`');
    // Jest takes a test function with a parameter for one that calls back.
    expect(search).toHaveLength(0);
  });

  it('a part that does not exist is an error', () => {
    expect(() => define(['serach' as StorePart])).toThrow('serach is not one of');
  });

  it('names its cases in words', () => {
    const { defined } = define([]);
    expect([...defined.keys()].filter((name) => /\b[A-Z]\d+\b|\.md|decision/.test(name))).toEqual([]);
  });
});
