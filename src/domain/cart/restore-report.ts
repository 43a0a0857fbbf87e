import type { Cart, CartLine } from './cart.js';
import { lineAmount, pricePerBasis } from './cart-total.js';
import { codesOfCart } from './discount-codes.js';
import { currencyDigits } from '../currency.js';
import type { PromotionRule } from '../mapping/mapping.js';
import { settlePromotions } from '../mapping/settle-promotions.js';
import {
  compare,
  type Decimal,
  type DecimalText,
  divide,
  formatDecimal,
  multiply,
  parseDecimal,
  round,
  trimZeros,
} from '../decimal.js';
import type { ItemKey, RequestedItem } from '../transmission/setup-request.js';

/** What became of one line that an edit or inspect call-up asked for (architecture.md decision 6). */
export interface RestoredItem {
  /** Article number; of `discount_gone` the code. */
  supplierPartId: string;
  /** Name of an article with a difference, where it is known and not the number. */
  name?: string;
  requested: DecimalText;
  /** Quantity that is in the cart; '0' where nothing is. */
  got: DecimalText;
  /** Absent: it is as it was. */
  difference?: RestoreDifference;
  /** What the buyer says one unit cost, and what it costs now; only where the two differ. */
  price?: { claimed: DecimalText; now: DecimalText; currency: string };
}

export const RESTORE_DIFFERENCES = [
  'gone',
  'sold_out',
  'quantity_changed',
  'price_changed',
  'invalid',
  'discount_gone',
] as const;
export type RestoreDifference = (typeof RESTORE_DIFFERENCES)[number];

/** What a store said of one line, in the words of its port. */
interface StoreResult {
  got: DecimalText;
  fault?: 'unknown_product' | 'sold_out' | 'quantity_invalid' | 'quantity_changed' | 'unknown_line';
}

const DIFFERENCES = {
  unknown_product: 'gone',
  unknown_line: 'gone',
  sold_out: 'sold_out',
  quantity_invalid: 'invalid',
  quantity_changed: 'quantity_changed',
} as const;

/**
 * `results` are those of `items`, in their order; `cart` is what the store has after them. A claim never becomes a
 * price (T55). The prices that the buyer claims may have a discount in them (`mapping.promotions`). They are compared
 * with the prices of the shop, and with those that have its discounts in them; the comparison with fewer differences
 * counts, and of equal ones that of the `usual` rule.
 */
export function restoreReport(
  items: readonly RequestedItem[],
  results: readonly StoreResult[],
  cart: Pick<Cart, 'lines' | 'currency'>,
  usual: PromotionRule = 'negative_line',
): RestoredItem[] {
  const { lines, currency } = cart;
  const plain = reportOn(items, results, lines, (item, line) => priceChange(item, line, currency));
  const spread = changesIn(plain) === 0 ? undefined : spreadLines(cart);
  if (spread === undefined) return plain;
  const discounted = reportOn(items, results, spread, (item, line) =>
    hasSameAmount(item, line, currency) ? undefined : priceChange(item, line, currency),
  );
  const more = changesIn(discounted) - changesIn(plain);
  return more < 0 || (more === 0 && usual === 'spread') ? discounted : plain;
}

function changesIn(report: readonly RestoredItem[]): number {
  return report.filter(({ price }) => price !== undefined).length;
}

/** The lines with the discounts of the cart in their prices; undefined for a cart without discounts. */
function spreadLines(cart: Pick<Cart, 'lines' | 'currency'>): CartLine[] | undefined {
  const settled = settlePromotions(cart, 'spread', () => true);
  return settled.ok && settled.value.length < cart.lines.length ? settled.value : undefined;
}

function reportOn(
  items: readonly RequestedItem[],
  results: readonly StoreResult[],
  lines: readonly CartLine[],
  changeOf: (item: RequestedItem, line: CartLine) => RestoredItem['price'],
): RestoredItem[] {
  return items.map((item, index) => {
    const { got, fault } = results[index] ?? { got: '0', fault: 'unknown_product' };
    const line = got === '0' ? undefined : lineOf(lines, item);
    const price = line === undefined ? undefined : changeOf(item, line);
    const difference = fault !== undefined ? DIFFERENCES[fault] : price === undefined ? undefined : 'price_changed';
    const supplierPartId = shownName(item, index);
    const restored = { supplierPartId, requested: item.quantity, got };
    if (difference === undefined) return restored;
    const name = nameOf(item, line);
    return {
      ...restored,
      ...(name === undefined ? {} : { name }),
      difference,
      ...(price === undefined ? {} : { price }),
    };
  });
}

/**
 * Whether the line costs the same at the claimed price. Of a price with a discount in it only the amount of the line is
 * certain: there are several ways to write such a price.
 */
function hasSameAmount({ claimedUnitPrice: claim }: RequestedItem, line: CartLine, currency: string): boolean {
  if (claim === undefined || claim.currency.toUpperCase() !== currency.toUpperCase()) return true;
  const claimed = { quantity: line.quantity, unitPrice: claim.amount, priceBasis: claim.basis ?? '1' };
  if (parseDecimal(claimed.priceBasis).units <= 0n) return true;
  return compare(lineAmount(claimed, currency), lineAmount(line, currency)) === 0;
}

/** Characters of a name that the buyer's document gives. */
const NAME_LENGTH = 100;

/** What the shop calls the article, else what the buyer's document does: documents have the name before the long text. */
function nameOf({ supplierPartId, description = '' }: RequestedItem, line: CartLine | undefined): string | undefined {
  const [first = ''] = description.trim().split(/[\r\n]/, 1);
  const characters = Array.from(first.trim());
  const claimed = characters.length > NAME_LENGTH ? `${characters.slice(0, NAME_LENGTH).join('')}\u2026` : first.trim();
  const name = line?.name ?? claimed;
  return supplierPartId === '' || name === '' || name === supplierPartId ? undefined : name;
}

/** Of an item that came without an article number: what it is called, or its place. */
function shownName({ supplierPartId, description }: RequestedItem, index: number): string {
  return supplierPartId === '' ? (description ?? `#${index + 1}`) : supplierPartId;
}

/**
 * Those of `codes`, with which the cart came, that `cart` does not have: the store has refused them, or it has taken
 * them off again when another one was redeemed. Letter case does not count. A code may be the article number of a
 * discount line too, since some lines come back without our mark.
 */
export function goneCodes(codes: readonly string[], cart: Pick<Cart, 'lines' | 'discountCodes'>): RestoredItem[] {
  const discounts = cart.lines.filter(({ kind }) => kind === 'promotion').map(({ sku }) => sku);
  const there = new Set([...codesOfCart(cart), ...discounts].map((code) => code.toLowerCase()));
  return codes
    .filter((code) => !there.has(code.toLowerCase()))
    .map((code) => ({ supplierPartId: code, requested: '1', got: '0', difference: 'discount_gone' }));
}

/** What the buyer must be told. */
export function differencesOf(report: readonly RestoredItem[] | undefined): RestoredItem[] {
  return (report ?? []).filter(({ difference }) => difference !== undefined);
}

/**
 * The line that an item stands for: by our own cookie on it, else by the product's key (custom store integration), else
 * by article number (cxml.md 6).
 */
export function lineOf<Line extends Pick<CartLine, 'auxiliaryId' | 'productKey' | 'sku'>>(
  lines: readonly Line[],
  { auxiliaryId, supplierPartId }: ItemKey,
): Line | undefined {
  return (
    (auxiliaryId === undefined
      ? undefined
      : (lines.find((line) => line.auxiliaryId === auxiliaryId) ??
        lines.find((line) => line.productKey === auxiliaryId))) ?? lines.find((line) => line.sku === supplierPartId)
  );
}

/** Prices in another currency cannot be compared. */
function priceChange(
  { claimedUnitPrice: claim }: RequestedItem,
  line: CartLine,
  currency: string,
): RestoredItem['price'] {
  if (claim === undefined || claim.currency.toUpperCase() !== currency.toUpperCase()) return undefined;
  const claimed = { amount: parseDecimal(claim.amount), basis: parseDecimal(claim.basis ?? '1') };
  const now = { amount: pricePerBasis(line), basis: parseDecimal(line.priceBasis) };
  if (claimed.basis.units <= 0n || isSame(claimed, now, currency)) return undefined;
  return { claimed: perUnit(claimed, currency), now: perUnit(now, currency), currency };
}

interface Price {
  amount: Decimal;
  /** How many units `amount` buys. */
  basis: Decimal;
}

/** A price per unit that no decimal number gives was sent rounded, and comes back so. */
function isSame(claimed: Price, now: Price, currency: string): boolean {
  if (compare(multiply(claimed.amount, now.basis), multiply(now.amount, claimed.basis)) === 0) return true;
  const digits = Math.max(claimed.amount.scale, currencyDigits(currency));
  const exact = compare(multiply(divide(now.amount, now.basis, MOST_DIGITS), now.basis), now.amount) === 0;
  return !exact && compare(divide(now.amount, now.basis, digits), divide(claimed.amount, claimed.basis, digits)) === 0;
}

const MOST_DIGITS = 12;
const SHOWN_DIGITS = 6;

function perUnit({ amount, basis }: Price, currency: string): DecimalText {
  const shown = trimZeros(divide(amount, basis, Math.max(SHOWN_DIGITS, amount.scale)));
  return formatDecimal(round(shown, Math.max(shown.scale, currencyDigits(currency))));
}
