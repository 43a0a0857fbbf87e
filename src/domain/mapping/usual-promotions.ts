import type { Protocol } from '../transmission/transmission.js';
import type { PromotionRule } from './mapping.js';

/** What becomes of the discounts of a cart where the connection says nothing (`mapping.promotions`). */
export function usualPromotions(protocol: Protocol): PromotionRule {
  return protocol === 'cxml' ? 'negative_line' : 'spread';
}
