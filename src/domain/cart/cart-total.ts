import { type BundleLine, bundlesOf } from './bundles.js';
import type { CartLine, Cart } from './cart.js';
import { currencyDigits } from '../currency.js';
import {
  add,
  type Decimal,
  divide,
  formatDecimal,
  multiply,
  parseDecimal,
  round,
  safeUnits,
  trimZeros,
} from '../decimal.js';
import type { PayloadSummary } from '../transmission/transfer-payload.js';
import type { BuyerPerson, SetupRequest } from '../transmission/setup-request.js';

/** The fields that determine the amount of a line. */
export type PricedLine = Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis' | 'conversionFactor'>;

/**
 * Net amount of a line: quantity x conversion factor x unit price / price basis, rounded half away from zero to the
 * digits of its currency. Amounts are rounded only here; totals add up the results.
 */
export function lineAmount(line: PricedLine, currency: string): Decimal {
  const digits = currencyDigits(currency);
  const small = smallAmount(line, digits);
  if (small !== undefined) return small;
  const gross = multiply(orderedUnits(line), parseDecimal(line.unitPrice));
  return line.priceBasis === '1' ? round(gross, digits) : divide(gross, parseDecimal(line.priceBasis), digits);
}

/** The quantity in units of the price: `quantity` times `conversionFactor`. */
export function orderedUnits({
  quantity,
  conversionFactor = '1',
}: Pick<CartLine, 'quantity' | 'conversionFactor'>): Decimal {
  const ordered = parseDecimal(quantity);
  return conversionFactor === '1' ? ordered : multiply(ordered, parseDecimal(conversionFactor));
}

/** Price of `priceBasis` units of `unit`: the unit price times the conversion factor, not rounded. */
export function pricePerBasis({
  unitPrice,
  conversionFactor = '1',
}: Pick<CartLine, 'unitPrice' | 'conversionFactor'>): Decimal {
  const price = parseDecimal(unitPrice);
  return conversionFactor === '1' ? price : multiply(price, parseDecimal(conversionFactor));
}

/** Sum of the lines whose price counts (`bundlesOf`), without tax and shipping (cxml.md 7). */
export function cartTotal(lines: readonly (PricedLine & BundleLine)[], currency: string): string {
  const bundles = bundlesOf(lines);
  let total: Decimal = { units: 0n, scale: currencyDigits(currency) };
  for (const [index, line] of lines.entries())
    if (bundles?.counts[index] !== 0) total = add(total, lineAmount(line, currency));
  return formatDecimal(total);
}

/** Digits of both factors together: their product stays a safe integer. */
const SAFE_DIGITS = 14;

/** Fast path for most lines: whole pieces at a price in whole cents need no rounding. Ten times as fast. */
function smallAmount(
  { quantity, unitPrice, priceBasis, conversionFactor = '1' }: PricedLine,
  digits: number,
): Decimal | undefined {
  if (priceBasis !== '1' || conversionFactor !== '1' || quantity.length + unitPrice.length + digits > SAFE_DIGITS)
    return undefined;
  const pieces = safeUnits(quantity, 0);
  const price = safeUnits(unitPrice, digits);
  return pieces === undefined || price === undefined ? undefined : { units: BigInt(pieces * price), scale: digits };
}

/**
 * Sums of a cart for display. `itemsCount` adds up the quantities of the lines whose price counts (`bundlesOf`).
 * Promotion lines that cost nothing do not count: they are not sent.
 */
export function cartSummary({ lines: all, currency }: Pick<Cart, 'lines' | 'currency'>): PayloadSummary {
  const lines = all.filter((line) => !isForShow(line));
  let items: Decimal = { units: 0n, scale: 0 };
  const bundles = bundlesOf(lines);
  for (const [index, line] of lines.entries())
    if (bundles?.counts[index] !== 0) items = add(items, parseDecimal(line.quantity));
  return {
    itemsCount: formatDecimal(trimZeros(items)),
    linesCount: lines.length,
    totalAmount: cartTotal(lines, currency),
    currency,
  };
}

const NOTHING = /^-?[0.]+$/;

/**
 * Whether a promotion line costs nothing: it only shows the code or name of a promotion on shipping costs. It is in no
 * document and in no sum.
 */
export function isForShow({ kind, parentLineId, unitPrice, quantity }: CartLine): boolean {
  return kind === 'promotion' && parentLineId === undefined && (NOTHING.test(unitPrice) || NOTHING.test(quantity));
}

/**
 * The buyer of a call-up as PunchFlow shows buyers: without an e-mail address, by identity (architecture.md section 6).
 */
export function buyerOf({ buyer, parties }: Pick<SetupRequest, 'buyer' | 'parties'>): BuyerPerson {
  const email = buyer.email ?? parties?.from[0]?.identity ?? buyer.userId;
  return email === undefined ? buyer : { ...buyer, email };
}

/** Sales of one product in one cart, for PunchFlow's `top_products`. */
export interface SoldLine {
  sku: string;
  name: string;
  /** Decimal text. */
  quantity: string;
  /** Net, in the cart's currency, decimal text. */
  revenue: string;
}

/** The products of a cart, each once: the lines whose price counts (`bundlesOf`). Promotions are no products. */
export function soldLines(cart: Pick<Cart, 'lines' | 'currency'>): SoldLine[] {
  const sold = new Map<string, { name: string; quantity: Decimal; revenue: Decimal }>();
  const bundles = bundlesOf(cart.lines);
  for (const [index, line] of cart.lines.entries()) {
    if (bundles?.counts[index] === 0 || line.kind === 'promotion') continue;
    const amount = lineAmount(line, cart.currency);
    const earlier = sold.get(line.sku);
    const quantity = parseDecimal(line.quantity);
    sold.set(
      line.sku,
      earlier === undefined
        ? { name: line.name, quantity, revenue: amount }
        : { ...earlier, quantity: add(earlier.quantity, quantity), revenue: add(earlier.revenue, amount) },
    );
  }
  return [...sold].map(([sku, { name, quantity, revenue }]) => ({
    sku,
    name,
    quantity: formatDecimal(trimZeros(quantity)),
    revenue: formatDecimal(revenue),
  }));
}
