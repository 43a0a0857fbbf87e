import type { Cart, CartRef } from '../../domain/cart/cart.js';
import type { ShownCart } from '../../domain/cart/shown-cart.js';
import type { DecimalText } from '../../domain/decimal.js';
import type { FeedProduct } from '../../domain/orders/feed.js';
import type { PurchaseOrder } from '../../domain/orders/purchase-order.js';
import type { ItemKey } from '../../domain/transmission/setup-request.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { CataloguePage, CatalogueProducts, CatalogueWish, WantedProduct } from './store-catalogue.js';
import type { StoreCustomers } from './store-extras.js';
import type { StoreProxyPolicy } from './store-proxy-policy.js';

/**
 * The shop behind the connector. README.md in this folder explains how to connect one. Every method may throw
 * PunchoutError('STORE_UNAVAILABLE'). Methods with a cart may throw PunchoutError('STORE_SESSION_LOST') if the shop has
 * lost it. No other error of a store is handled.
 */
export interface Store {
  /** Stored in `CartRef.store`. */
  readonly name: string;
  /**
   * Opens a new cart for this transmission, never one shared by an account. Uses the account `transmission.clone` if
   * there is one. Called once, at login.
   */
  openCart(transmission: Transmission): Promise<CartRef>;
  /**
   * Tests if `openCart` would work for this transmission, without touching a cart that a buyer may be using. Throws the
   * errors of `openCart`. False: nothing was tested, because opening and deleting a cart is harmless here. Absent: same
   * as false.
   */
  examine?(transmission: Transmission): Promise<boolean>;
  /** Adds products and returns the result for each. A line that could not be added changes nothing. */
  addLines(cart: CartRef, lines: LineRequest[], known?: CartKnowledge): Promise<LineResult[]>;
  /** Sets the quantity of one line. */
  changeLine(cart: CartRef, lineId: string, quantity: DecimalText): Promise<LineResult>;
  /** Unknown lines are no error. */
  removeLine(cart: CartRef, lineId: string): Promise<void>;
  /** The whole cart, with everything a procurement document needs, in one read. */
  readCart(cart: CartRef, known?: CartKnowledge): Promise<Cart>;
  /**
   * The cart in the shop's answer to the last write of this process. The buyer is told about later changes by the shop.
   * Does no I/O. Absent for a shop that never changes carts by itself.
   */
  shownCart?(cart: CartRef): ShownCart | undefined;
  /**
   * Redeems a discount code after all lines are in the cart. False: the code has no effect. A code with an effect is in
   * the cart that `readCart` returns afterwards. Absent for a shop without codes.
   */
  redeemCode?(cart: CartRef, code: string): Promise<boolean>;
  /**
   * Called before a live cart is used and during its session, so that the shop does not expire it. Usually does
   * nothing. Absent for a shop whose carts do not expire.
   */
  keepCart?(cart: CartRef): Promise<void>;
  /** Deletes the cart if its content still matches `contentMark`. A missing cart counts as deleted. */
  deleteCart(cart: CartRef, contentMark?: string): Promise<'deleted' | 'changed'>;
  /**
   * The shop's address of a product (path or URL), for landing. Undefined if there is none. `buyer`: who lands there;
   * a store whose products are the same for all tenants may ignore it.
   */
  productPath(item: ItemKey, buyer?: Pick<Transmission, 'tenantId'>): Promise<string | undefined>;
  /** Start page and cart page for buyers (paths or URLs). */
  readonly homePath: string;
  readonly cartPath: string;
  /** Page with the hits of a search (path or URL). Absent for a shop without such a page. */
  searchPath?(query: string): string;
  /**
   * The products that the shop's own search finds, best first, at most `limit`. `tenantId`: who searches; a store whose
   * products are the same for all tenants may ignore it. Absent for a shop without a search.
   */
  search?(
    query: string,
    limit: number,
    wish?: { language?: string; currency?: string; tenantId?: string },
  ): Promise<ItemKey[]>;
  /**
   * One page of the products that the buyers of a connection may buy, in a fixed order. Absent for a shop whose
   * products cannot be listed: there are no indexes of it (docs/catalogues.md).
   */
  cataloguePage?(wish: CatalogueWish): Promise<CataloguePage>;
  /**
   * Single products as the buyer of this transmission may buy them, in the order of `items`, at most 100, each once.
   * Undefined for one that is not sold to this buyer. Absent for a shop without `cataloguePage`.
   */
  catalogueProducts?(buyer: Transmission, items: readonly WantedProduct[]): Promise<CatalogueProducts>;
  /** The whole category tree, parents before children. Absent for a shop without categories. */
  categories?(): Promise<StoreCategory[]>;
  /**
   * Changes a live cart to another currency, language, country or site. The next `readCart` uses it, with its prices.
   * Changes everything requested or nothing. Absent for a shop with only one context.
   */
  changeContext?(cart: CartRef, wish: StoreContext): Promise<ContextChange>;
  /** The cart's current context. Absent for a shop whose own API cannot change a cart's currency or language. */
  shownContext?(cart: CartRef): Promise<StoreContext>;
  /** Accounts for the buyers of a middleware. Absent for a shop that creates none. */
  readonly customers?: StoreCustomers;
  /**
   * Imports products of a supplier's feed, a few hundred at a time: adds new ones and updates the others. `run`
   * identifies one reading of one file. An id that occurred before in the same run has no effect and is returned.
   * Absent for a shop without imports: feeds are only checked.
   */
  importProducts?(tenantId: string, run: string, products: readonly FeedProduct[]): Promise<{ repeated: string[] }>;
  /**
   * Places a purchase order that matches the sent cart, once per `orderKey`: a repeated call returns the existing
   * number. Called by the worker after the order was stored. Absent for a shop that takes no orders.
   */
  placeOrder?(order: StoreOrder): Promise<PlacedOrder>;
  /**
   * Calls that browsers may make to the shop's own API through the guarded proxy. `allow` names further calls in the
   * policy's syntax. Throws TypeError for one that it cannot parse. Absent for a shop without its own API.
   */
  proxyPolicy?(options: { allow: readonly string[] }): StoreProxyPolicy;
  /** Releases the store's resources. Called once, when the connector closes. */
  close?(): Promise<void>;
}

/** What the caller knows about a cart, so that the store can save a request. A store may ignore it. */
export interface CartKnowledge {
  /** There was no other write to the cart since this process opened it or last wrote to it. */
  untouched?: boolean;
}

export interface StoreOrder {
  tenantId: string;
  /** `{connection}/{the buyer's order number}` */
  orderKey: string;
  /** The punchout that the order belongs to. */
  transmissionId: string;
  order: PurchaseOrder;
}

/** The shop's order number, or why it refuses the order: a sentence for an engineer. */
export type PlacedOrder = { ok: true; number: string } | { ok: false; reason: string };

/** Context in which a cart is shown and priced. Absent fields stay unchanged. */
export interface StoreContext {
  /** ISO 4217. */
  currency?: string;
  /** BCP 47. */
  language?: string;
  /** ISO 3166-1 alpha-2, of the place of delivery. */
  country?: string;
  /** Code of a site of the tenant (e.g. a sales channel). */
  site?: string;
}

/** `cart`: the cart to use from now on. `unknown`: the field that the shop cannot fulfil. */
export type ContextChange = { ok: true; cart: CartRef } | { ok: false; unknown: keyof StoreContext };

export interface StoreCategory {
  categoryId: string;
  /** Undefined for a root. */
  parentId?: string;
  name: string;
}

export interface LineRequest extends ItemKey {
  quantity: DecimalText;
}

/** `fault` undefined: added as requested. A changed quantity is a success with a note. */
export interface LineResult {
  supplierPartId: string;
  requested: DecimalText;
  /** Quantity that was added; '0' if nothing was. */
  got: DecimalText;
  fault?: 'unknown_product' | 'sold_out' | 'quantity_invalid' | 'quantity_changed' | 'unknown_line';
}
