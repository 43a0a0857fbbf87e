import type { Cart, CartRef } from '../domain/cart.js';
import type { DecimalText } from '../domain/decimal.js';
import type { ItemKey } from '../domain/setup-request.js';
import type { Transmission } from '../domain/transmission.js';

/**
 * The shop behind us. README.md beside this file tells how to plug one in.
 * Every method may throw PunchoutError('STORE_UNAVAILABLE'); nothing else is caught for a store.
 */
export interface Store {
  /** Goes into `CartRef.store`. */
  readonly name: string;
  /** A fresh cart of its own for this transmission, never one shared by an account. Called once, at login. */
  openCart(transmission: Transmission): Promise<CartRef>;
  /** Adds products and says what really happened to each; a line that could not be added changes nothing. */
  addLines(cart: CartRef, lines: LineRequest[]): Promise<LineResult[]>;
  /** Sets the quantity of one line. */
  changeLine(cart: CartRef, lineId: string, quantity: DecimalText): Promise<LineResult>;
  /** Unknown lines are no fault. */
  removeLine(cart: CartRef, lineId: string): Promise<void>;
  /** The whole cart, with everything a procurement document needs, read at once. */
  readCart(cart: CartRef): Promise<Cart>;
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
}

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
