import { parse } from 'csv-parse/sync';
import type { FeedColumn } from '../../domain/orders/feed.js';
import type { FeedRecord } from './feed-records.js';

/**
 * Column names in the form in which they are compared: lower-case letters and digits. The first is the documented one
 * (docs/feeds.md).
 */
const NAMES: Record<FeedColumn, string[]> = {
  id: ['id', 'sku', 'articlenumber', 'ordernumber'],
  title: ['title', 'name'],
  price: ['price'],
  currency: ['currency'],
  unit: ['unit'],
  gtin: ['gtin', 'ean'],
  description: ['description', 'longdescription'],
  vendor: ['vendor', 'manufacturer', 'brand'],
  manufacturerPartId: ['manufacturerpartid', 'mpn'],
  vat: ['vat', 'tax'],
  stock: ['stock', 'availability'],
  leadTimeDays: ['leadtimedays', 'deliveryworkdays'],
  unspsc: ['unspsc'],
  eclass: ['eclass'],
  category: ['category', 'categories'],
  url: ['url'],
  image: ['image', 'images'],
};

const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([column, names]) => names.map((name): [string, string] => [name, column])),
);

export const REQUIRED_COLUMNS = ['id', 'title', 'price'] as const satisfies FeedColumn[];

/** The column of each field; undefined for an unknown one. */
export function feedColumns(header: readonly string[]): (FeedColumn | undefined)[] {
  const taken = new Set<FeedColumn>();
  return header.map((name) => {
    const column = BY_NAME.get(name.toLowerCase().replace(/[^a-z\d]/g, ''));
    if (column === undefined || !isColumn(column) || taken.has(column)) return undefined;
    taken.add(column);
    return column;
  });
}

function isColumn(name: string): name is FeedColumn {
  return Object.hasOwn(NAMES, name);
}

/** Delimiter of the header line: the candidate that occurs most often. */
export function feedDelimiter(header: string): string {
  const outside = header.replace(/"(?:[^"]|"")*"/g, '');
  const counts = [';', ',', '\t'].map((delimiter) => ({ delimiter, count: outside.split(delimiter).length - 1 }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

/**
 * The trimmed fields of each record; undefined for a record with misplaced quotes. A bad record does not affect the
 * others.
 */
export function readFields(records: readonly FeedRecord[], delimiter: string): (string[] | undefined)[] {
  const together = tryParse(records.map(({ text }) => text).join('\n'), delimiter);
  if (together?.length === records.length) return together;
  return records.map(({ text }) => {
    const alone = tryParse(text, delimiter);
    return alone?.length === 1 ? alone[0] : undefined;
  });
}

function tryParse(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true }).map((fields) =>
      fields.map((field) => field.trim()),
    );
  } catch {
    return undefined;
  }
}
