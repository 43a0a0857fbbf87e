import type { IndexEntry } from '../../domain/catalogue/catalogue-index.js';
import { articleText, notSoldText } from '../../domain/catalogue/not-sold-text.js';
import { currencyDigits } from '../../domain/currency.js';
import { compare, type DecimalText, formatDecimal, multiply, parseDecimal, round } from '../../domain/decimal.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { FoundItem, LiveBuyer, ReadLiveItems } from './live-items.js';

/** An article that a buyer is about to purchase. */
export interface WantedItem {
  sku: string;
  quantity: DecimalText;
}

/** `entry.price` is that of one unit in this quantity. */
export interface PricedItem {
  entry: IndexEntry;
  quantity: DecimalText;
  total: DecimalText;
}

/** Most articles of one checkout. */
export const MOST_WANTED = 100;

/**
 * Price and availability of articles at the moment of a purchase; nothing is ordered or reserved (open-buy.md 7). All
 * of them or none: INVALID_REQUEST names each that cannot be bought, and why.
 */
export function priceItems({
  itemsFor,
}: {
  itemsFor: ReadLiveItems;
}): (buyer: LiveBuyer, wanted: readonly WantedItem[]) => Promise<Outcome<PricedItem[]>> {
  return async (buyer, wanted) => {
    const live = await itemsFor(buyer);
    if (!live.ok) return live;
    const found = await live.value.read(wanted.map(({ sku, quantity }) => ({ supplierPartId: sku, quantity })));
    const priced: PricedItem[] = [];
    const faults: string[] = [];
    const seen = new Set<string>();
    for (const [nth, { sku, quantity }] of wanted.entries()) {
      const item = found[nth];
      const { productKey = '' } = item?.product.line ?? {};
      const fault = seen.has(productKey)
        ? `The article ${articleText(sku)} is asked for twice: name it once, with the sum of the quantities`
        : faultOf(item, sku, quantity);
      if (fault !== undefined) faults.push(fault);
      else if (item?.entry !== undefined) priced.push(pricedItem(item.entry, quantity));
      if (item !== undefined) seen.add(productKey);
    }
    return faults.length === 0
      ? accept(priced)
      : refuse('INVALID_REQUEST', `${faults.join('. ')}.`, { field: 'items' });
  };
}

/** Why it cannot be bought in this quantity. */
function faultOf(item: FoundItem | undefined, sku: string, quantity: DecimalText): string | undefined {
  if (item === undefined) return notSoldText(sku, undefined);
  const { entry, faults, product } = item;
  const { line, availability, quantityStep, stock } = product;
  const isSoldOut = availability === 'sold_out';
  if (isSoldOut && (stock ?? '0') === '0') return notSoldText(sku, faults);
  if (compare(parseDecimal(line.quantity), parseDecimal(quantity)) !== 0) {
    const steps = quantityStep === undefined ? '' : `, and takes multiples of ${quantityStep}`;
    const taken = `a cart has ${line.quantity}${steps}`;
    return `The article ${articleText(sku)} is not sold in the quantity ${quantity}: ${taken}`;
  }
  if (isSoldOut)
    return `The article ${articleText(sku)} cannot be bought in the quantity ${quantity}: in stock are ${stock}`;
  return entry === undefined ? notSoldText(sku, faults) : undefined;
}

function pricedItem(entry: IndexEntry, quantity: DecimalText): PricedItem {
  const total = round(multiply(parseDecimal(entry.price), parseDecimal(quantity)), currencyDigits(entry.currency));
  return { entry, quantity, total: formatDecimal(total) };
}
