import type { Protocol } from '../transmission/transmission.js';
import type { PromotionRule } from './mapping.js';

/** Default treatment of discounts where the connection does not set `mapping.promotions`. */
export function usualPromotions(protocol: Protocol): PromotionRule {
  return protocol === 'cxml' ? 'negative_line' : 'spread';
}
