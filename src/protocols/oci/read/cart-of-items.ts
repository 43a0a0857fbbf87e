import type { Cart, CartLine } from '../../../domain/cart/cart.js';
import type { NotCarried } from '../../../domain/transmission/transfer-payload.js';
import { CURRENCY_CODE } from '../../../domain/currency.js';
import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import { cutText, oneLine } from '../write/cut-text.js';
import { setBundlesOfItems } from './bundles-of-items.js';
import { OCI_TEXT_FIELDS, type OciItem, type OciItemTexts } from './oci-item.js';

export interface OciItemsCart extends Pick<Cart, 'currency' | 'lines'> {
  /** Fields that have no effect in this cart, such as a PARENT_ID without its parent. */
  notCarried: NotCarried[];
}

/** Maximum length of VENDORMAT, and of a DESCRIPTION that replaces it. */
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
 * The items of a returned form as cart lines in one currency. Every field that a shop may send has a place: MATNR is
 * the buyer's article number, ITEM_TYPE and PARENT_ID form bundles, and fields without a line property are in
 * `ociFields`, including fields that are not in oci.md 3. CUST_FIELD1 to 5 are also in `customFields`, where mapping
 * rules find them. VENDORMAT is optional in OCI; without it, the line is named by EXT_PRODUCT_ID, MATNR, MANUFACTMAT or
 * DESCRIPTION, the first that is present; the others are its `standInSkus`. UNIT defaults to EA. Refuses
 * INVALID_REQUEST if a line lacks a required field: QUANTITY above 0, PRICE, CURRENCY (all the same), and one of those
 * five names. Details: `index`, `field`.
 */
export function cartOfOciItems(items: readonly OciItem[]): Outcome<OciItemsCart> {
  const lines: CartLine[] = [];
  const currency = items[0]?.currency ?? '';
  for (const item of items) {
    if (item.quantity === undefined) return lacks(item, 'QUANTITY', 'is missing');
    if (!/[1-9]/.test(item.quantity)) return lacks(item, 'QUANTITY', 'is 0');
    if (item.price === undefined) return lacks(item, 'PRICE', 'is missing');
    if (item.currency === undefined) return lacks(item, 'CURRENCY', 'is missing');
    if (!CURRENCY_CODE.test(item.currency))
      return lacks(item, 'CURRENCY', `is not a currency code: ${JSON.stringify(item.currency.slice(0, 40))}`);
    if (item.currency !== currency)
      return lacks(item, 'CURRENCY', `is ${item.currency}, and the items before have ${currency}`);
    const article = articleOf(item);
    if (article === undefined) return lacks(item, 'VENDORMAT', 'is missing, and nothing else names the article');
    lines.push(lineOf(item, { ...article, quantity: item.quantity, unitPrice: item.price }));
  }
  return accept({ currency, lines, notCarried: setBundlesOfItems(items, lines) });
}

type Article = Pick<CartLine, 'sku' | 'productKey' | 'standInSkus'>;

/** A line that is named only by its description is not an article of the catalogue, so it has no key there. */
function articleOf({ vendorMat, extProductId, matnr, manufactMat, description }: OciItem): Article | undefined {
  if (vendorMat !== undefined) return { sku: vendorMat, productKey: extProductId ?? vendorMat };
  const name = description === undefined ? '' : cutText(oneLine(description), ARTICLE_NUMBER_LENGTH);
  const [key, ...others] = [extProductId, matnr, manufactMat].filter((id) => id !== undefined);
  if (key !== undefined) return { sku: key, productKey: key, standInSkus: name === '' ? others : [...others, name] };
  return name === '' ? undefined : { sku: name, productKey: '' };
}

function lineOf(item: OciItem, required: Article & Pick<CartLine, 'quantity' | 'unitPrice'>): CartLine {
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
  // Parts that the classification of the line does not hold.
  if (item.matGroup !== undefined && item.matGroup !== classification?.code) ociFields['MATGROUP'] = item.matGroup;
  if (item.extSchemaType !== undefined && item.extSchemaType !== classification?.domain)
    ociFields['EXT_SCHEMA_TYPE'] = item.extSchemaType;
  if (item.extCategoryId !== undefined && item.extCategoryId !== classification?.code)
    ociFields['EXT_CATEGORY_ID'] = item.extCategoryId;
  for (const { name, value } of item.unknown) ociFields[name] = value;
  return { ociFields, customFields };
}

/** The schema if one is named, else the buyer's material group, which many use for UNSPSC codes. */
function classificationOf(item: OciItem): CartLine['classifications'][number] | undefined {
  if (item.extCategoryId !== undefined && item.extSchemaType !== undefined)
    return { domain: item.extSchemaType, code: item.extCategoryId };
  if (item.matGroup === undefined) return undefined;
  return { domain: /^\d{8}$/.test(item.matGroup) ? 'UNSPSC' : 'MATGROUP', code: item.matGroup };
}

function lacks(item: OciItem, field: string, what: string): ReturnType<typeof refuse> {
  return refuse('INVALID_REQUEST', `NEW_ITEM-${field}[${item.index}] ${what}.`, { index: item.index, field });
}
