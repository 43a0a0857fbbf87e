import type { Transmission } from '../../../domain/transmission/transmission.js';
import type { OutboundHttp } from '../../../ports/outbound-http.js';
import type { AdminCredentials } from './api/admin-api.js';

/** Everything that a Vendure shop (3.1 and up) needs to stand behind the port `Store`. Its `authOptions.tokenMethod` must include `bearer`. */
export interface VendureStoreOptions {
  /** Of the Shop API, `https://shop.example.com/shop-api`. */
  shopApiUrl: string;
  /** Token of the channel that is shopped in (header `vendure-token`); absent: the default channel. */
  channelToken?: string;
  /** Other channels that a cart may move to: code of the site -> channel token. The cart's lines are put into a fresh cart there. */
  sites?: Record<string, string>;
  /**
   * Customers of the shop. Absent: every cart is that of an anonymous visitor, which is what keeps buyers of one account apart: Vendure has one active
   * order per customer. Give one only where every buyer has a customer of his own; an order that he left open is emptied.
   */
  customer?: (transmission: Transmission) => VendureCustomer | undefined | Promise<VendureCustomer | undefined>;
  /**
   * Makes accounts for the buyers of a middleware (custom store integration) after those of others; none where absent.
   */
  admin?: AdminAccess;
  /** At least 32 characters. Seals the session tokens that stand in our database; of a list the first seals and all open. */
  sealingSecret: string | readonly string[];
  http: OutboundHttp;
  timeouts?: {
    /** One exchange with the shop. Default 2500. */
    requestMs?: number;
    /** One operation of the port, all its exchanges. Default 4000. */
    operationMs?: number;
  };
  /** Product details that are remembered, and for how long. Defaults 5000, 600. */
  details?: { maxEntries?: number; lifeSeconds?: number };
  paths?: ShopPaths;
  /** Where buyers see the shop, without slash at the end; product addresses in carts begin with it. Absent: carts name none. */
  frontendUrl?: string;
  fields?: ProductFields;
  /** Code of the shipping method whose costs carts have. Absent: none, until a frontend chooses one. */
  shippingMethod?: string;
  /**
   * Digits behind the point that the shop's integers have: `iso` (default) by ISO 4217 (JPY none, EUR two), or the `precision` of a MoneyStrategy that
   * counts all currencies alike.
   */
  priceDigits?: 'iso' | number;
  /** The shop's unit names (lower case) as UN/CEFACT codes, where `fields.unit` does not hold the code itself. */
  units?: Record<string, string>;
  /** Milliseconds; for tests. Default `Date.now`. */
  now?: () => number;
}

export interface AdminAccess extends AdminCredentials {
  /** Of the Admin API. Default: `shopApiUrl` with `admin-api` in place of its last segment. */
  url?: string;
}

export interface VendureCustomer {
  /** Identifier of the native authentication: the e-mail address. */
  username: string;
  password: string;
}

/**
 * Where the shop keeps what Vendure has no field for: `variant:mpn` and `product:maker` are custom fields, `facet:brand` is the name of the value of a
 * facet (by its code), of the variant or else of the product.
 */
export interface ProductFields {
  manufacturerName?: string;
  manufacturerPartId?: string;
  gtin?: string;
  /** UN/CEFACT code, or a name for `units`. Without a value: EA. */
  unit?: string;
  /** Classification domain -> where its code is: `{ UNSPSC: 'variant:unspsc' }`. */
  classifications?: Record<string, string>;
  /** Name in `CartLine.customFields` -> where its value is. */
  customFields?: Record<string, string>;
}

/** Paths or URLs of the frontend; `{slug}`, `{id}` (of the product), `{sku}` and `{query}` are filled in, encoded. */
export interface ShopPaths {
  /** Default `/`. */
  home?: string;
  /** Default `/cart`. */
  cart?: string;
  /** Default `/products/{slug}`. */
  product?: string;
  /** Default `/search?q={query}`. */
  search?: string;
}
