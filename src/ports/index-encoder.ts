import type { Connection } from '../domain/access/connection.js';
import type { CatalogueProduct } from '../domain/cart/catalogue-product.js';
import type { IndexFault, IndexFormat } from '../domain/catalogue/catalogue-index.js';
import type { Transmission } from '../domain/transmission/transmission.js';

/** Products in the order of the file, and what the catalogue knows about them. */
export interface IndexPageInput {
  connection: Connection;
  buyer: Transmission;
  /** ISO 4217. */
  currency: string;
  /** BCP 47. */
  language: string;
  formats: readonly IndexFormat[];
  products: readonly {
    product: CatalogueProduct;
    /** A product before it has the same article number. */
    repeatsId: boolean;
    /** A product before it has the same name and description. */
    repeatsText: boolean;
  }[];
  /** Items that stand in each file already. */
  before: Partial<Record<IndexFormat, number>>;
}

export interface IndexPage {
  /** What follows in each file. */
  texts: Partial<Record<IndexFormat, string>>;
  /** Items in each file, with those before. */
  items: Partial<Record<IndexFormat, number>>;
  faults: { fault: IndexFault; sku: string }[];
  /** The products that stand in a file, with what the buyer must know of them. */
  written: { sku: string; unit: string; codes: string[] }[];
}

/** Writes indexes in pieces. A product with an error is in no file for which it counts. */
export interface IndexEncoder {
  page(input: IndexPageInput): IndexPage;
  /** What stands before and after the items of a file. */
  frame(
    format: IndexFormat,
    about: { connection: Connection; items: number; currency: string; language: string },
  ): { head: string; tail: string };
}
