import { compare, type DecimalText, divide, multiply, parseDecimal } from '../../domain/decimal.js';

/** Digits behind the point that a receiver may be trusted to keep. */
const TRUSTED_DIGITS = 6;

/** Source 004 has a price of one unit and nothing else: whether this price can be said so, to the last digit. */
export function hasExactUnitPrice(unitPrice: DecimalText, priceBasis: DecimalText): boolean {
  const price = parseDecimal(unitPrice);
  const basis = parseDecimal(priceBasis);
  return compare(multiply(divide(price, basis, Math.max(TRUSTED_DIGITS, price.scale)), basis), price) === 0;
}
