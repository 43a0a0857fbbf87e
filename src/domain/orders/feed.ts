import type { DecimalText } from '../decimal.js';

/** A CSV feed of a supplier (order events), fetched regularly. A supplier has at most one. */
export interface Feed {
  tenantId: string;
  shopId: number;
  url: string;
  /** Of the last file that was read completely. */
  md5?: string;
  /** Of a running import. */
  progress?: { lines: number; products: number };
  failingSince?: Date;
  lastError?: string;
  dueAt: Date;
}

/** One valid line of a feed. */
export interface FeedProduct {
  id: string;
  title: string;
  /** Net price of one unit. */
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
  /** Pieces in stock. */
  stock?: number;
  leadTimeDays?: number;
  unspsc?: string;
  eclass?: string;
  category?: string;
  url?: string;
  image?: string;
}

export type FeedColumn = keyof FeedProduct;

/** Result of one file. */
export interface ImportReport {
  reportId: number;
  /** When it was imported. */
  importedAt: Date;
  /** Modification time according to the file. */
  modifiedAt: Date;
  /** Lower-case hexadecimal. */
  md5: string;
  /** Bytes. */
  size: number;
  encoding: FeedEncoding;
  /** Lines of the file, including its header. */
  lines: number;
  warnings: number;
  errors: number;
  /** Lines with at least one warning or error. */
  issueLines: number;
  /** Products passed to the shop. */
  products: number;
}

export type FeedEncoding = 'UTF-8' | 'ISO-8859-1' | 'windows-1252' | 'UTF-16LE' | 'UTF-16BE';

/** What can be wrong in a feed; each has its sentence in protocols/feed/feed-fault.ts. */
export const FEED_FAULTS = [
  'empty',
  'recommended',
  'not_a_number',
  'negative',
  'not_in_range',
  'no_currency',
  'too_long',
  'control_characters',
  'not_unique',
  'no_gtin',
  'no_unit',
  'not_whole',
  'no_address',
  'column_missing',
  'column_count',
  'open_quote',
  'bad_quote',
  'line_too_long',
  'no_lines',
] as const;
export type FeedFaultKind = (typeof FEED_FAULTS)[number];

/** One fault, with all its lines. */
export interface ImportIssue {
  severity: 'error' | 'warning';
  /** A template. */
  message: string;
  /** Values for the template, as `%name%`. */
  parameters: Record<string, string>;
  /** Ascending; the first 1,000. The header is line 1. */
  lines: number[];
  field: string | null;
  /** What stands in the field, in the first of the lines that was read. Reports of earlier versions have none. */
  value?: string;
  /** Set where all these lines have the same product. */
  productId: string | null;
  productTitle: string | null;
}

/** The sentence of an issue with its values; `template`: in other words. */
export function issueText({ message, parameters }: Pick<ImportIssue, 'message' | 'parameters'>, template = message) {
  return Object.entries(parameters).reduce((text, [name, value]) => text.replaceAll(name, () => value), template);
}
