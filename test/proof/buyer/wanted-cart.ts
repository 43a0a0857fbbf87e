import type { Random } from '../random.js';

/** Two articles of the demo catalogue without tiers; prices in cents, from PunchFlow's example. */
export const ARTICLES = { 'SKU-001': 49_999n, 'SKU-002': 30_001n } as const;
export type Sku = keyof typeof ARTICLES;

/** Quantity by article. */
export type WantedCart = Map<string, number>;

/** PunchFlow's cart of 1299.99 every third time, else a random one. */
export function wantedCart(random: Random): WantedCart {
  if (random.below(3) === 0)
    return new Map([
      ['SKU-001', 2],
      ['SKU-002', 1],
    ]);
  return new Map([
    ['SKU-001', 1 + random.below(400)],
    ['SKU-002', 1 + random.below(400)],
  ]);
}

/** Decimal text, computed by the proof's own arithmetic. */
export function totalOf(cart: ReadonlyMap<string, number>): string {
  let cents = 0n;
  for (const [sku, quantity] of cart)
    cents += (sku === 'SKU-001' ? ARTICLES['SKU-001'] : ARTICLES['SKU-002']) * BigInt(quantity);
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
}
