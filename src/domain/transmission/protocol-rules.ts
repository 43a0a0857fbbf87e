import type { ConnectionSettings } from '../access/connection.js';
import type { PromotionRule } from '../mapping/mapping.js';
import type { Protocol } from './protocol.js';

/**
 * Differences between protocols beyond the text of their documents. protocols/cart-protocol.ts: how a cart is written.
 */
export interface ProtocolRules {
  /** Default of `mapping.promotions`: how the cart's discounts are sent. */
  promotions: PromotionRule;
  /** The id of an article that an edit brings back: SupplierPartAuxiliaryID, or `product_id` of a middleware. */
  articleKey: 'auxiliaryId' | 'productKey';
  /** An inspect session also sends its lines: OCI has no document without lines. */
  inspectSendsLines: boolean;
  /** The return address may be `SAPEVENT:POST`. */
  allowsSapEvent(settings: Pick<ConnectionSettings, 'oci'>): boolean;
  /** The caller is a middleware (custom store integration): it sends an api_key and uses integer category ids. */
  isMiddleware: boolean;
}

const never = (): boolean => false;

export const PROTOCOL_RULES: Record<Protocol, ProtocolRules> = {
  cxml: {
    promotions: 'negative_line',
    articleKey: 'auxiliaryId',
    inspectSendsLines: false,
    allowsSapEvent: never,
    isMiddleware: false,
  },
  oci: {
    promotions: 'spread',
    articleKey: 'auxiliaryId',
    inspectSendsLines: true,
    allowsSapEvent: ({ oci }) => oci.allowSapEvent,
    isMiddleware: false,
  },
  repost: {
    promotions: 'spread',
    articleKey: 'productKey',
    inspectSendsLines: false,
    allowsSapEvent: never,
    isMiddleware: true,
  },
};
