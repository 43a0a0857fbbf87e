import { compare, multiply, parseDecimal } from '../decimal.js';
import type { OrderMismatch, PurchaseLine } from './purchase-order.js';

/**
 * How an order differs from the cart that was sent: prices per unit, quantities, lines added and missing. Lines are the same by article
 * number and auxiliary id; of several with the same, each is taken once, in their order. A buyer that drops auxiliary ids is put up with.
 */
export function compareOrder(ordered: readonly PurchaseLine[], sent: readonly PurchaseLine[]): OrderMismatch[] {
  const left = [...sent];
  const mismatches: OrderMismatch[] = [];
  for (const line of ordered) {
    const at = placeOf(line, left);
    const number = line.lineNumber === undefined ? {} : { lineNumber: line.lineNumber };
    const [was] = at < 0 ? [] : left.splice(at, 1);
    if (was === undefined) mismatches.push({ kind: 'added', supplierPartId: line.supplierPartId, ...number, ordered: line.quantity });
    else mismatches.push(...Array.from(differences(line, was), (difference) => ({ ...difference, supplierPartId: line.supplierPartId, ...number })));
  }
  for (const line of left) mismatches.push({ kind: 'missing', supplierPartId: line.supplierPartId, sent: line.quantity });
  return mismatches;
}

/** True where each line of the order is one of the cart: the cart may be the one that it came from. */
export function isFrom(ordered: readonly PurchaseLine[], sent: readonly PurchaseLine[]): boolean {
  return ordered.length > 0 && ordered.every((line) => sent.some((was) => isSame(line, was)));
}

function placeOf(line: PurchaseLine, left: readonly PurchaseLine[]): number {
  const exactly = left.findIndex((was) => isSame(line, was) && isEqual(line.quantity, was.quantity));
  return exactly >= 0 ? exactly : left.findIndex((was) => isSame(line, was));
}

function isSame(line: PurchaseLine, was: PurchaseLine): boolean {
  return line.supplierPartId === was.supplierPartId && (line.auxiliaryId === undefined || line.auxiliaryId === was.auxiliaryId);
}

function* differences(line: PurchaseLine, was: PurchaseLine): Generator<Pick<OrderMismatch, 'kind' | 'sent' | 'ordered'>> {
  if (!isEqual(line.quantity, was.quantity)) yield { kind: 'quantity', sent: was.quantity, ordered: line.quantity };
  if (was.unitPrice === undefined) return;
  const { amount, currency } = was.unitPrice;
  if (line.unitPrice === undefined) yield { kind: 'price', sent: amount };
  else if (line.unitPrice.currency !== currency) yield { kind: 'currency', sent: currency, ordered: line.unitPrice.currency };
  else if (compare(each(line.unitPrice.amount, was.priceBasis), each(amount, line.priceBasis)) !== 0) yield { kind: 'price', sent: amount, ordered: line.unitPrice.amount };
}

/** a/b = c/d is compared as a*d = c*b. */
function each(amount: string, basis: string | undefined): ReturnType<typeof parseDecimal> {
  return multiply(parseDecimal(amount), parseDecimal(basis ?? '1'));
}

function isEqual(a: string, b: string): boolean {
  return compare(parseDecimal(a), parseDecimal(b)) === 0;
}
