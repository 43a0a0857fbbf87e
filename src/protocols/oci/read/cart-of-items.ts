import type { Cart, CartLine } from '../../../domain/cart/cart.js';
import type { NotCarried } from '../../../domain/transmission/transfer-payload.js';
import { CURRENCY_CODE } from '../../../domain/currency.js';
import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import { cutText, oneLine } from '../write/cut-text.js';
import { OCI_TEXT_FIELDS, type OciItem, type OciItemTexts, readNumber } from './oci-item.js';

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

const MAX_DEPTH = 20;

/**
 * Sets the bundles of an OCI 5.0 cart, and returns what is not carried. PARENT_ID holds the index of the parent item
 * and overrides ITEM_TYPE. OCI does not define which line of a bundle has the price, so the prices decide: parts at 0
 * are included in the price of their parent, and a parent at 0 has the price of its parts. If both have a price, both
 * count, and the parts are separate lines. Not carried: a PARENT_ID that matches no other item, that makes an item part
 * of itself, or whose item is a separate line; an ITEM_TYPE of a bundle without parts. `lines` are those of `items`, in
 * the same order.
 */
function setBundlesOfItems(items: readonly OciItem[], lines: readonly CartLine[]): NotCarried[] {
  const notCarried: NotCarried[] = [];
  if (items.every(({ itemType, parentId }) => itemType === undefined && parentId === undefined)) return notCarried;
  const lose = (place: number, field: string, reason: string): void =>
    void notCarried.push({ line: place + 1, field, reason });
  const parents = parentsOf(items, lose);
  cutTooDeep(parents, lose);
  const pricedBelow = new Set<number>();
  for (const place of lines.keys()) {
    if (!isPriced(lines[place])) continue;
    for (let at = parents.get(place); at !== undefined && !pricedBelow.has(at); at = parents.get(at))
      pricedBelow.add(at);
  }
  for (const [place, line] of lines.entries()) {
    const above = parents.get(place);
    const parent = above === undefined ? undefined : lines[above];
    if (above === undefined || parent === undefined) continue;
    if (isPriced(parent) && pricedBelow.has(above)) {
      lose(
        place,
        'PARENT_ID',
        'The bundle and its parts have prices. Both count, and the line becomes a separate line.',
      );
      continue;
    }
    line.parentLineId = parent.lineId;
    parent.kind = 'bundle';
    parent.pricedAt = pricedBelow.has(above) ? 'itemLevel' : 'groupLevel';
  }
  for (const [place, line] of lines.entries()) {
    const type = items[place]?.itemType?.trim().toUpperCase() ?? 'L';
    if (!['R', 'O', 'L'].includes(type)) lose(place, 'ITEM_TYPE', 'It is not R, O or L.');
    else if (type !== 'L' && line.kind !== 'bundle') lose(place, 'ITEM_TYPE', 'The bundle has no parts.');
  }
  return notCarried;
}

/** Position of the parent of each item. */
function parentsOf(
  items: readonly OciItem[],
  lose: (place: number, field: string, reason: string) => void,
): Map<number, number> {
  const placeOf = new Map(items.map(({ index }, place) => [index, place]));
  const parents = new Map<number, number>();
  for (const [place, { parentId }] of items.entries()) {
    if (parentId === undefined) continue;
    const parent = placeOf.get(Number(readNumber(parentId) ?? Number.NaN));
    if (parent === undefined || parent === place) lose(place, 'PARENT_ID', 'It matches no other line of the cart.');
    else parents.set(place, parent);
  }
  return parents;
}

function isPriced(line: CartLine | undefined): boolean {
  return line !== undefined && /[1-9]/.test(line.unitPrice);
}

/** Removes parents until no item is part of itself or nested deeper than MAX_DEPTH. Visits each item once. */
function cutTooDeep(parents: Map<number, number>, lose: (place: number, field: string, reason: string) => void): void {
  const depths = new Map<number, number>();
  for (const start of Array.from(parents.keys())) {
    const path: number[] = [];
    const onPath = new Set<number>();
    let at: number | undefined = start;
    for (; at !== undefined && !depths.has(at) && !onPath.has(at); at = parents.get(at)) {
      path.push(at);
      onPath.add(at);
    }
    const top = path.at(-1);
    if (at !== undefined && onPath.has(at) && top !== undefined) {
      parents.delete(top);
      lose(top, 'PARENT_ID', 'It makes the line a part of itself.');
    }
    for (const place of path.toReversed()) {
      const parent = parents.get(place);
      const depth = parent === undefined ? 0 : (depths.get(parent) ?? 0) + 1;
      if (depth > MAX_DEPTH) {
        parents.delete(place);
        lose(place, 'PARENT_ID', `The line is nested deeper than ${MAX_DEPTH} levels.`);
      }
      depths.set(place, depth > MAX_DEPTH ? 0 : depth);
    }
  }
}
