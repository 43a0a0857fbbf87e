import type { Connection } from '../../domain/access/connection.js';
import type { IndexEntry, IndexFault } from '../../domain/catalogue/catalogue-index.js';

/** What stands before and after the items. */
export interface IndexAbout {
  connection: Connection;
  /** Products in the file. */
  items: number;
  /** ISO 4217. */
  currency: string;
  /** BCP 47. */
  language: string;
  /** Public address to which the buyer's system sends its call-up. */
  callUpUrl: string;
}

/** Writes one format, item by item: memory does not grow with their number. */
export interface IndexWriter {
  contentType: string;
  /** `{connection}.{extension}` */
  extension: string;
  /** Limits of the format; what is longer or not allowed is a fault. */
  limits: IndexLimits;
  head(about: IndexAbout): string;
  item(entry: IndexEntry, about: Omit<IndexAbout, 'items'>, isFirst: boolean): string;
  tail(about: IndexAbout): string;
}

export interface IndexLimits {
  /** Characters of an article number. */
  id: number;
  /** Characters of the name, of the description and of a manufacturer's name or number. */
  name: number;
  description: number;
  manufacturer: number;
  /** Digits behind the decimal point of a price. */
  decimals: number;
  /** A spreadsheet program may open the file: no value may begin as a formula does. */
  isTable: boolean;
  /** An article number must not have these. */
  forbidden?: string;
  /** The identifier that must be within `id`. */
  idOf: (entry: IndexEntry) => string;
}

/** An entry as a format can hold it, with what is wrong with it. An error means: leave it out. */
export interface FittedEntry {
  entry: IndexEntry;
  faults: Omit<IndexFault, 'format'>[];
}
