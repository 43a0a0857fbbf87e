import { currencyDigits } from '../../domain/currency.js';
import {
  compare,
  type Decimal,
  type DecimalText,
  divide,
  formatDecimal,
  multiply,
  parseDecimal,
  round,
} from '../../domain/decimal.js';

/** T54: a positive whole number, at most a thousand million. */
const MAX_QUANTITY = 1_000_000_000;

/**
 * The quantity as an integer, as shops count; undefined for any other value. `2.000` is 2. `text` is decimal text as
 * `readDecimal` returns it.
 */
export function askedQuantity(text: string): number | undefined {
  if (!/^\d{1,12}(\.0{1,12})?$/.test(text)) return undefined;
  const quantity = Number(text);
  return quantity >= 1 && quantity <= MAX_QUANTITY ? quantity : undefined;
}

export function isWithinLimit(quantity: number): boolean {
  return quantity <= MAX_QUANTITY;
}

/**
 * The unit price that reproduces a line's total (cxml.md 7): the shop's own (`shown`) if quantity x unit price matches,
 * else the total divided by the quantity, with as few digits as keep the total. With one digit more than the quantity
 * has, the rounding of the unit price cannot change the total.
 */
export function unitPriceFor(
  total: Decimal,
  quantity: DecimalText,
  currency: string,
  shown?: DecimalText,
): DecimalText {
  if (shown !== undefined && keepsTotal(parseDecimal(shown), quantity, total, currency)) return shown;
  const digits = currencyDigits(currency);
  const divisor = parseDecimal(quantity);
  for (let scale = digits; scale < digits + quantity.length; scale += 1) {
    const unitPrice = divide(total, divisor, scale);
    if (keepsTotal(unitPrice, quantity, total, currency)) return formatDecimal(unitPrice);
  }
  return formatDecimal(divide(total, divisor, digits + quantity.length));
}

function keepsTotal(unitPrice: Decimal, quantity: DecimalText, total: Decimal, currency: string): boolean {
  return compare(round(multiply(unitPrice, parseDecimal(quantity)), currencyDigits(currency)), total) === 0;
}
