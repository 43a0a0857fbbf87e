import type { CartLine } from '../cart/cart.js';
import { lineAmount, orderedUnits, type PricedLine } from '../cart/cart-total.js';
import { currencyDigits } from '../currency.js';
import {
  compare,
  type Decimal,
  divide,
  formatDecimal,
  isDecimalText,
  multiply,
  parseDecimal,
  trimZeros,
} from '../decimal.js';

/** Maximum decimal digits of decimal text. */
const MOST_DIGITS = 30;

/** The price of a line in the form that is written. */
export type Price = Pick<CartLine, 'unitPrice' | 'priceBasis' | 'conversionFactor'>;

/**
 * Net amount in the smallest unit of the currency; undefined where the line's numbers are invalid (the writer refuses
 * it with the field name).
 */
export function amountOf(line: PricedLine, currency: string): bigint | undefined {
  if (
    ![line.quantity, line.unitPrice, line.priceBasis, line.conversionFactor ?? '1'].every(isDecimalText) ||
    parseDecimal(line.priceBasis).units <= 0n
  )
    return undefined;
  return lineAmount(line, currency).units;
}

/**
 * Shares of `discount` for lines of these amounts, in proportion, by largest remainder (the earlier line in a tie): the
 * shares add up to the discount exactly, and none exceeds its amount. `discount` is at most the sum of the amounts.
 */
export function discountShares(amounts: readonly bigint[], discount: bigint): bigint[] {
  const sum = amounts.reduce((total, amount) => total + amount, 0n);
  if (sum === 0n) return amounts.map(() => 0n);
  const shares = amounts.map((amount) => (amount * discount) / sum);
  let left = discount - shares.reduce((total, share) => total + share, 0n);
  const byRemainder = amounts
    .map((amount, place) => ({ place, remainder: (amount * discount) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.place - b.place : a.remainder > b.remainder ? -1 : 1));
  for (const { place, remainder } of byRemainder) {
    if (left === 0n || remainder === 0n) break;
    shares[place] = (shares[place] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares;
}

/**
 * The price that makes the line's amount exactly `amount` (smallest units): for the line's own price basis with as few
 * decimal digits as possible, else the whole amount as the price of the whole quantity. `writable` says what the
 * protocol can express. Undefined when no price works.
 */
export function priceForAmount(
  line: Pick<CartLine, 'quantity' | 'priceBasis' | 'conversionFactor'>,
  amount: bigint,
  currency: string,
  writable: (price: Price) => boolean,
): Price | undefined {
  const digits = currencyDigits(currency);
  const target: Decimal = { units: amount, scale: digits };
  const quantity = orderedUnits(line);
  if (quantity.units === 0n) return undefined;
  const top = multiply(target, parseDecimal(line.priceBasis));
  for (let scale = digits; scale <= MOST_DIGITS; scale += 1) {
    const price = {
      unitPrice: formatDecimal(divide(top, quantity, scale)),
      priceBasis: line.priceBasis,
      conversionFactor: line.conversionFactor,
    };
    if (compare(lineAmount({ ...line, ...price }, currency), target) !== 0) continue;
    if (writable(price)) return price;
    break;
  }
  const { units: basis, scale } = trimZeros(quantity);
  const whole = {
    unitPrice: formatDecimal(trimZeros({ units: amount * 10n ** BigInt(scale), scale: digits })),
    priceBasis: basis.toString(),
    conversionFactor: line.conversionFactor,
  };
  return writable(whole) ? whole : undefined;
}
