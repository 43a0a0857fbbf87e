import type { CartLine } from '../../../domain/cart/cart.js';
import type { NotCarried } from '../../../domain/transmission/transfer-payload.js';
import { pricePerBasis } from '../../../domain/cart/cart-total.js';
import { formatDecimal, isDecimalText } from '../../../domain/decimal.js';
import type { OciCharset } from '../../../domain/access/connection.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import type { ArrangedLine } from './arrange-lines.js';
import { characterCount, cutText, lineFeeds, oneLine } from './cut-text.js';
import { type FieldFault, setMappedFields } from './mapped-fields.js';
import { setShopFields } from './set-shop-fields.js';
import { encodable, transliterate } from './transliterate.js';
import { writePrice, writeThreeDecimals } from './write-number.js';

export interface FieldContext {
  charset: OciCharset;
  currency: string;
  quoteId: string;
  units: Record<string, string>;
  vendor: string | undefined;
  startIndex: 0 | 1;
  /** Fields in addition to oci.md 3 that this buyer accepts. */
  vendorFields: readonly string[];
  /** Receives the values that the fields of a line cannot hold. */
  notCarried: NotCarried[];
}

/** Maximum numbers of characters (oci.md 3). */
const LENGTH = {
  description: 40,
  articleNumber: 40,
  unit: 3,
  vendor: 10,
  matGroup: 10,
  schemaType: 10,
  categoryId: 60,
  leadTimeDays: 99_999,
};

/**
 * Appends the fields of the item at `place` (from 0) to `fields`; names are constants around that number. Returns a
 * fault if the line cannot be written. Article numbers are keys: they are never cut or transliterated. An optional one
 * that does not fit is left out and reported (EXT_PRODUCT_ID falls back to the SKU, as PRODUCTID may be either). A line
 * without a VENDORMAT of its own uses the first of its names that fits. A line without a product key is not in the
 * catalogue; a VENDORMAT that does not fit is then left out.
 */
export function writeItemFields(
  fields: NameValue[],
  arranged: ArrangedLine,
  place: number,
  context: FieldContext,
): FieldFault | undefined {
  const { line } = arranged;
  const { charset } = context;
  const index = place + context.startIndex;
  const fullName = oneLine(transliterate(line.name, charset)) || line.sku;
  const description = cutText(fullName, LENGTH.description);
  const longText = longTextOf(arranged, fullName, description.length < fullName.length, charset);
  const quantity = writeThreeDecimals(line.quantity);
  const unit = Object.hasOwn(context.units, line.unit) ? (context.units[line.unit] ?? line.unit) : line.unit;
  const price = arranged.counts ? writePrice(unitPriceOf(line), line.priceBasis) : { price: '0.000', priceUnit: '1' };

  const keyed = (text: string | undefined): text is string => text !== undefined && isArticleNumber(text, charset);
  const mapped = line.outgoing?.oci;
  const vendorMat = mapped?.get('VENDORMAT') ?? [line.sku, ...(line.standInSkus ?? [])].find(keyed) ?? line.sku;
  const lose = (field: string, reason: string): void =>
    void context.notCarried.push({ line: arranged.cartLine, field, reason });
  const loseKey = (field: string, key = ''): void => {
    if (key.trim() !== '') lose(field, `It is not 1 to ${LENGTH.articleNumber} characters that ${charset} can carry.`);
  };
  if (!keyed(vendorMat) && line.productKey !== '')
    return {
      field: 'VENDORMAT',
      reason: `the article number is not 1 to ${LENGTH.articleNumber} characters that ${charset} can carry.`,
    };
  if (quantity === undefined || quantity === '0.000')
    return {
      field: 'QUANTITY',
      reason: 'the quantity is not positive with at most 11 digits before and 3 behind the point.',
    };
  if (unit === '' || characterCount(unit) > LENGTH.unit || !encodable(unit, charset))
    return { field: 'UNIT', reason: 'the unit is not 1 to 3 characters; map it in the connection.' };
  if (price === undefined)
    return {
      field: 'PRICE',
      reason: line.unitPrice.startsWith('-')
        ? 'the price is negative, and OCI has no sign.'
        : 'no price unit of at most 5 digits makes the price exact with 11 digits before and 3 behind the point.',
    };

  const end = `${index}]`;
  const start = fields.length;
  fields.push({ name: `NEW_ITEM-DESCRIPTION[${end}`, value: description });
  fields.push({ name: `NEW_ITEM-QUANTITY[${end}`, value: quantity });
  fields.push({ name: `NEW_ITEM-UNIT[${end}`, value: unit });
  fields.push({ name: `NEW_ITEM-PRICE[${end}`, value: price.price });
  fields.push({ name: `NEW_ITEM-CURRENCY[${end}`, value: context.currency });
  fields.push({ name: `NEW_ITEM-PRICEUNIT[${end}`, value: price.priceUnit });
  const leadTime = leadTimeOf(line);
  if (leadTime === undefined && line.leadTimeDays !== undefined)
    lose('LEADTIME', 'It is not a number of days with at most 5 digits.');
  if (leadTime !== undefined) fields.push({ name: `NEW_ITEM-LEADTIME[${end}`, value: leadTime });
  if (longText !== '') fields.push({ name: `NEW_ITEM-LONGTEXT_${index}:132[]`, value: longText });
  if (context.vendor !== undefined && context.vendor !== '')
    fields.push({ name: `NEW_ITEM-VENDOR[${end}`, value: context.vendor });
  if (keyed(vendorMat)) fields.push({ name: `NEW_ITEM-VENDORMAT[${end}`, value: vendorMat });
  if (keyed(line.manufacturerPartId))
    fields.push({ name: `NEW_ITEM-MANUFACTMAT[${end}`, value: line.manufacturerPartId });
  else loseKey('MANUFACTMAT', line.manufacturerPartId);
  pushClassification(fields, line, end, charset, lose);
  if (line.kind === 'service') fields.push({ name: `NEW_ITEM-SERVICE[${end}`, value: 'X' });
  fields.push({ name: `NEW_ITEM-EXT_QUOTE_ID[${end}`, value: context.quoteId });
  fields.push({ name: `NEW_ITEM-EXT_QUOTE_ITEM[${end}`, value: String(place + 1) });
  const productId = [line.productKey, line.sku].find(keyed);
  if (productId !== line.productKey) loseKey('EXT_PRODUCT_ID', line.productKey);
  if (line.productKey !== '' && productId !== undefined)
    fields.push({ name: `NEW_ITEM-EXT_PRODUCT_ID[${end}`, value: productId });
  if (arranged.itemType !== undefined) fields.push({ name: `NEW_ITEM-ITEM_TYPE[${end}`, value: arranged.itemType });
  if (arranged.parentPlace !== undefined)
    fields.push({ name: `NEW_ITEM-PARENT_ID[${end}`, value: String(arranged.parentPlace + context.startIndex) });
  setShopFields(fields, start, index, line, { charset, vendorFields: context.vendorFields, lose });
  return mapped === undefined ? undefined : setMappedFields(fields, start, index, mapped, charset);
}

/** The price of one order unit, because OCI has no price unit. */
function unitPriceOf(line: CartLine): string {
  return line.conversionFactor === undefined || line.conversionFactor === '1' || !isDecimalText(line.unitPrice)
    ? line.unitPrice
    : formatDecimal(pricePerBasis(line));
}

/**
 * MATGROUP, if the first code fits. EXT_SCHEMA_TYPE and EXT_CATEGORY_ID are written only together, because each needs
 * the other, and not for a code that came as MATGROUP.
 */
function pushClassification(
  fields: NameValue[],
  line: CartLine,
  end: string,
  charset: OciCharset,
  lose: (field: string, reason: string) => void,
): void {
  const first = line.classifications[0];
  if (first === undefined || first.code === '') return;
  const { code, domain } = first;
  const isSendable = encodable(code, charset);
  const isMatGroup = isSendable && characterCount(code) <= LENGTH.matGroup;
  if (isMatGroup) fields.push({ name: `NEW_ITEM-MATGROUP[${end}`, value: code });
  const schema = transliterate(domain, charset).toUpperCase();
  if (schema === 'MATGROUP' || schema === '') {
    if (!isMatGroup) lose('MATGROUP', `It is not 1 to ${LENGTH.matGroup} characters that ${charset} can carry.`);
    return;
  }
  if (!isSendable || characterCount(code) > LENGTH.categoryId || characterCount(schema) > LENGTH.schemaType) {
    const reason =
      `The schema has more than ${LENGTH.schemaType} characters, or the code is not 1 to ${LENGTH.categoryId} ` +
      `characters that ${charset} can carry.`;
    lose('EXT_SCHEMA_TYPE', reason);
    lose('EXT_CATEGORY_ID', reason);
    return;
  }
  fields.push({ name: `NEW_ITEM-EXT_SCHEMA_TYPE[${end}`, value: schema });
  fields.push({ name: `NEW_ITEM-EXT_CATEGORY_ID[${end}`, value: code });
}

/** The full name if DESCRIPTION was cut, the description, and the parts of a bundle that are not separate lines. */
function longTextOf({ line, parts }: ArrangedLine, fullName: string, cut: boolean, charset: OciCharset): string {
  const description = line.description === undefined ? '' : transliterate(lineFeeds(line.description), charset);
  const blocks: string[] = [];
  if (cut && !description.startsWith(fullName)) blocks.push(fullName);
  if (description.trim() !== '') blocks.push(description);
  for (const part of parts ?? [])
    blocks.push(oneLine(transliterate(`${part.quantity} x ${part.sku} ${part.name}`, charset)));
  return blocks.length === 1 ? (blocks[0] ?? '') : blocks.join('\n');
}

function leadTimeOf({ leadTimeDays }: CartLine): string | undefined {
  if (leadTimeDays === undefined || !(leadTimeDays >= 0)) return undefined;
  const days = Math.ceil(leadTimeDays);
  return days > LENGTH.leadTimeDays ? undefined : String(days);
}

function isArticleNumber(text: string, charset: OciCharset): boolean {
  return (
    text.trim() !== '' &&
    characterCount(text) <= LENGTH.articleNumber &&
    encodable(text, charset) &&
    !/[\t\r\n]/.test(text)
  );
}
