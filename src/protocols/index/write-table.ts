import type { IndexEntry } from '../../domain/catalogue/catalogue-index.js';
import type { IndexAbout, IndexWriter } from './index-writer.js';

type Column = [name: string, value: (entry: IndexEntry, about: Omit<IndexAbout, 'items'>) => string | undefined];

const unspscOf = ({ classifications }: IndexEntry): string | undefined =>
  (classifications.find(({ domain }) => /^un[\s/-]?spsc/i.test(domain.trim())) ?? classifications[0])?.code;
const daysOf = ({ leadTimeDays }: IndexEntry): string | undefined =>
  leadTimeDays === undefined || !(leadTimeDays >= 0) ? undefined : String(Math.ceil(leadTimeDays));
const textOf = ({ name, description }: IndexEntry): string =>
  description === '' || description === name ? name : name === '' ? description : `${name}: ${description}`;

/** RFC 4180: always quoted, quotes doubled. Line breaks become blanks: not every reader takes them. */
function quoted(value: string): string {
  return `"${value.replaceAll(/[\r\n\t]+/g, ' ').replaceAll('"', '""')}"`;
}

function csvRow(values: (string | undefined)[]): string {
  return `${values.map((value = '') => quoted(value)).join(',')}\r\n`;
}

/** A tab-delimited file has no quoting: tabs and line breaks become blanks. */
function tabRow(values: (string | undefined)[]): string {
  return `${values.map((value = '') => value.replaceAll(/[\r\n\t]+/g, ' ')).join('\t')}\r\n`;
}

/**
 * Fields of CIF 3.0. Documented: names, order of the required fields and lengths in SAP's Catalog Format Reference
 * (https://help.sap.com/doc/dd9aea80f0181014be7acfccf54895cf/2605/en-US/CatalogFormat.pdf) and
 * https://punchoutcommerce.com/guides/catalogs/catalog-interchange-format-cif. The file names its fields, so that
 * their order does not matter to a reader.
 */
const CIF_COLUMNS: readonly Column[] = [
  ['Supplier ID', (_, { connection }) => connection.settings.cxml.supplier.identity],
  ['Supplier Part ID', ({ sku }) => sku],
  ['Manufacturer Part ID', ({ manufacturerPartId }) => manufacturerPartId],
  ['Item Description', textOf],
  ['SPSC Code', unspscOf],
  ['Unit Price', ({ price }) => price],
  ['Unit of Measure', ({ unit }) => unit],
  ['Lead Time', daysOf],
  ['Manufacturer Name', ({ manufacturerName }) => manufacturerName],
  ['Supplier URL', ({ url }) => url],
  ['Manufacturer URL', () => ''],
  ['Market Price', () => ''],
  ['Short Name', ({ name }) => Array.from(name).slice(0, 50).join('')],
  ['Currency', ({ currency }) => currency],
  ['Language', ({ language }) => language.replace('-', '_')],
  ['Supplier Part Auxiliary ID', ({ auxiliaryId }) => auxiliaryId],
  ['Image', ({ imageUrl }) => imageUrl],
  ['PunchOut Enabled', () => 'TRUE'],
];

/**
 * CIF 3.0 (Ariba). Ariba refuses `*`, `?` and brackets in part numbers only by the rules of some buyers; the ones
 * refused here are those that cXML connections of Ariba refuse in carts (config/profiles.ts). No time stands in the
 * file, so that an unchanged catalogue gives the same bytes.
 */
export const cifWriter: IndexWriter = {
  contentType: 'text/plain; charset=utf-8',
  extension: 'cif',
  limits: {
    id: 255,
    name: 255,
    description: 1700,
    manufacturer: 255,
    decimals: 4,
    isTable: true,
    forbidden: '?{}',
    idOf: ({ sku }) => sku,
  },
  head: ({ connection, items, currency }) =>
    [
      'CIF_I_V3.0',
      'CHARSET: UTF-8',
      'LOADMODE: F',
      'CODEFORMAT: UNSPSC',
      `CURRENCY: ${currency}`,
      `SUPPLIERID_DOMAIN: ${connection.settings.cxml.supplier.domain.replaceAll(/[\r\n]+/g, ' ')}`,
      `ITEMCOUNT: ${items}`,
      'UNUOM: TRUE',
      `FIELDNAMES: ${CIF_COLUMNS.map(([name]) => name).join(', ')}`,
      'DATA\r\n',
    ].join('\r\n'),
  item: (entry, about) => csvRow(CIF_COLUMNS.map(([, value]) => value(entry, about))),
  tail: () => 'ENDOFDATA\r\n',
};

/**
 * The columns that JAGGAER's documents name for products: part number, description, size, UOM, list price, category,
 * manufacturer. Inferred: their spelling, since each buyer's organisation gives its suppliers a template of its own.
 * Lengths are those of its carts (cXML Integration Specification 20.3).
 */
const JAGGAER_COLUMNS: readonly Column[] = [
  ['Part Number', ({ sku }) => sku],
  ['Product Description', textOf],
  ['Packaging UOM', ({ unit }) => unit],
  ['List Price', ({ price }) => price],
  ['Currency', ({ currency }) => currency],
  ['UNSPSC', unspscOf],
  ['Category', ({ categoryPath }) => categoryPath.join(' > ')],
  ['Manufacturer Name', ({ manufacturerName }) => manufacturerName],
  ['Manufacturer Part Number', ({ manufacturerPartId }) => manufacturerPartId],
  ['Lead Time', daysOf],
  ['Minimum Order Quantity', ({ minQuantity }) => minQuantity],
  ['Supplier Part Auxiliary ID', ({ auxiliaryId }) => auxiliaryId],
  ['Image URL', ({ imageUrl }) => imageUrl],
  ['Product URL', ({ url }) => url],
];

export const jaggaerWriter: IndexWriter = {
  contentType: 'text/csv; charset=utf-8',
  extension: 'csv',
  limits: {
    id: 100,
    name: 254,
    description: 2000,
    manufacturer: 100,
    decimals: 4,
    isTable: true,
    idOf: ({ sku }) => sku,
  },
  head: () => csvRow(JAGGAER_COLUMNS.map(([name]) => name)),
  item: (entry, about) => csvRow(JAGGAER_COLUMNS.map(([, value]) => value(entry, about))),
  tail: () => '',
};

/**
 * Oracle Fusion, "Upload Punchout Search Items": a tab-delimited text file. Documented: these attributes
 * (https://docs.oracle.com/en/cloud/saas/procurement/24a/oaprc/how-you-upload-punchout-item-search-index.html); the
 * currency is required where there is a price. Inferred: that the header line has the names of that table, and the
 * length of a description, which is that of Oracle's requisition lines.
 */
const ORACLE_COLUMNS: readonly Column[] = [
  ['Item Description', ({ name, description }) => name || description],
  ['Line Type', () => 'Goods'],
  ['Long Description', ({ description }) => description],
  ['Category Name', unspscOf],
  ['Supplier', (_, { connection }) => connection.settings.cxml.supplier.identity],
  ['Supplier Item', ({ sku }) => sku],
  ['Supplier Item Auxiliary Identifier', ({ auxiliaryId }) => auxiliaryId],
  ['Manufacturer', ({ manufacturerName }) => manufacturerName],
  ['Manufacturer Part Number', ({ manufacturerPartId }) => manufacturerPartId],
  ['Agreement', () => ''],
  ['Price or Amount', ({ price }) => price],
  ['UOM', ({ unit }) => unit],
  ['Currency', ({ currency }) => currency],
  ['Image URL', ({ imageUrl }) => imageUrl],
];

export const oracleWriter: IndexWriter = {
  contentType: 'text/tab-separated-values; charset=utf-8',
  extension: 'txt',
  limits: {
    id: 300,
    name: 240,
    description: 2000,
    manufacturer: 240,
    decimals: 10,
    isTable: true,
    idOf: ({ sku }) => sku,
  },
  head: () => tabRow(ORACLE_COLUMNS.map(([name]) => name)),
  item: (entry, about) => tabRow(ORACLE_COLUMNS.map(([, value]) => value(entry, about))),
  tail: () => '',
};
