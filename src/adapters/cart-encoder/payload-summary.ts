import type { CartLine } from '../../domain/cart.js';
import { type Decimal, add, formatDecimal, parseDecimal, trimZeros } from '../../domain/decimal.js';
import type { PayloadSummary } from '../../domain/transfer-payload.js';

/** What lists and pages say of a cart; parts of a bundle are counted with their bundle. */
export function summaryOf(lines: readonly CartLine[], totalAmount: string, currency: string): PayloadSummary {
  let items: Decimal = { units: 0n, scale: 0 };
  for (const line of lines) if (line.parentLineId === undefined) items = add(items, parseDecimal(line.quantity));
  return { itemsCount: formatDecimal(trimZeros(items)), linesCount: lines.length, totalAmount, currency };
}
