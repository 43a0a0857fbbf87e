import type { CartLine } from '../../../domain/cart/cart.js';
import { lineAmount } from '../../../domain/cart/cart-total.js';
import { currencyDigits } from '../../../domain/currency.js';
import { compare, type DecimalText, divide, formatDecimal, multiply, parseDecimal, round, trimZeros } from '../../../domain/decimal.js';

/** Digits behind the point that decimal text can have. */
const MOST_DIGITS = 30;

/**
 * Price of one unit, for DTD versions without PriceBasisQuantity: exact where decimal digits can say it, else with the fewest
 * digits that give the same line amount. Undefined when no number of digits does: the line cannot be written.
 */
export function pricePerUnit(line: Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis'>, currency: string): DecimalText | undefined {
  const price = parseDecimal(line.unitPrice);
  const basis = parseDecimal(line.priceBasis);
  const fewestDigits = Math.max(currencyDigits(currency), trimZeros(price).scale);
  const finest = divide(price, basis, MOST_DIGITS);
  if (compare(multiply(finest, basis), price) === 0) {
    const exact = trimZeros(finest);
    return formatDecimal(round(exact, Math.max(exact.scale, currencyDigits(currency))));
  }
  const target = lineAmount(line, currency);
  for (let digits = fewestDigits; digits <= MOST_DIGITS; digits += 1) {
    const unitPrice = formatDecimal(divide(price, basis, digits));
    if (compare(lineAmount({ quantity: line.quantity, unitPrice, priceBasis: '1' }, currency), target) === 0) return unitPrice;
  }
  return undefined;
}
