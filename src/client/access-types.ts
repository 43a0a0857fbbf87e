export interface AdminTenant {
  tenantId: string;
  name: string;
  version: number;
  settings: Record<string, unknown>;
}

export interface AdminTenantChange {
  name?: string;
  /** Merged into those that are there; null takes a setting back. */
  settings?: Record<string, unknown>;
  /** In place of all that are there. */
  allSettings?: Record<string, unknown>;
}

export type KeyScope = 'read' | 'write' | 'admin' | 'index' | 'open-buy';

export interface AdminKey {
  keyId: string;
  name: string;
  scopes: KeyScope[];
  /** Of the scopes `index` and `open-buy`: whose buyers the key is for. */
  connection: string | null;
  state: 'active' | 'expiring' | 'expired' | 'revoked';
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** `key` is shown once; null where the answer was lost and the call repeated. */
export type MadeKey = AdminKey & { key: string | null };

export interface AdminClient {
  clientId: string;
  name: string;
  scopes: string[];
  /** Of the scope `open-buy`: whose buyers the client searches for. */
  connection: string | null;
  state: 'active' | 'revoked';
  /** Newest first: ids and ages. */
  secrets: { secretId: string; createdAt: Date }[];
}

/** `secret` is shown once; null where it was given, or where the answer was lost and the call repeated. */
export type MadeClient = AdminClient & { secret: string | null };

export interface NewAdminClient {
  /** Unique among all tenants. */
  clientId: string;
  name: string;
  /** `sessioncontext.context_manage` by default. */
  scopes?: string[];
  /** With the scope `open-buy`, and only with it. */
  connection?: string;
  /** Without it one is made. */
  secret?: string;
}

export interface AdminShopWish {
  /** 1 to 999999999, unique among all tenants. */
  shopId: number;
  name: string;
  role: 'supplier' | 'merchant';
  /** Of a merchant. */
  connection?: string;
  deliveryKey?: 'own' | 'shared';
  requestSignature?: 'optional' | 'required';
}

export interface AdminShop {
  shopId: number;
  name: string;
  role: 'supplier' | 'merchant';
  connection: string | null;
  deliveryKey: 'own' | 'shared';
  requestSignature: 'optional' | 'required';
  keys: { keyId: string; createdAt: Date; expiresAt: Date | null }[];
}

/** `key` and `hookSecret` are shown once; all null where no key was made. */
export type SavedShop = AdminShop & { keyId: string | null; key: string | null; hookSecret: string | null };

export interface AdminSiteWish {
  siteCode: string;
  name: string;
  /** ISO 3166-1, two letters. */
  country: string;
  /** ISO 4217. */
  currency: string;
  moreCurrencies?: string[];
  /** BCP 47; none: any. */
  languages?: string[];
  isDefault?: boolean;
}

export interface AdminSite {
  siteCode: string;
  name: string;
  country: string;
  currency: string;
  currencies: string[];
  languages: string[];
  isDefault: boolean;
}

export type AdminOperatorRole = 'viewer' | 'engineer' | 'owner';

export interface AdminOperator {
  operatorId: string;
  email: string;
  name: string;
  role: AdminOperatorRole;
  disabled: boolean;
  /** The OpenID provider decides the role. */
  fromProvider: boolean;
  createdAt: Date;
}

/** `password` is shown once; null where it was given, or where the answer was lost and the call repeated. */
export type AddedOperator = AdminOperator & { password: string | null };

export interface AdminAddressWish {
  addressId: string;
  /** null: the usual customer of the connection. */
  customer: { number: string } | { email: string } | null;
}

/** A ShipTo address id of a connection. */
export interface AdminAddress extends AdminAddressWish {
  /** False: a call-up named it, and nobody has decided about it. */
  known: boolean;
  /** Postal code, town and country of the first call-up. */
  place: string;
  createdAt: Date;
}
