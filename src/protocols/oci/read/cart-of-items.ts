import type { Cart, CartLine } from '../../../domain/cart/cart.js';
import type { NotCarried } from '../../../domain/cart/not-carried.js';
import { CURRENCY_CODE } from '../../../domain/currency.js';
import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import { cutText } from '../write/cut-text.js';
import { oneLine } from '../write/line-breaks.js';
import { setBundlesOfItems } from './bundles-of-items.js';
import { OCI_TEXT_FIELDS, type OciItem, type OciItemTexts } from './oci-item.js';

export interface OciItemsCart extends Pick<Cart, 'currency' | 'lines'> {
  /** Fields that have no effect in this cart, such as a PARENT_ID without its parent. */
  notCarried: NotCarried[];
}

/** Longest VENDORMAT, and longest DESCRIPTION in its place. */
const ARTICLE_NUMBER_LENGTH = 40;

/** Fields that become a property of the line. The others are kept in `ociFields`. */
const LINE_FIELDS: ReadonlySet<keyof OciItemTexts> = new Set<keyof OciItemTexts>([
  'description',
  'matnr',
  'unit',
  'currency',
  'vendorMat',
  'manufactMat',
  'matGroup',
  'extProductId',
  'extSchemaType',
  'extCategoryId',
  'itemType',
  'parentId',
]);
const CUSTOM_FIELD = /^CUST_FIELD\d$/;

/**
 * The items of a returned form as lines of a cart, with their one currency. Every field finds a place: MATNR is the
 * buyer's article number, ITEM_TYPE and PARENT_ID are bundles, and fields without a property of the line are in
 * `ociFields`, including those that OCI.md 3 does not have. CUST_FIELD1 to 5 are in `customFields` too, for mapping
 * rules.
 * VENDORMAT is optional in OCI: a line without it is named by EXT_PRODUCT_ID, MATNR, MANUFACTMAT or DESCRIPTION, the
 * first that is there. UNIT defaults to EA.
 * Refuses INVALID_REQUEST (details: `index`, `field`) where a line lacks a QUANTITY above 0, a PRICE, a CURRENCY (the
 * same in all lines), or one of those five names.
 */
export function cartOfOciItems(items: readonly OciItem[]): Outcome<OciItemsCart> {
  const lines: CartLine[] = [];
  const currency = items[0]?.currency ?? '';
  for (const item of items) {
    if (item.quantity === undefined || !/[1-9]/.test(item.quantity)) return lacks(item, 'QUANTITY', 'is missing or 0');
    if (item.price === undefined) return lacks(item, 'PRICE', 'is missing');
    if (item.currency === undefined || !CURRENCY_CODE.test(item.currency)) return lacks(item, 'CURRENCY', 'is not a currency code');
    if (item.currency !== currency) return lacks(item, 'CURRENCY', 'differs from the items before');
    const article = articleOf(item);
    if (article === undefined) return lacks(item, 'VENDORMAT', 'is missing, and nothing else names the article');
    lines.push(lineOf(item, { ...article, quantity: item.quantity, unitPrice: item.price }));
  }
  return accept({ currency, lines, notCarried: setBundlesOfItems(items, lines) });
}

/** An item that only its description names is no article of the catalogue, so it has no product key. */
function articleOf({
  vendorMat,
  extProductId,
  matnr,
  manufactMat,
  description,
}: OciItem): Pick<CartLine, 'sku' | 'productKey'> | undefined {
  const sku = vendorMat ?? extProductId ?? matnr ?? manufactMat;
  if (sku !== undefined) return { sku, productKey: extProductId ?? sku };
  const name = description === undefined ? '' : cutText(oneLine(description), ARTICLE_NUMBER_LENGTH);
  return name === '' ? undefined : { sku: name, productKey: '' };
}

function lineOf(item: OciItem, required: Pick<CartLine, 'sku' | 'productKey' | 'quantity' | 'unitPrice'>): CartLine {
  const classification = classificationOf(item);
  const { ociFields, customFields } = otherFields(item, classification);
  return {
    lineId: String(item.index),
    kind: item.service ? 'service' : 'product',
    auxiliaryId: item.extQuoteItem ?? '',
    priceBasis: item.priceUnit,
    unit: item.unit ?? 'EA',
    name: item.description ?? required.sku,
    description: item.longText,
    classifications: classification === undefined ? [] : [classification],
    manufacturerPartId: item.manufactMat,
    manufacturerName: item.manufacturerName,
    leadTimeDays: item.leadTimeDays,
    buyerPartId: item.matnr,
    ociFields,
    customFields,
    ...required,
  };
}

function otherFields(
  item: OciItem,
  classification: CartLine['classifications'][number] | undefined,
): Required<Pick<CartLine, 'ociFields' | 'customFields'>> {
  const ociFields: Record<string, string> = {};
  const customFields: Record<string, string> = {};
  for (const [field, key] of OCI_TEXT_FIELDS) {
    const value = item[key];
    if (value === undefined || LINE_FIELDS.has(key)) continue;
    ociFields[field] = value;
    if (CUSTOM_FIELD.test(field)) customFields[field] = value;
  }
  // What the classification of the line does not hold.
  if (item.matGroup !== undefined && item.matGroup !== classification?.code) ociFields['MATGROUP'] = item.matGroup;
  if (item.extSchemaType !== undefined && item.extSchemaType !== classification?.domain)
    ociFields['EXT_SCHEMA_TYPE'] = item.extSchemaType;
  if (item.extCategoryId !== undefined && item.extCategoryId !== classification?.code)
    ociFields['EXT_CATEGORY_ID'] = item.extCategoryId;
  for (const { name, value } of item.unknown) ociFields[name] = value;
  return { ociFields, customFields };
}

/** The schema where one is named, else the buyer's material group, which many use for UNSPSC codes. */
function classificationOf(item: OciItem): CartLine['classifications'][number] | undefined {
  if (item.extCategoryId !== undefined && item.extSchemaType !== undefined) return { domain: item.extSchemaType, code: item.extCategoryId };
  if (item.matGroup === undefined) return undefined;
  return { domain: /^\d{8}$/.test(item.matGroup) ? 'UNSPSC' : 'MATGROUP', code: item.matGroup };
}

function lacks(item: OciItem, field: string, what: string): ReturnType<typeof refuse> {
  return refuse('INVALID_REQUEST', `NEW_ITEM-${field}[${item.index}] ${what}.`, { index: item.index, field });
}
