/** A party of order events, a ConnectShop. The events of its orders form one stream. */
export interface ConnectShop {
  tenantId: string;
  /** Unique in the installation: a signed request names only this id. */
  shopId: number;
  role: ShopRole;
  name: string;
  /** For a merchant: the buying organisation that orders under this id. */
  connectionId?: string;
  /** Part of the shipped demo: usable only while the demo is on. */
  demo: boolean;
}

/** Signatures between a shop and us, in addition to Shopware Connect's HMAC of the body. */
export interface ShopSigning {
  /**
   * The key that signs Shopware Connect's header in requests to hooks. `own`: the hook secret, which is derived from
   * the shop's key and gives no other access. `shared`: the shop's key itself; a reader of a request to the hook can
   * then read as that shop.
   */
  deliveryKey: (typeof DELIVERY_KEYS)[number];
  /** Whether the shop's calls need X-Punchout-Signature. If present, it must be valid. */
  requestSignature: (typeof REQUEST_SIGNATURES)[number];
}

export const DELIVERY_KEYS = ['own', 'shared'] as const;
export const REQUEST_SIGNATURES = ['optional', 'required'] as const;

export const SHOP_ROLES = ['supplier', 'merchant'] as const;
export type ShopRole = (typeof SHOP_ROLES)[number];

const SHOP_ID = /^[1-9]\d{0,8}$/;

/** Undefined: not a decimal shop number. */
export function shopIdOf(text: string): number | undefined {
  return SHOP_ID.test(text) ? Number(text) : undefined;
}
