import { type DecimalText, readDecimal } from '../../../domain/decimal.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';

/** The cart of an OCI return form. */
export interface OciCart {
  /** By ascending index; without items that are completely empty. */
  items: OciItem[];
  /** Every field that is not a NEW_ITEM field (`~OkCode`, `HEADER-PAGE`), in order. */
  passThrough: NameValue[];
}

/** One item. Empty fields are absent. Texts are unchanged, except for `\n` as line break. */
export interface OciItem extends OciItemTexts {
  /** As sent: gaps and a first index of 0 are common. */
  index: number;
  quantity?: DecimalText;
  /** Net price of `priceUnit` units. */
  price?: DecimalText;
  /** Whole number; '1' if missing. */
  priceUnit: DecimalText;
  leadTimeDays?: number;
  longText?: string;
  service: boolean;
  /**
   * NEW_ITEM fields that are not in oci.md 3, and values that their field does not allow, by field name and in order.
   */
  unknown: NameValue[];
}

/** The fields that are plain text. */
export interface OciItemTexts {
  description?: string;
  matnr?: string;
  unit?: string;
  currency?: string;
  vendor?: string;
  vendorMat?: string;
  manufactCode?: string;
  manufactMat?: string;
  /** NEW_ITEM-MANUFACTURER: not an OCI field, but PunchFlow sends it. */
  manufacturerName?: string;
  matGroup?: string;
  contract?: string;
  contractItem?: string;
  extQuoteId?: string;
  extQuoteItem?: string;
  extProductId?: string;
  attachment?: string;
  attachmentTitle?: string;
  attachmentPurpose?: string;
  extSchemaType?: string;
  extCategoryId?: string;
  extCategory?: string;
  sldSysName?: string;
  custField1?: string;
  custField2?: string;
  custField3?: string;
  custField4?: string;
  custField5?: string;
  itemType?: string;
  parentId?: string;
}

/** OCI field (after `NEW_ITEM-`) -> property. */
export const OCI_TEXT_FIELDS: ReadonlyMap<string, keyof OciItemTexts> = new Map<string, keyof OciItemTexts>([
  ['DESCRIPTION', 'description'],
  ['MATNR', 'matnr'],
  ['UNIT', 'unit'],
  ['CURRENCY', 'currency'],
  ['VENDOR', 'vendor'],
  ['VENDORMAT', 'vendorMat'],
  ['MANUFACTCODE', 'manufactCode'],
  ['MANUFACTMAT', 'manufactMat'],
  ['MANUFACTURER', 'manufacturerName'],
  ['MATGROUP', 'matGroup'],
  ['CONTRACT', 'contract'],
  ['CONTRACT_ITEM', 'contractItem'],
  ['EXT_QUOTE_ID', 'extQuoteId'],
  ['EXT_QUOTE_ITEM', 'extQuoteItem'],
  ['EXT_PRODUCT_ID', 'extProductId'],
  ['ATTACHMENT', 'attachment'],
  ['ATTACHMENT_TITLE', 'attachmentTitle'],
  ['ATTACHMENT_PURPOSE', 'attachmentPurpose'],
  ['EXT_SCHEMA_TYPE', 'extSchemaType'],
  ['EXT_CATEGORY_ID', 'extCategoryId'],
  ['EXT_CATEGORY', 'extCategory'],
  ['SLD_SYS_NAME', 'sldSysName'],
  ['CUST_FIELD1', 'custField1'],
  ['CUST_FIELD2', 'custField2'],
  ['CUST_FIELD3', 'custField3'],
  ['CUST_FIELD4', 'custField4'],
  ['CUST_FIELD5', 'custField5'],
  ['ITEM_TYPE', 'itemType'],
  ['PARENT_ID', 'parentId'],
]);

const PLAIN = /^\d{1,11}(?:\.\d{1,10})?$/;

/**
 * Reads a number of an OCI form tolerantly (oci.md 5): blanks around it, leading zeros, `.5`, `5.`, and a decimal
 * comma. A comma is always the decimal sign, because OCI has no group separator (oci.md 3): `1,234` is 1.234, and
 * `1,234.5` is refused. Undefined for a sign, an exponent, and more than 11 digits before or 10 after the point.
 */
export function readNumber(text: string): DecimalText | undefined {
  const number = /^\s*[+-]/.test(text) ? undefined : readDecimal(text, { comma: 'decimal' });
  return number !== undefined && PLAIN.test(number) ? number : undefined;
}
