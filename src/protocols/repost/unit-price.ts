import { pricePerBasis } from '../../domain/cart/cart-total.js';
import { compare, divide, multiply, parseDecimal } from '../../domain/decimal.js';
import type { Price } from '../../domain/mapping/mapping-discount.js';

/** Digits behind the point that a receiver may be trusted to keep. */
const TRUSTED_DIGITS = 6;

/** Source 004 has a price of one unit and nothing else: whether this price can be said so, to the last digit. */
export function hasExactUnitPrice(line: Price): boolean {
  const price = pricePerBasis(line);
  const basis = parseDecimal(line.priceBasis);
  return compare(multiply(divide(price, basis, Math.max(TRUSTED_DIGITS, price.scale)), basis), price) === 0;
}
