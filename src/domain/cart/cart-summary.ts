import type { Cart } from './cart.js';
import { cartTotal } from './cart-total.js';
import { type Decimal, add, formatDecimal, parseDecimal, trimZeros } from '../decimal.js';
import type { PayloadSummary } from '../transmission/transfer-payload.js';

/** What is shown of a live cart; parts of a bundle are counted with their bundle. */
export function cartSummary({ lines, currency }: Pick<Cart, 'lines' | 'currency'>): PayloadSummary {
  let items: Decimal = { units: 0n, scale: 0 };
  for (const line of lines) if (line.parentLineId === undefined) items = add(items, parseDecimal(line.quantity));
  return { itemsCount: formatDecimal(trimZeros(items)), linesCount: lines.length, totalAmount: cartTotal(lines, currency), currency };
}
