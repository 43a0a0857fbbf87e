import type { CustomerSession } from '../../../domain/access/connection.js';
import type { Transmission } from '../../../domain/transmission/transmission.js';
import type { OutboundHttp } from '../../../ports/outbound-http.js';
import type { SharedTurns } from '../../../ports/store/store-extras.js';
import type { AdminCredentials } from './api/admin-api.js';
import type { ShopCustomer } from './session/open-context.js';

/** Everything that a Shopware 6 (6.5 and up) needs to stand behind the port `Store`. */
export interface ShopwareStoreOptions {
  /** Of both APIs, `https://shop.example.com`; a base path may follow. */
  baseUrl: string;
  /** sw-access-key of the sales channel, `SWSC...`; best a headless one of its own for punchout. */
  accessKey: string;
  /** Access key of an integration (`SWIA...`) and its secret; needed unless every customer logs in. */
  admin?: AdminCredentials;
  /** Of the sales channel that `accessKey` belongs to. Absent: the shop is asked. */
  salesChannelId?: string;
  /** Who the shop takes the buyers of a transmission's connection for. */
  customer: (transmission: Transmission) => ShopCustomer | Promise<ShopCustomer>;
  /**
   * How a cart of its own is had, where Shopware knows one cart per customer; what `customer` answers overrules it:
   * - switch-customer (default): any number of independent contexts of the one customer, by the Admin API.
   * - guest-clone: a guest made after the customer, for each cart; removed with it.
   * - login: the customer's own and only context; only where every buyer has a customer of his own.
   */
  session?: CustomerSession;
  /** At least 32 characters; several: the first seals, all open. Seals the context tokens that stand in our database; another one makes open carts unreadable. */
  sealingSecret: string | readonly string[];
  http: OutboundHttp;
  /** The order of reads and writes among processes. Absent: only those of this process are put in order. */
  sharedTurns?: SharedTurns;
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
  /** The shop's unit names (lower case) as UN/CEFACT codes, beyond the usual ones. */
  units?: Record<string, string>;
  /** Custom field of products with their UN/CEFACT unit. Default `productOciMe`. */
  unitField?: string;
  /** Classification domain -> custom field of products with the code. Default `{ eClass: 'productOciEClass' }`. */
  classificationFields?: Record<string, string>;
  /** Milliseconds; for tests. Default `Date.now`. */
  now?: () => number;
}

/** Paths or URLs of the frontend; `{id}`, `{number}` and `{query}` are filled in, encoded. Defaults are those of Shopware's storefront. */
export interface ShopPaths {
  home?: string;
  cart?: string;
  product?: string;
  search?: string;
}
