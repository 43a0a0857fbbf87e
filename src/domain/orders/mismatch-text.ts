import type { OrderMismatch } from './purchase-order.js';

/** What is different, in words. */
export function mismatchText({
  kind,
  supplierPartId,
  lineNumber,
  comparedWith,
  units,
  sent,
  ordered,
}: OrderMismatch): string {
  const said = (value = 'none', unit?: string): string => (unit === undefined ? value : `${value} ${unit}`);
  const difference = `${kind} ${said(ordered, units?.ordered)} in place of ${said(sent, units?.sent)}`;
  if (comparedWith === 'cart')
    return `the order's ${difference}, the total of the cart (both without tax and shipping)`;
  if (comparedWith === 'lines' && kind === 'total') return `the order's ${difference}, the sum of its own lines`;
  if (comparedWith === 'lines') return `the order's total has the ${difference}, that of its lines`;
  const number = lineNumber === undefined ? [] : [`line ${lineNumber}`];
  const line = [...number, ...(supplierPartId === '' ? [] : [`article ${supplierPartId}`])].join(', ') || 'a line';
  if (kind === 'unidentified') return `${line} has no SupplierPartID`;
  return kind === 'added' || kind === 'missing' ? `${line} is ${kind}` : `${line}: ${difference}`;
}
