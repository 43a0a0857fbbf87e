/** A party of order events, a ConnectShop. Its orders' events form one stream. */
export interface ConnectShop {
  tenantId: string;
  /** Unique in the installation: a signed request names nothing else. */
  shopId: number;
  role: ShopRole;
  name: string;
  /** Of a merchant: the buying organisation that orders under this id. */
  connectionId?: string;
  /** Part of the shipped demo: usable only while the demo is switched on. */
  demo: boolean;
}

/** How a shop and we sign, beside Shopware Connect's HMAC of the body. */
export interface ShopSigning {
  /**
   * What signs Shopware Connect's header of what we send to hooks. `own`: the hook secret, which is derived from the
   * shop's key and opens nothing. `shared`: the shop's key itself; whoever sees a request to the hook can read as that
   * shop.
   */
  deliveryKey: (typeof DELIVERY_KEYS)[number];
  /** Whether the shop's calls need X-Punchout-Signature. Where it is there, it must be right. */
  requestSignature: (typeof REQUEST_SIGNATURES)[number];
}

export const DELIVERY_KEYS = ['own', 'shared'] as const;
export const REQUEST_SIGNATURES = ['optional', 'required'] as const;

export const SHOP_ROLES = ['supplier', 'merchant'] as const;
export type ShopRole = (typeof SHOP_ROLES)[number];

const SHOP_ID = /^[1-9]\d{0,8}$/;

/** Undefined: not the decimal number of a shop. */
export function shopIdOf(text: string): number | undefined {
  return SHOP_ID.test(text) ? Number(text) : undefined;
}
