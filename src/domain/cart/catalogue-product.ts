import type { DecimalText } from '../decimal.js';
import type { CartLine } from './cart.js';

/** A product as one buyer may buy it. */
export interface CatalogueProduct {
  /**
   * The line that this buyer's cart would have for its quantity: the one that was asked for, else the smallest one that
   * is sold. Its price is that of the cart. `productKey` identifies the product, and is never used twice.
   */
  line: CartLine;
  /** `sold_out`: it cannot be added to a cart now, in this quantity. */
  availability: 'available' | 'sold_out';
  /** Pieces in stock, where the shop tells. */
  stock?: DecimalText;
  /** A cart holds multiples of it; absent: any quantity from the smallest on. */
  quantityStep?: DecimalText;
  /** Largest quantity of one cart; absent: no limit that the shop tells. */
  maxQuantity?: DecimalText;
  /** Names of its category, from the root down; absent where the shop has none. */
  categoryPath?: string[];
}
