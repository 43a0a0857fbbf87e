import type { StoreCustomer } from '../access/store-customer.js';
import type { DecimalText } from '../decimal.js';

/** Files that procurement systems index (docs/catalogues.md). */
export const INDEX_FORMATS = ['cxml', 'cif', 'jaggaer', 'oracle', 'oci'] as const;
export type IndexFormat = (typeof INDEX_FORMATS)[number];

/** What a buyer may list: the classification codes and the units that they know. */
export const BUYER_LISTS = ['classification', 'unit'] as const;
export type BuyerList = (typeof BUYER_LISTS)[number];

/** Products of the files, and those of them whose code the buyer's list has. Absent: the buyer has no such list. */
export type IndexCoverage = Partial<Record<BuyerList, { products: number; matched: number }>>;

/** Per cent with one decimal, rounded down: 100 only where all match. */
export function coveredPercent({ products, matched }: { products: number; matched: number }): number {
  return products === 0 ? 100 : Math.floor((matched * 1000) / products) / 10;
}

/** How often an index is made by itself. */
export const INDEX_PERIODS = ['never', 'day', 'week'] as const;
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** When the indexes of a connection are made. */
export interface IndexSettings {
  every: (typeof INDEX_PERIODS)[number];
  /** Of `week`. */
  weekday: (typeof WEEKDAYS)[number];
  /** 0 to 23, UTC. */
  hour: number;
  /** Empty: the format of the connection's platform. */
  formats: IndexFormat[];
  /** Address ids that get an index too, beside the usual customer; EVERY_ADDRESS for all of the table. */
  addresses?: string[];
}

/** All address ids of the connection's table. */
export const EVERY_ADDRESS = '*';

/** A product in an index: the connection's mapping has been applied. */
export interface IndexEntry {
  /** The buyer's system sends it back as SupplierPartID. */
  sku: string;
  /** Sent back as SupplierPartAuxiliaryID. */
  auxiliaryId: string;
  /** Sent back as PRODUCTID of OCI. */
  productKey: string;
  name: string;
  description: string;
  /** Of one `unit`, without or with tax as in the connection's carts (setting `prices`). */
  price: DecimalText;
  /** ISO 4217. */
  currency: string;
  /** BCP 47. */
  language: string;
  unit: string;
  /** At least one in an index: the connection's default where the product has none. */
  classifications: { domain: string; code: string }[];
  categoryPath: string[];
  manufacturerName?: string | undefined;
  manufacturerPartId?: string | undefined;
  leadTimeDays?: number | undefined;
  url?: string | undefined;
  imageUrl?: string | undefined;
  minQuantity: DecimalText;
  quantityStep?: DecimalText | undefined;
}

/** What can be wrong with a product; an error leaves it out of the file. */
export const INDEX_FAULTS = {
  id_missing: { severity: 'error', text: 'The product has no article number.' },
  id_too_long: { severity: 'error', text: 'The article number is longer than the format takes.' },
  id_characters: { severity: 'error', text: 'The article number has characters that the format cannot hold.' },
  id_repeated: {
    severity: 'error',
    text: 'Another product in the file has the same article number; the first one is kept.',
  },
  price_missing: { severity: 'error', text: 'The product has no price.' },
  price_untaxed: { severity: 'error', text: 'The shop gives no tax, so the price with tax is unknown.' },
  price_negative: { severity: 'error', text: 'The price is negative.' },
  price_decimals: { severity: 'error', text: 'The price of one unit has more decimals than the format takes.' },
  text_missing: { severity: 'error', text: 'The product has no name and no description.' },
  sold_out: { severity: 'error', text: 'The product cannot be bought now.' },
  unit_malformed: { severity: 'error', text: 'The unit is no UN/CEFACT code. Map it in "units".' },
  unit_uncommon: { severity: 'warning', text: 'The unit is not a common UN/CEFACT code; the buyer may not know it.' },
  code_missing: {
    severity: 'warning',
    text: 'The product has no classification; the default of the connection is sent.',
  },
  code_unknown: { severity: 'warning', text: "The buyer's list of classification codes has none of the product's." },
  unit_unknown: { severity: 'warning', text: 'The buyer\'s list of units does not have the unit. Map it in "units".' },
  text_repeated: { severity: 'warning', text: 'Another product has the same name and description.' },
  text_cut: { severity: 'warning', text: 'The text is longer than the format takes; its end is cut off.' },
  text_characters: { severity: 'warning', text: 'The text has characters that no file can hold; they are left out.' },
  text_formula: {
    severity: 'warning',
    text: 'The text begins like a formula of a spreadsheet; a blank stands before it.',
  },
} as const satisfies Record<string, { severity: 'error' | 'warning'; text: string }>;
export type IndexFaultKind = keyof typeof INDEX_FAULTS;

/** One fault of one product. */
export interface IndexFault {
  kind: IndexFaultKind;
  /** Name of the value: `id`, `price`, `name`. */
  field: string;
  /** Absent: in all formats of the run. */
  format?: IndexFormat;
  /** What stood there; empty: nothing. */
  value: string;
}

/** All products with the same fault. */
export interface IndexIssue extends Omit<IndexFault, 'value'> {
  count: number;
  /** Article numbers, the first 100. */
  products: string[];
  /** What stood there, in the order of `products`. */
  values: string[];
}

const MOST_PRODUCTS = 100;
const LONGEST_NUMBER = 100;
const LONGEST_VALUE = 100;

/** Adds a fault to the issues of a run, in place. */
export function noteFault(issues: IndexIssue[], fault: IndexFault, sku: string): void {
  let issue = issues.find(
    ({ kind, field, format }) => kind === fault.kind && field === fault.field && format === fault.format,
  );
  if (issue === undefined) {
    const { value: _, ...same } = fault;
    issue = { ...same, count: 0, products: [], values: [] };
    issues.push(issue);
  }
  issue.count += 1;
  if (issue.products.length >= MOST_PRODUCTS) return;
  issue.products.push(sku.slice(0, LONGEST_NUMBER));
  issue.values.push(shortened(fault.value));
}

function shortened(value: string): string {
  const characters = Array.from(value);
  return characters.length <= LONGEST_VALUE ? value : `${characters.slice(0, LONGEST_VALUE - 1).join('')}…`;
}

export type IndexRunState = 'reading' | 'writing' | 'done' | 'failed';

/** One index of a connection's catalogue, being made or made. */
export interface IndexRun {
  tenantId: string;
  connectionId: string;
  /** 1 for the first of the connection. */
  runId: number;
  /** Its prices are those of a call-up with this address id of ShipTo. Absent: those of the usual customer. */
  addressId?: string;
  /** That customer of the shop. Absent: the store's own choice. */
  customer?: StoreCustomer;
  state: IndexRunState;
  formats: IndexFormat[];
  /** Only what changed since the run before was read. The files hold the whole catalogue all the same. */
  incremental: boolean;
  startedBy: string;
  startedAt: Date;
  endedAt?: Date;
  /** Products read so far, in this run. */
  read: number;
  /** Products in the catalogue that were looked at for the files. */
  products: number;
  /** Products in each file. */
  items: Partial<Record<IndexFormat, number>>;
  issues: IndexIssue[];
  coverage: IndexCoverage;
  /** Why it failed: a sentence for an engineer. */
  reason?: string;
}

/** Most characters of an address id in the name of a file. */
const MOST_OF_ADDRESS = 60;

/** `erp.cif`, or `erp-0100-7.cif` for the address id 0100 and the run 7. Safe in a header and on every file system. */
export function indexFileName(
  { connectionId, addressId, runId }: { connectionId: string; addressId?: string | undefined; runId?: number },
  extension: string,
): string {
  const address = addressId?.replaceAll(/[^A-Za-z0-9._-]+/g, '_').slice(0, MOST_OF_ADDRESS);
  const parts = [connectionId, address, runId].filter((part) => part !== undefined);
  return `${parts.join('-')}.${extension}`;
}
