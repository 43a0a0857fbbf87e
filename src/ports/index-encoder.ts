import type { Connection } from '../domain/access/connection.js';
import type { CatalogueProduct } from '../domain/cart/catalogue-product.js';
import type { IndexEntry, IndexFault, IndexFormat } from '../domain/catalogue/catalogue-index.js';
import type { Transmission } from '../domain/transmission/transmission.js';

/** Whose products, and in which terms. */
export interface IndexTerms {
  connection: Connection;
  buyer: Transmission;
  /** ISO 4217. */
  currency: string;
  /** BCP 47. */
  language: string;
}

/** Products in the order of the file, and what the catalogue knows about them. */
export interface IndexPageInput extends IndexTerms {
  formats: readonly IndexFormat[];
  products: readonly {
    product: CatalogueProduct;
    /** A product before it has the same name and description. */
    repeatsText: boolean;
  }[];
}

/** A product as an answer to the buyer's system holds it (Open Buy). */
export interface LiveItem {
  /** Without the connection's default classification. Absent: an error of `faults` keeps the product out. */
  entry?: IndexEntry;
  faults: IndexFault[];
}

export type EncodeLive = (terms: IndexTerms, product: CatalogueProduct) => LiveItem;

/** A product as each format holds it. */
export interface FittedProduct {
  /** Of the shop. */
  sku: string;
  unit: string;
  codes: string[];
  /** Without the formats that cannot hold it. `id`: what identifies it in the file. */
  items: Partial<Record<IndexFormat, { id: string; entry: IndexEntry }>>;
}

/** A page that is mapped and fitted, and not yet written. */
export interface FittedPage {
  products: FittedProduct[];
  faults: { fault: IndexFault; sku: string }[];
}

/** What stands in the files before a page. */
export interface WrittenBefore {
  /** Items of each file. */
  items: Partial<Record<IndexFormat, number>>;
  /** Those ids of the page that a file has already. */
  ids: Partial<Record<IndexFormat, ReadonlySet<string>>>;
}

export interface IndexPage {
  /** What follows in each file. */
  texts: Partial<Record<IndexFormat, string>>;
  /** Items in each file, with those before. */
  items: Partial<Record<IndexFormat, number>>;
  /** Of the products that follow. */
  ids: Partial<Record<IndexFormat, string[]>>;
  faults: { fault: IndexFault; sku: string }[];
  /** The products that stand in a file, with what the buyer must know of them. */
  written: { sku: string; unit: string; codes: string[] }[];
}

/** Writes indexes in pieces. A product with an error is in no file for which it counts. */
export interface IndexEncoder {
  fit(input: IndexPageInput): FittedPage;
  /** Of products with the same id in a file the first one is written. */
  write(page: FittedPage, input: IndexPageInput, before: WrittenBefore): IndexPage;
  /** What stands before and after the items of a file. */
  frame(
    format: IndexFormat,
    about: { connection: Connection; items: number; currency: string; language: string },
  ): { head: string; tail: string };
}
