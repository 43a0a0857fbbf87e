import type { CartLine } from './cart.js';

const NOTHING = /^-?[0.]+$/;

/**
 * Whether a promotion line costs nothing: it only shows a code or a name, of a promotion on shipping costs. No document
 * has it, and no sum counts it.
 */
export function isForShow({ kind, parentLineId, unitPrice, quantity }: CartLine): boolean {
  return kind === 'promotion' && parentLineId === undefined && (NOTHING.test(unitPrice) || NOTHING.test(quantity));
}
