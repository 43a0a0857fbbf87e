import { baseUrlOf } from '../../../domain/base-url.js';
import type { CustomerSession } from '../../../domain/access/connection.js';
import type { Transmission } from '../../../domain/transmission/transmission.js';
import type { OutboundHttp } from '../../../ports/outbound-http.js';
import type { SharedTurns } from '../../../ports/store/store-extras.js';
import type { AdminCredentials } from './api/admin-api.js';
import type { ShopCustomer } from './session/open-context.js';

/** Settings for a Shopware 6 shop (6.5 and up) as a `Store`. */
export interface ShopwareStoreOptions {
  /** Of both APIs, `https://shop.example.com`; a base path may follow. */
  baseUrl: string;
  /** sw-access-key of the sales channel, `SWSC...`; best a headless channel for punchout only. */
  accessKey: string;
  /** Access key of an integration (`SWIA...`) and its secret; needed unless every customer logs in. */
  admin?: AdminCredentials;
  /** Of the sales channel that `accessKey` belongs to. Absent: the shop is asked. */
  salesChannelId?: string;
  /** The shop's customer for the buyers of a transmission's connection. */
  customer: (transmission: Transmission) => ShopCustomer | Promise<ShopCustomer>;
  /**
   * How each buyer gets an isolated cart, although Shopware has one cart per customer; `customer` may override it:
   * - switch-customer (default): any number of independent contexts of one customer, through the Admin API.
   * - guest-clone: a guest copied from the customer for each cart; removed with the cart.
   * - login: the only context of the customer; only where every buyer is a separate customer.
   */
  session?: CustomerSession;
  /**
   * At least 32 characters; of several, the first seals and all open. Seals the context tokens in our database; with
   * another secret, open carts become unreadable.
   */
  sealingSecret: string | readonly string[];
  http: OutboundHttp;
  /** Orders reads and writes among processes. Absent: only those of this process are ordered. */
  sharedTurns?: SharedTurns;
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
  /** The shop's unit names (lower case) as UN/CEFACT codes, beyond the usual ones. */
  units?: Record<string, string>;
  /** Custom field of products with their UN/CEFACT unit. Default `productOciMe`. */
  unitField?: string;
  /** Classification domain -> custom field of products with the code. Default `{ eClass: 'productOciEClass' }`. */
  classificationFields?: Record<string, string>;
  /** Milliseconds; for tests. Default `Date.now`. */
  now?: () => number;
}

/**
 * Paths or URLs of the frontend; `{id}`, `{number}` and `{query}` are replaced, encoded. Defaults are those of
 * Shopware's storefront.
 */
export interface ShopPaths {
  home?: string;
  cart?: string;
  product?: string;
  search?: string;
}

interface ShownProduct {
  productId: string;
  productNumber: string;
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
}: Pick<ShopwareStoreOptions, 'paths' | 'frontendUrl'>): Storefront {
  const { product: productPath = '/detail/{id}', search: searchPath = '/search?search={query}' } = paths;
  const product = ({ productId, productNumber }: ShownProduct): string =>
    productPath
      .replaceAll('{id}', () => encodeURIComponent(productId))
      .replaceAll('{number}', () => encodeURIComponent(productNumber));
  return {
    home: paths.home ?? '/',
    cart: paths.cart ?? '/checkout/cart',
    product,
    search: (query) => searchPath.replaceAll('{query}', () => encodeURIComponent(query)),
    productUrl: (shown) =>
      frontendUrl === undefined ? undefined : new URL(product(shown), `${baseUrlOf(frontendUrl)}/`).href,
  };
}
