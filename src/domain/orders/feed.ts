import type { DecimalText } from '../decimal.js';

/** A CSV feed of a supplier (order events), fetched again and again. A supplier has one at most. */
export interface Feed {
  tenantId: string;
  shopId: number;
  url: string;
  /** Of the last file that was read to its end. */
  md5?: string;
  /** Of an import under way. */
  progress?: { lines: number; products: number };
  failingSince?: Date;
  lastError?: string;
  dueAt: Date;
}

/** One line of a feed that has no errors. */
export interface FeedProduct {
  id: string;
  title: string;
  /** Net, of one unit. */
  price: DecimalText;
  /** ISO 4217. */
  currency: string;
  /** UN/CEFACT Recommendation 20. */
  unit: string;
  gtin?: string;
  description?: string;
  vendor?: string;
  manufacturerPartId?: string;
  /** Percent. */
  vat?: DecimalText;
  /** Pieces on stock. */
  stock?: number;
  leadTimeDays?: number;
  unspsc?: string;
  eclass?: string;
  category?: string;
  url?: string;
  image?: string;
}

export type FeedColumn = keyof FeedProduct;

/** What became of one file. */
export interface ImportReport {
  reportId: number;
  /** When it was imported. */
  importedAt: Date;
  /** When the file says that it was changed. */
  modifiedAt: Date;
  /** Lower-case hexadecimal. */
  md5: string;
  /** Bytes. */
  size: number;
  encoding: FeedEncoding;
  /** Of the file, its header counted. */
  lines: number;
  warnings: number;
  errors: number;
  /** Lines with at least one warning or error. */
  issueLines: number;
  /** Products that were handed over to the shop. */
  products: number;
}

export type FeedEncoding = 'UTF-8' | 'ISO-8859-1' | 'windows-1252' | 'UTF-16LE' | 'UTF-16BE';

/** One fault, with all the lines that have it. */
export interface ImportIssue {
  severity: 'error' | 'warning';
  /** A template. */
  message: string;
  /** What goes into the template, as `%name%`. */
  parameters: Record<string, string>;
  /** Ascending; the first 1,000. The header is line 1. */
  lines: number[];
  field: string | null;
  /** Where all these lines have the same one. */
  productId: string | null;
  productTitle: string | null;
}
