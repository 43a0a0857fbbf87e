import type { IndexLimits } from './index-writer.js';

/** Of an item in Open Buy: those that Coupa's Core API gives for the same names (open-buy.md 6.3). */
export const OPEN_BUY_LIMITS: IndexLimits = {
  id: 255,
  name: 255,
  description: 4_000,
  manufacturer: 255,
  decimals: 6,
  isTable: false,
  idOf: ({ sku }) => sku,
};
