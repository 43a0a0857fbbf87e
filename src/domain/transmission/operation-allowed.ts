import type { Operation } from './transmission.js';

const RANK: Record<Operation, number> = { create: 0, inspect: 1, edit: 2 };

/** Whether a connection whose carts say `operationAllowed` may open this one: support for edit implies inspect (RULES 6). */
export function mayReopen(operationAllowed: Operation | undefined, operation: Operation): boolean {
  return RANK[operation] <= RANK[operationAllowed ?? 'edit'];
}
