import { bundlesOf } from './bundles.js';
import type { Cart } from './cart.js';
import { cartTotal } from './cart-total.js';
import { isForShow } from './for-show.js';
import { type Decimal, add, formatDecimal, parseDecimal, trimZeros } from '../decimal.js';
import type { PayloadSummary } from '../transmission/transfer-payload.js';

/**
 * What is shown of a cart. `itemsCount` adds up the quantities of the lines whose price counts (`bundlesOf`). Promotion
 * lines that cost nothing do not count: they are not sent.
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
