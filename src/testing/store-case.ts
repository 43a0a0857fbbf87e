import assert from 'node:assert/strict';
import type { CartRef } from '../domain/cart/cart.js';
import type { DecimalText } from '../domain/decimal.js';
import type { SetupRequest } from '../domain/transmission/setup-request.js';
import type { Store } from '../ports/store/store.js';
import type { StoreUnderTest } from './store-under-test.js';

/** A rule that every store keeps. */
export interface StoreCase {
  name: string;
  /** Longest time on a slow machine. */
  timeoutMs: number;
  /** The case is skipped for a store that does not have all of these. */
  needs: readonly StorePart[];
  run(bench: Bench): Promise<void>;
}

/** The open shop, and carts that are deleted after the tests. */
export interface Bench {
  shop: StoreUnderTest;
  openCart(request?: Partial<SetupRequest>): Promise<CartRef>;
}

/** What a store or its shop may lack. */
export type StorePart = keyof typeof SUPPORT;

const SUPPORT = {
  breaks: ({ breaks }: StoreUnderTest) => Object.keys(breaks).length > 0,
  catalogue: ({ store }: StoreUnderTest) => store.cataloguePage !== undefined && store.catalogueProducts !== undefined,
  categories: ({ store }: StoreUnderTest) => store.categories !== undefined,
  changeContext: ({ store }: StoreUnderTest) => store.changeContext !== undefined,
  changed: ({ changed }: StoreUnderTest) => changed.length > 0,
  currency: ({ currency }: StoreUnderTest) => currency !== undefined,
  customers: ({ store, template }: StoreUnderTest) => store.customers !== undefined && template !== undefined,
  languages: ({ languages }: StoreUnderTest) => languages.length > 0,
  search: ({ searchWord }: StoreUnderTest) => searchWord !== undefined,
  soldOut: ({ soldOut }: StoreUnderTest) => soldOut !== undefined,
  unbuyable: ({ unbuyable = [] }: StoreUnderTest) => unbuyable.length > 0,
  withdraw: ({ withdraw }: StoreUnderTest) => withdraw !== undefined,
};

export const STORE_PARTS = Object.keys(SUPPORT) as StorePart[];

/** What this shop lacks. */
export function missingParts(shop: StoreUnderTest): StorePart[] {
  return STORE_PARTS.filter((part) => !SUPPORT[part](shop));
}

export function storeCase(
  name: string,
  run: (bench: Bench & { store: Store }) => Promise<void>,
  { timeoutMs = 120_000, needs = [] }: { timeoutMs?: number; needs?: readonly StorePart[] } = {},
): StoreCase {
  return { name, timeoutMs, needs, run: (bench) => run({ ...bench, store: bench.shop.store }) };
}

export async function quantities(store: Store, cart: CartRef): Promise<Record<string, DecimalText>> {
  return Object.fromEntries((await store.readCart(cart)).lines.map(({ sku, quantity }) => [sku, quantity]));
}

/** Of a cart that the case has just filled. */
export async function firstLineId(store: Store, cart: CartRef): Promise<string> {
  const [line] = (await store.readCart(cart)).lines;
  assert.ok(line !== undefined, 'the cart has no line');
  return line.lineId;
}
