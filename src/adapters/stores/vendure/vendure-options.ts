import { baseUrlOf } from '../../../domain/base-url.js';
import type { Transmission } from '../../../domain/transmission/transmission.js';
import type { OutboundHttp } from '../../../ports/outbound-http.js';
import type { AdminCredentials } from './api/admin-api.js';

/** Settings for a Vendure shop (3.1 and up) as a `Store`. Its `authOptions.tokenMethod` must include `bearer`. */
export interface VendureStoreOptions {
  /** Of the Shop API, `https://shop.example.com/shop-api`. */
  shopApiUrl: string;
  /** Token of the channel for the carts (header `vendure-token`); absent: the default channel. */
  channelToken?: string;
  /**
   * Other channels that a cart may move to: code of the site -> channel token. The cart's lines are added to a new cart
   * there.
   */
  sites?: Record<string, string>;
  /**
   * Customers of the shop. Absent: every cart belongs to an anonymous visitor, which keeps buyers of one account apart:
   * Vendure has one active order per customer. Name a customer only where every buyer has a separate one; an order that
   * the customer left open is emptied.
   */
  customer?: (transmission: Transmission) => VendureCustomer | undefined | Promise<VendureCustomer | undefined>;
  /**
   * Creates accounts for the buyers of a middleware (custom store integration) from template customers; absent: no
   * accounts.
   */
  admin?: AdminAccess;
  /** At least 32 characters. Seals the session tokens in our database; of a list the first seals and all open. */
  sealingSecret: string | readonly string[];
  http: OutboundHttp;
  timeouts?: {
    /** One request to the shop. Default 2500. */
    requestMs?: number;
    /** One operation of the store with all its requests. Default 4000. */
    operationMs?: number;
  };
  /** Number and lifetime of cached product details. Defaults 5000, 600. */
  details?: { maxEntries?: number; lifeSeconds?: number };
  paths?: ShopPaths;
  /**
   * Address of the shop for buyers, without a trailing slash; product addresses in carts begin with it. Absent: carts
   * have none.
   */
  frontendUrl?: string;
  fields?: ProductFields;
  /** Code of the shipping method whose costs carts include. Absent: none, until a frontend chooses one. */
  shippingMethod?: string;
  /**
   * Decimal digits of the shop's integers: `iso` (default) by ISO 4217 (JPY none, EUR two), or the `precision` of a
   * MoneyStrategy that uses the same digits for all currencies.
   */
  priceDigits?: 'iso' | number;
  /** The shop's unit names (lower case) as UN/CEFACT codes, where `fields.unit` does not hold the code itself. */
  units?: Record<string, string>;
  /** Milliseconds; for tests. Default `Date.now`. */
  now?: () => number;
}

export interface AdminAccess extends AdminCredentials {
  /** Of the Admin API. Default: `shopApiUrl` with `admin-api` as its last segment. */
  url?: string;
}

export interface VendureCustomer {
  /** Identifier of the native authentication: the e-mail address. */
  username: string;
  password: string;
}

/**
 * Where the shop stores data that Vendure has no field for: `variant:mpn` and `product:maker` are custom fields,
 * `facet:brand` is the value of a facet (by its code), of the variant or else of the product.
 */
export interface ProductFields {
  manufacturerName?: string;
  manufacturerPartId?: string;
  gtin?: string;
  /** UN/CEFACT code, or a name for `units`. Without a value: EA. */
  unit?: string;
  /** Classification domain -> source of its code: `{ UNSPSC: 'variant:unspsc' }`. */
  classifications?: Record<string, string>;
  /** Name in `CartLine.customFields` -> source of its value. */
  customFields?: Record<string, string>;
}

/** Paths or URLs of the frontend; `{slug}`, `{id}` (of the product), `{sku}` and `{query}` are replaced, encoded. */
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

interface ShownProduct {
  productId: string;
  slug: string;
  sku: string;
}

/** Where the frontend shows what. */
export interface Storefront {
  home: string;
  cart: string;
  product(product: ShownProduct): string;
  search(query: string): string;
  /** Absolute; undefined without `frontendUrl`. */
  productUrl(product: ShownProduct): string | undefined;
}

export function storefront({
  paths = {},
  frontendUrl,
}: Pick<VendureStoreOptions, 'paths' | 'frontendUrl'>): Storefront {
  const { product: productPath = '/products/{slug}', search: searchPath = '/search?q={query}' } = paths;
  const product = ({ productId, slug, sku }: ShownProduct): string =>
    productPath
      .replaceAll('{slug}', () => encodeURIComponent(slug))
      .replaceAll('{id}', () => encodeURIComponent(productId))
      .replaceAll('{sku}', () => encodeURIComponent(sku));
  return {
    home: paths.home ?? '/',
    cart: paths.cart ?? '/cart',
    product,
    search: (query) => searchPath.replaceAll('{query}', () => encodeURIComponent(query)),
    productUrl: (shown) =>
      frontendUrl === undefined ? undefined : new URL(product(shown), `${baseUrlOf(frontendUrl)}/`).href,
  };
}
