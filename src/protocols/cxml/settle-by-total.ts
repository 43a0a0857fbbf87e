import type { CartLine } from '../../domain/cart/cart.js';
import { cartTotal } from '../../domain/cart/cart-total.js';
import { type NotCarried, noteNotCarried } from '../../domain/cart/not-carried.js';
import { compare, parseDecimal } from '../../domain/decimal.js';
import type { LinePlace } from './bundles-of-message.js';
import type { CxmlMoney } from './cxml-document.js';

/**
 * Decides by the message's own Total what its lines leave open, and changes `lines` accordingly:
 * - Parts of a line that does not say that it is a group stand by themselves, unless only the other reading gives the
 *   Total.
 * - Conversion factors are applied, unless only the sum without them gives the Total. They are left out then, and named.
 * Without a Total in the currency of the lines, or where no reading gives it, the lines stay as they are.
 */
export function settleByTotal(
  lines: CartLine[],
  places: readonly LinePlace[],
  total: CxmlMoney | undefined,
  currency: string,
  notCarried: NotCarried[],
): void {
  const hasLooseParts = places.some(({ looseParentId }) => looseParentId !== undefined);
  const hasFactors = lines.some(hasFactor);
  if (total?.currency.toUpperCase() !== currency || (!hasLooseParts && !hasFactors)) return;
  const isTotal = (read: readonly CartLine[]): boolean =>
    compare(parseDecimal(cartTotal(read, currency)), parseDecimal(total.amount)) === 0;
  const grouped = (read: readonly CartLine[]): CartLine[] =>
    read.map((line, index) => ({ ...line, parentLineId: line.parentLineId ?? places[index]?.looseParentId }));
  const plain = lines.map((line) => (hasFactor(line) ? { ...line, conversionFactor: undefined } : line));
  if (isTotal(lines)) return;
  const right = [grouped(lines), plain, grouped(plain)].find(isTotal);
  if (right === undefined) return;
  for (const [index, line] of lines.entries()) {
    const settled = right[index];
    if (settled === undefined) continue;
    if (hasFactor(line) && !hasFactor(settled))
      noteNotCarried(notCarried, {
        line: index + 1,
        field: 'PriceBasisQuantity',
        reason: `The Total of the document says that the conversion factor ${line.conversionFactor ?? ''} is not applied: it is left out.`,
      });
    lines[index] = settled;
  }
}

function hasFactor({ conversionFactor = '1' }: CartLine): boolean {
  return compare(parseDecimal(conversionFactor), { units: 1n, scale: 0 }) !== 0;
}
