/** A party of source 003. Its orders' events form one stream. */
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

export const SHOP_ROLES = ['supplier', 'merchant'] as const;
export type ShopRole = (typeof SHOP_ROLES)[number];

const SHOP_ID = /^[1-9]\d{0,8}$/;

/** Undefined: not the decimal number of a shop. */
export function shopIdOf(text: string): number | undefined {
  return SHOP_ID.test(text) ? Number(text) : undefined;
}
