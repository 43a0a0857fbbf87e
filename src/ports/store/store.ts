import type { Cart, CartRef } from '../../domain/cart/cart.js';
import type { ShownCart } from '../../domain/cart/shown-cart.js';
import type { DecimalText } from '../../domain/decimal.js';
import type { FeedProduct } from '../../domain/orders/feed.js';
import type { PurchaseOrder } from '../../domain/orders/purchase-order.js';
import type { ItemKey } from '../../domain/transmission/setup-request.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { StoreCustomers } from './store-extras.js';
import type { StoreProxyPolicy } from './store-proxy-policy.js';

/**
 * The shop behind us. README.md beside this file tells how to plug one in.
 * Every method may throw PunchoutError('STORE_UNAVAILABLE'), and those with a cart PunchoutError('STORE_SESSION_LOST') for one that the shop has
 * forgotten; nothing else is caught for a store.
 */
export interface Store {
  /** Goes into `CartRef.store`. */
  readonly name: string;
  /** A fresh cart of its own for this transmission, never one shared by an account; of the account `transmission.clone` where there is one. Called once, at login. */
  openCart(transmission: Transmission): Promise<CartRef>;
  /**
   * Tries whether `openCart` would work for this transmission, without touching a cart that a buyer may be using.
   * Throws what `openCart` would throw. False: nothing was tried, since opening and deleting a cart does no harm here.
   * Absent: as if false.
   */
  examine?(transmission: Transmission): Promise<boolean>;
  /** Adds products and says what really happened to each; a line that could not be added changes nothing. */
  addLines(cart: CartRef, lines: LineRequest[], known?: CartKnowledge): Promise<LineResult[]>;
  /** Sets the quantity of one line. */
  changeLine(cart: CartRef, lineId: string, quantity: DecimalText): Promise<LineResult>;
  /** Unknown lines are no fault. */
  removeLine(cart: CartRef, lineId: string): Promise<void>;
  /** The whole cart, with everything a procurement document needs, read at once. */
  readCart(cart: CartRef, known?: CartKnowledge): Promise<Cart>;
  /**
   * The cart as the shop answered the last write of this process. The buyer is told of what the shop changes after
   * that. Does no I/O. Absent for a shop that never changes carts by itself.
   */
  shownCart?(cart: CartRef): ShownCart | undefined;
  /**
   * Redeems a discount code, when all lines are in the cart. False: the code has no effect. A code with an effect is in
   * the cart that `readCart` gives afterwards. Absent for a shop without codes.
   */
  redeemCode?(cart: CartRef, code: string): Promise<boolean>;
  /**
   * Called before a live cart is used, and while its session is, so that the shop does not forget it for its age.
   * Usually does nothing. Absent for a shop whose carts do not age.
   */
  keepCart?(cart: CartRef): Promise<void>;
  /** Deletes the cart if its content still is `contentMark`; a cart that is gone counts as deleted. */
  deleteCart(cart: CartRef, contentMark?: string): Promise<'deleted' | 'changed'>;
  /** The shop's address of a product (path or URL), for landing; undefined when there is none. */
  productPath(item: ItemKey): Promise<string | undefined>;
  /** Where buyers start and where their cart is (paths or URLs). */
  readonly homePath: string;
  readonly cartPath: string;
  /** Where the shop shows the hits of a search (path or URL); absent in a shop without such a page. */
  searchPath?(query: string): string;
  /** The products that the shop's own search finds, best first, at most `limit`; absent in a shop without a search. */
  search?(query: string, limit: number, wish?: { language?: string; currency?: string }): Promise<ItemKey[]>;
  /** The whole tree of what the shop sells, parents before children; absent in a shop without categories. */
  categories?(): Promise<StoreCategory[]>;
  /**
   * Moves a live cart to another currency, language, country or site; the next `readCart` answers in it, at its prices.
   * Changes all that is wished or nothing. Absent in a shop that knows one context only.
   */
  changeContext?(cart: CartRef, wish: StoreContext): Promise<ContextChange>;
  /** What the cart is shown and priced in now; absent in a shop whose own API moves no cart to another currency or language. */
  shownContext?(cart: CartRef): Promise<StoreContext>;
  /** Accounts for the buyers of a middleware; absent in a shop that makes none. */
  readonly customers?: StoreCustomers;
  /**
   * Takes products of a supplier's feed, some hundred at a time: adds those that it does not have and changes the others. `run` is of one
   * reading of one file: an id that came in it before has no effect and is given back. Absent in a shop that takes none: feeds are checked only.
   */
  importProducts?(tenantId: string, run: string, products: readonly FeedProduct[]): Promise<{ repeated: string[] }>;
  /**
   * Places a purchase order that is the cart that was sent, once per `orderKey`: whoever comes again gets the number that is there. Called by
   * the worker, after the order was kept. Absent in a shop that takes none.
   */
  placeOrder?(order: StoreOrder): Promise<PlacedOrder>;
  /**
   * What browsers may ask of the shop's own API through the guarded proxy; `allow` names further calls in the policy's own words.
   * Throws TypeError for one that it cannot read. Absent in a shop without such an API.
   */
  proxyPolicy?(options: { allow: readonly string[] }): StoreProxyPolicy;
  /** Gives back what the store holds; called once, when the connector closes. */
  close?(): Promise<void>;
}

/** What the caller knows about a cart, so that the store can save a request. A store may ignore it. */
export interface CartKnowledge {
  /** Nobody else has written to the cart since this process opened it, or since it last wrote to it. */
  untouched?: boolean;
}

export interface StoreOrder {
  tenantId: string;
  /** `{connection}/{the buyer's order number}` */
  orderKey: string;
  /** The punchout that it came from. */
  transmissionId: string;
  order: PurchaseOrder;
}

/** The shop's number of the order, or why it will not have it: a sentence for an engineer. */
export type PlacedOrder = { ok: true; number: string } | { ok: false; reason: string };

/** What a cart is shown and priced in; absent fields stay as they are. */
export interface StoreContext {
  /** ISO 4217. */
  currency?: string;
  /** BCP 47. */
  language?: string;
  /** ISO 3166-1 alpha-2, of the place of delivery. */
  country?: string;
  /** Code of a site of the tenant (a sales channel, say). */
  site?: string;
}

/** `cart`: where the cart lives from now on. `unknown`: which wish the shop cannot fulfil. */
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

/** `fault` undefined: added as asked. A changed quantity is a success that says so. */
export interface LineResult {
  supplierPartId: string;
  requested: DecimalText;
  /** Quantity that the cart got; '0' where nothing was added. */
  got: DecimalText;
  fault?: 'unknown_product' | 'sold_out' | 'quantity_invalid' | 'quantity_changed' | 'unknown_line';
}
