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

/** Result of restoring one line of an edit or inspect call-up (architecture.md decision 6). */
export interface RestoredItem {
  /** Article number; for `discount_gone` the code. */
  supplierPartId: string;
  /** Name of an article with a difference, where it is known and not the number. */
  name?: string;
  requested: DecimalText;
  /** Quantity in the cart; '0' where the line is missing. */
  got: DecimalText;
  /** Absent: restored without a difference. */
  difference?: RestoreDifference;
  /** Unit price claimed by the buyer, and the current one; only where the two differ. */
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

/** A store's result for one line, as its port defines it. */
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
 * `results` are those of `items`, in their order; `cart` is the resulting cart of the store. A claim never becomes a
 * price (T55). The claimed prices may include a discount (`mapping.promotions`). They are compared with the shop's
 * prices before and after its discounts; the comparison with fewer differences counts, and in a tie that of the `usual`
 * rule.
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
    return { ...restored, name: nameOf(item, line), difference, price };
  });
}

/**
 * Whether the line costs the same at the claimed price. For a price that includes a discount only the amount of the
 * line is certain: the price can be written in several ways.
 */
function hasSameAmount({ claimedUnitPrice: claim }: RequestedItem, line: CartLine, currency: string): boolean {
  if (claim === undefined || claim.currency.toUpperCase() !== currency.toUpperCase()) return true;
  const claimed = { quantity: line.quantity, unitPrice: claim.amount, priceBasis: claim.basis ?? '1' };
  if (parseDecimal(claimed.priceBasis).units <= 0n) return true;
  return compare(lineAmount(claimed, currency), lineAmount(line, currency)) === 0;
}

/** Maximum characters of a name from the buyer's document. */
const NAME_LENGTH = 100;

/** The shop's name of the article, else that in the buyer's document, where the name precedes the long text. */
function nameOf({ supplierPartId, description = '' }: RequestedItem, line: CartLine | undefined): string | undefined {
  const [first = ''] = description.trim().split(/[\r\n]/, 1);
  const characters = Array.from(first.trim());
  const claimed = characters.length > NAME_LENGTH ? `${characters.slice(0, NAME_LENGTH).join('')}\u2026` : first.trim();
  const name = line?.name ?? claimed;
  return supplierPartId === '' || name === '' || name === supplierPartId ? undefined : name;
}

/** For an item without an article number: its text or its position. */
function shownName({ supplierPartId, description }: RequestedItem, index: number): string {
  return supplierPartId === '' ? (description ?? `#${index + 1}`) : supplierPartId;
}

/**
 * The `codes` of the call-up that `cart` lacks: the store has refused them, or removed them when another one was
 * redeemed. Case-insensitive. A code may also be the article number of a discount line, since some lines return without
 * our mark.
 */
export function goneCodes(codes: readonly string[], cart: Pick<Cart, 'lines' | 'discountCodes'>): RestoredItem[] {
  const discounts = cart.lines.filter(({ kind }) => kind === 'promotion').map(({ sku }) => sku);
  const there = new Set([...codesOfCart(cart), ...discounts].map((code) => code.toLowerCase()));
  return codes
    .filter((code) => !there.has(code.toLowerCase()))
    .map((code) => ({ supplierPartId: code, requested: '1', got: '0', difference: 'discount_gone' }));
}

/** The items that the buyer must be informed about. */
export function differencesOf(report: readonly RestoredItem[] | undefined): RestoredItem[] {
  return (report ?? []).filter(({ difference }) => difference !== undefined);
}

/**
 * The line of an item: by our cookie on it, else by the product's key (custom store integration), else by article
 * number (cxml.md 6).
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
export function priceChange(
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
  /** Number of units that `amount` buys. */
  basis: Decimal;
}

/** A price per unit that no decimal number can express was sent rounded, and returns rounded. */
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
