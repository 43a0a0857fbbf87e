import type { ConnectionSettings } from '../access/connection.js';
import type { PromotionRule } from '../mapping/mapping.js';
import type { Protocol } from './protocol.js';

/** What differs between protocols beyond the text of their documents. How a cart is written: protocols/protocol.ts. */
export interface ProtocolRules {
  /** What becomes of the discounts of a cart where the connection says nothing (`mapping.promotions`). */
  promotions: PromotionRule;
  /** The id of an article that an edit brings back: SupplierPartAuxiliaryID, or `product_id` of a middleware. */
  articleKey: 'auxiliaryId' | 'productKey';
  /** A session that only looked sends its lines back too: OCI has no document without lines. */
  inspectSendsLines: boolean;
  /** The return address may be `SAPEVENT:POST`. */
  allowsSapEvent(settings: Pick<ConnectionSettings, 'oci'>): boolean;
  /** A middleware calls up (custom store integration): it shows an api_key and knows categories by integers. */
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
