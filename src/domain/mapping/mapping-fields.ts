import type { CxmlVersion } from '../access/connection.js';

/**
 * cXML names that a map may set. Quantity, price and SupplierPartAuxiliaryID are not among them: an order and an edit
 * return them. SupplierPartID is allowed: a line without an auxiliary id keeps its original one, because nothing else
 * identifies the line.
 */
export const CXML_FIELDS = [
  'SupplierPartID',
  'BuyerPartID',
  'Description',
  'ShortName',
  'UnitOfMeasure',
  'ManufacturerPartID',
  'ManufacturerName',
  'URL',
  'LeadTime',
] as const;

/** `Classification.<domain>` and `Extrinsic.<name>`. */
export const CXML_PREFIXES = ['Classification.', 'Extrinsic.'] as const;

const CXML_NAMES: ReadonlySet<string> = new Set(CXML_FIELDS);
// Attributes cannot hold control characters.
// oxlint-disable-next-line no-control-regex
const NAME = /^[^\s\0-\x1f\x7f]([^\0-\x1f\x7f]{0,98}[^\s\0-\x1f\x7f])?$/;

/** Why a connection of this DTD version cannot have a map for `field`; undefined when it can. */
export function cxmlFieldFault(field: string, version: CxmlVersion): string | undefined {
  if (field === 'BuyerPartID' && version === '1.2.014')
    return 'DTD 1.2.014 has no BuyerPartID; set cxml.version to 1.2.050 or later';
  if (CXML_NAMES.has(field)) return undefined;
  const prefix = CXML_PREFIXES.find((start) => field.startsWith(start));
  if (prefix !== undefined && NAME.test(field.slice(prefix.length))) return undefined;
  const allowed = [...CXML_FIELDS, 'Classification.<domain>', 'Extrinsic.<name>'].join(', ');
  return `is no cXML field that a map can set; allowed are ${allowed}`;
}

/** A field of an OCI return form as defined in oci.md 3. */
export interface OciField {
  /** Longest value in characters. */
  length: number;
  /** Cut where it is too long. Fields without this are keys: a cut key names something else, so the cart is refused. */
  cut?: boolean;
  /** Free text: characters missing in the charset are spelled out. In a key they make the cart invalid. */
  text?: boolean;
  grammar?: RegExp;
  /** A field without which this one has no meaning; it is then left out. */
  needs?: string;
}

/**
 * oci.md 3 without the fields that the writer calculates: QUANTITY, PRICE, PRICEUNIT, CURRENCY, ITEM_TYPE, PARENT_ID.
 */
export const OCI_FIELDS: ReadonlyMap<string, OciField> = new Map<string, OciField>([
  ['DESCRIPTION', { length: 40, cut: true, text: true }],
  ['LONGTEXT', { length: Infinity, text: true }],
  ['MATNR', { length: 40 }],
  ['UNIT', { length: 3 }],
  ['LEADTIME', { length: 5, grammar: /^\d+$/ }],
  ['VENDOR', { length: 10 }],
  ['VENDORMAT', { length: 40 }],
  ['MANUFACTCODE', { length: 10 }],
  ['MANUFACTMAT', { length: 40 }],
  ['MATGROUP', { length: 10 }],
  ['SERVICE', { length: 1, grammar: /^X$/ }],
  ['CONTRACT', { length: 10 }],
  ['CONTRACT_ITEM', { length: 5, needs: 'CONTRACT' }],
  ['EXT_QUOTE_ID', { length: 35 }],
  ['EXT_QUOTE_ITEM', { length: 10, needs: 'EXT_QUOTE_ID' }],
  ['EXT_PRODUCT_ID', { length: 40 }],
  ['ATTACHMENT', { length: 255, grammar: /^https?:\/\/\S+$/i }],
  ['ATTACHMENT_TITLE', { length: 255, cut: true, text: true, needs: 'ATTACHMENT' }],
  ['ATTACHMENT_PURPOSE', { length: 1, grammar: /^C$/, needs: 'ATTACHMENT' }],
  ['EXT_SCHEMA_TYPE', { length: 10 }],
  ['EXT_CATEGORY_ID', { length: 60, needs: 'EXT_SCHEMA_TYPE' }],
  ['EXT_CATEGORY', { length: 40, cut: true, text: true, needs: 'EXT_SCHEMA_TYPE' }],
  ['SLD_SYS_NAME', { length: 60, text: true }],
  ['CUST_FIELD1', { length: 10, text: true }],
  ['CUST_FIELD2', { length: 10, text: true }],
  ['CUST_FIELD3', { length: 10, text: true }],
  ['CUST_FIELD4', { length: 20, text: true }],
  ['CUST_FIELD5', { length: 50, text: true }],
]);

/** Calculated by the writer; a map that could set them could make the cart wrong. */
const OCI_WRITERS_OWN: ReadonlySet<string> = new Set([
  'QUANTITY',
  'PRICE',
  'PRICEUNIT',
  'CURRENCY',
  'ITEM_TYPE',
  'PARENT_ID',
]);

/** A custom field of the buyer. LONGTEXT is left out because its spellings differ. */
export const OCI_VENDOR_FIELD = /^(?!LONGTEXT)[A-Z0-9_]{1,40}$/;

/**
 * Why `field` cannot have a map; undefined when it can. `vendorFields` are those that the connection defines in
 * addition to oci.md 3.
 */
export function ociFieldFault(field: string, vendorFields: readonly string[]): string | undefined {
  if (OCI_WRITERS_OWN.has(field)) return 'follows from the cart and cannot be mapped';
  if (OCI_FIELDS.has(field) || (vendorFields.includes(field) && OCI_VENDOR_FIELD.test(field))) return undefined;
  return (
    'is no OCI field; list a custom field of the buyer in mapping.ociVendorFields; ' +
    `its name must match ${OCI_VENDOR_FIELD.source}`
  );
}
