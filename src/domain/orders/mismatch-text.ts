import type { OrderMismatch } from './purchase-order.js';

/** What is different, in words. */
export function mismatchText({ kind, supplierPartId, lineNumber, sent, ordered }: OrderMismatch): string {
  const line = `${lineNumber === undefined ? '' : `line ${lineNumber}, `}article ${supplierPartId}`;
  return kind === 'added' || kind === 'missing' ? `${line} is ${kind}` : `${line}: ${kind} ${ordered ?? 'none'} in place of ${sent ?? 'none'}`;
}
