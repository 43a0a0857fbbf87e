import { lineAmount, pricePerBasis, type PricedLine } from '../../../domain/cart/cart-total.js';
import { currencyDigits } from '../../../domain/currency.js';
import {
  compare,
  type DecimalText,
  divide,
  formatDecimal,
  isDecimalText,
  multiply,
  parseDecimal,
  round,
  trimZeros,
} from '../../../domain/decimal.js';

/** Maximum number of digits after the decimal point in decimal text. */
const MOST_DIGITS = 30;

/**
 * The price of one order unit, for documents without a price basis: exact if decimal digits can express it, else with
 * the fewest digits that give the same line amount. Undefined if no number of digits does; the line then cannot be
 * written.
 */
export function pricePerUnit(line: PricedLine, currency: string): DecimalText | undefined {
  const price = pricePerBasis(line);
  const basis = parseDecimal(line.priceBasis);
  const fewestDigits = Math.max(currencyDigits(currency), trimZeros(price).scale);
  const finest = divide(price, basis, MOST_DIGITS);
  if (compare(multiply(finest, basis), price) === 0) {
    const exact = trimZeros(finest);
    return writable(formatDecimal(round(exact, Math.max(exact.scale, currencyDigits(currency)))));
  }
  const target = lineAmount(line, currency);
  for (let digits = fewestDigits; digits <= MOST_DIGITS; digits += 1) {
    const unitPrice = writable(formatDecimal(divide(price, basis, digits)));
    if (unitPrice === undefined) return undefined;
    if (compare(lineAmount({ quantity: line.quantity, unitPrice, priceBasis: '1' }, currency), target) === 0)
      return unitPrice;
  }
  return undefined;
}

/** A product of two long numbers may be too long for decimal text. */
function writable(text: DecimalText): DecimalText | undefined {
  return isDecimalText(text) ? text : undefined;
}
