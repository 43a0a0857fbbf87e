import type { CartLine } from './cart.js';
import { currencyDigits } from '../currency.js';
import { add, type Decimal, divide, formatDecimal, multiply, parseDecimal, round } from '../decimal.js';

/**
 * Net amount of a line: quantity x unit price / price basis, rounded half away from zero to the digits of its currency.
 * This is the one place where an amount is rounded; totals add up what it returns.
 */
export function lineAmount(line: Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis'>, currency: string): Decimal {
  const small = smallAmount(line, currencyDigits(currency));
  if (small !== undefined) return small;
  const gross = multiply(parseDecimal(line.quantity), parseDecimal(line.unitPrice));
  const digits = currencyDigits(currency);
  return line.priceBasis === '1' ? round(gross, digits) : divide(gross, parseDecimal(line.priceBasis), digits);
}

/** Sum of the lines, without tax and shipping (RULES 7). Part lines of a bundle are included in their parent. */
export function cartTotal(lines: Iterable<Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis' | 'parentLineId'>>, currency: string): string {
  let total: Decimal = { units: 0n, scale: currencyDigits(currency) };
  for (const line of lines) if (line.parentLineId === undefined) total = add(total, lineAmount(line, currency));
  return formatDecimal(total);
}

/** Digits of both factors together: their product stays a safe integer. */
const SAFE_DIGITS = 14;
const WHOLE = /^\d+$/;
const AMOUNT = /^\d+(?:\.(\d+))?$/;

/** The same for the many lines that are whole numbers of pieces at a price in whole cents: nothing to round, and ten times as fast. */
function smallAmount({ quantity, unitPrice, priceBasis }: Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis'>, digits: number): Decimal | undefined {
  if (priceBasis !== '1' || quantity.length + unitPrice.length + digits > SAFE_DIGITS || !WHOLE.test(quantity)) return undefined;
  const price = AMOUNT.exec(unitPrice);
  const fraction = price?.[1]?.length ?? 0;
  if (price === null || fraction > digits) return undefined;
  const units = Number(fraction === 0 ? unitPrice : unitPrice.replace('.', '')) * 10 ** (digits - fraction);
  return { units: BigInt(Number(quantity) * units), scale: digits };
}
