import type { ConnectShop, ShopSigning } from '../../domain/orders/connect-shop.js';

/** Shops of source 003 and the keys that they and we sign with. */
export interface ConnectShops {
  /** With its keys in clear, as a signed request names it: by its id alone. */
  findSigner(shopId: number): Promise<SigningShop | undefined>;
  find(tenantId: string, shopId: number): Promise<ConnectShop | undefined>;
  list(tenantId: string): Promise<ShopSummary[]>;
  /**
   * Makes it, or changes name, role and connection of the tenant's own. What `signing` leaves out stays; a new shop has
   * `own` and `optional`. `taken`: another tenant's, or the connection has a merchant already.
   */
  save(shop: ConnectShop, signing?: Partial<ShopSigning>): Promise<'saved' | 'taken'>;
  /** The merchant of a connection, made with the next free id where it has none. */
  merchantOf(tenantId: string, connectionId: string): Promise<ConnectShop>;
  /** The tenant's supplier with the lowest id, made where there is none. */
  supplierOf(tenantId: string): Promise<ConnectShop>;
  /** A further key. At most two are accepted: of two, the older one goes. Undefined: no such shop. */
  addKey(tenantId: string, shopId: number, key: string): Promise<string | undefined>;
  /** A further key; those that there are end after `graceDays`. Undefined: no such shop. */
  rotateKey(tenantId: string, shopId: number, key: string, graceDays: number): Promise<string | undefined>;
  revokeKey(tenantId: string, shopId: number, keyId: string): Promise<boolean>;
}

export interface SigningShop {
  shop: ConnectShop;
  signing: ShopSigning;
  /** Active keys, the oldest first: it signs what we send until it is revoked or over, so that a subscriber has time to learn the new one. */
  keys: string[];
}

export interface ShopSummary extends ConnectShop {
  signing: ShopSigning;
  keys: { keyId: string; createdAt: Date; expiresAt?: Date }[];
}
