import type { Cart, CartLine } from '../../../domain/cart/cart.js';
import { CURRENCY_CODE } from '../../../domain/currency.js';
import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import { setBundlesOfItems } from './bundles-of-items.js';
import type { OciItem } from './oci-item.js';

/**
 * The items of a returned form as lines of a cart, with the one currency they have.
 * Refuses INVALID_REQUEST where a line lacks what a line must have: QUANTITY above 0, PRICE, CURRENCY (all the same), and VENDORMAT,
 * EXT_PRODUCT_ID or MATNR to name the article. UNIT defaults to EA. Details: `index`, `field`.
 */
export function cartOfOciItems(items: readonly OciItem[]): Outcome<Pick<Cart, 'currency' | 'lines'>> {
  const lines: CartLine[] = [];
  const currency = items[0]?.currency ?? '';
  for (const item of items) {
    if (item.quantity === undefined || !/[1-9]/.test(item.quantity)) return lacks(item, 'QUANTITY', 'is missing or 0');
    if (item.price === undefined) return lacks(item, 'PRICE', 'is missing');
    if (item.currency === undefined || !CURRENCY_CODE.test(item.currency)) return lacks(item, 'CURRENCY', 'is not a currency code');
    if (item.currency !== currency) return lacks(item, 'CURRENCY', 'differs from the items before');
    const sku = item.vendorMat ?? item.extProductId ?? item.matnr;
    if (sku === undefined) return lacks(item, 'VENDORMAT', 'is missing');
    lines.push(lineOf(item, { sku, quantity: item.quantity, unitPrice: item.price }));
  }
  setBundlesOfItems(items, lines);
  return accept({ currency, lines });
}

function lineOf(item: OciItem, required: Pick<CartLine, 'sku' | 'quantity' | 'unitPrice'>): CartLine {
  const customFields: Record<string, string> = {};
  for (const [place, value] of [item.custField1, item.custField2, item.custField3, item.custField4, item.custField5].entries()) {
    if (value !== undefined) customFields[`CUST_FIELD${place + 1}`] = value;
  }
  const classification = classificationOf(item);
  return {
    lineId: String(item.index),
    kind: item.service ? 'service' : 'product',
    productKey: item.extProductId ?? required.sku,
    auxiliaryId: item.extQuoteItem ?? '',
    priceBasis: item.priceUnit,
    unit: item.unit ?? 'EA',
    name: item.description ?? required.sku,
    classifications: classification === undefined ? [] : [classification],
    customFields,
    ...required,
    ...(item.longText === undefined ? {} : { description: item.longText }),
    ...(item.manufactMat === undefined ? {} : { manufacturerPartId: item.manufactMat }),
    ...(item.manufacturerName === undefined ? {} : { manufacturerName: item.manufacturerName }),
    ...(item.leadTimeDays === undefined ? {} : { leadTimeDays: item.leadTimeDays }),
  };
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
