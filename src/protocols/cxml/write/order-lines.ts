import type { CartLine } from '../../../domain/cart/cart.js';
import { lineAmount } from '../../../domain/cart/cart-total.js';
import type { CxmlVersion } from '../../../domain/access/connection.js';
import { currencyDigits } from '../../../domain/currency.js';
import { add, type Decimal, type DecimalText, formatDecimal, isDecimalText, parseDecimal, trimZeros } from '../../../domain/decimal.js';
import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import type { MappedCart, MappedLine } from '../../../domain/mapping/mapped-cart.js';
import { pricePerUnit } from './price-per-unit.js';

/** Lines that will be written, checked, with their sums. */
export interface OrderLines {
  lines: readonly MappedLine[];
  /** Line numbers by line id; only where a bundle needs them. */
  numbers: ReadonlyMap<string, number> | undefined;
  total: DecimalText;
  itemsCount: DecimalText;
}

/**
 * Chooses the lines that the DTD version can express and sums them up. Before 1.2.036 there are no part lines: the head of the
 * bundle, which has their price in it, stands for them. Refuses with CART_NOT_ENCODABLE, naming the line.
 */
export function orderLines(cart: MappedCart, version: CxmlVersion): Outcome<OrderLines> {
  const lines = version === '1.2.014' ? cart.lines.filter((line) => line.parentLineId === undefined) : cart.lines;
  const numbers = version === '1.2.014' ? undefined : bundleNumbers(lines);
  let total: Decimal = { units: 0n, scale: currencyDigits(cart.currency) };
  let itemsCount: Decimal = { units: 0n, scale: 0 };
  for (const line of lines) {
    const fault = faultOf(line, cart.currency, version, numbers);
    if (fault !== undefined) return refuse('CART_NOT_ENCODABLE', `Line ${line.sku.slice(0, 60)}: ${fault}`, { line: line.lineId, sku: line.sku });
    if (line.parentLineId !== undefined) continue;
    total = add(total, lineAmount(line, cart.currency));
    itemsCount = add(itemsCount, parseDecimal(line.quantity));
  }
  return accept({ lines, numbers, total: formatDecimal(total), itemsCount: formatDecimal(trimZeros(itemsCount)) });
}

function faultOf(line: CartLine, currency: string, version: CxmlVersion, numbers: OrderLines['numbers']): string | undefined {
  if (line.sku.trim() === '') return 'it has no article number';
  if (!isDecimalText(line.quantity) || line.quantity.startsWith('-')) return 'its quantity is not a decimal number of 0 or more';
  if (!isDecimalText(line.unitPrice)) return 'its price is not a decimal number';
  if (line.parentLineId !== undefined && numbers?.get(line.parentLineId) === undefined) return 'the bundle that it is part of is not in the cart';
  if (line.priceBasis === '1') return undefined;
  if (!isDecimalText(line.priceBasis) || line.priceBasis.startsWith('-') || !/[1-9]/.test(line.priceBasis)) return 'its price basis is not a decimal number above 0';
  if (version === '1.2.014' && pricePerUnit(line, currency) === undefined) {
    return `its price for ${line.priceBasis} units cannot be written for one unit, and DTD ${version} has no price basis`;
  }
  return undefined;
}

function bundleNumbers(lines: readonly CartLine[]): Map<string, number> | undefined {
  if (!lines.some((line) => line.kind === 'bundle' || line.parentLineId !== undefined)) return undefined;
  return new Map(lines.map((line, index) => [line.lineId, index + 1]));
}
