/** Prices of a cart: without tax, or with it. */
export const PRICE_KINDS = ['net', 'gross'] as const;
export type PriceKind = (typeof PRICE_KINDS)[number];
