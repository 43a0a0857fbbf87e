import type { CatalogueProduct } from '../../domain/cart/catalogue-product.js';
import type { DecimalText } from '../../domain/decimal.js';
import type { ItemKey } from '../../domain/transmission/setup-request.js';
import type { Transmission } from '../../domain/transmission/transmission.js';

/** Which page of whose catalogue. */
export interface CatalogueWish {
  /**
   * A call-up as a buyer of the connection sends it. It decides as in `openCart` about customer, prices, currency and
   * language. There is no cart for it.
   */
  buyer: Transmission;
  /** `next` of the page before, in any process and after a restart. Absent: the first page. */
  after?: string | undefined;
  /** `mark` of an earlier reading: only what has changed since then. Absent: all products. */
  since?: string | undefined;
}

/** At most 500 products. */
export interface CataloguePage {
  /** ISO 4217, of all prices. */
  currency: string;
  /** BCP 47, of all texts. */
  language: string;
  products: CatalogueProduct[];
  /** `productKey` of products that are not sold any more. Only in an answer to `since`. */
  withdrawn?: string[];
  /** Where the next page begins; absent: this was the last one. */
  next?: string;
  /**
   * For `since` of a later reading: what changes after this page was asked for will be in it. Absent for a shop that
   * cannot tell what has changed.
   */
  mark?: string;
}

/** A product that is asked for. */
export interface WantedProduct extends ItemKey {
  /**
   * The product's line has this quantity and its price. Where a cart does not take it, the line has another quantity,
   * which a cart takes. Absent: the smallest one that is sold.
   */
  quantity?: DecimalText | undefined;
}

/** Single products of a buyer. */
export interface CatalogueProducts {
  /** ISO 4217. */
  currency: string;
  /** BCP 47. */
  language: string;
  products: (CatalogueProduct | undefined)[];
}
