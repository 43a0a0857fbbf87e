/** Integers for a shop's categories (source 004), the same for ever, whatever the shop's own ids look like. */
export interface CategoryNumbers {
  /** One for each id, made where there was none. */
  numbersOf(tenantId: string, categoryIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/**
 * The order among all processes in which a shop is asked about a cart, for shops in which a read beside a write undoes
 * the write. Reads go together, a write alone.
 */
export interface SharedTurns {
  /**
   * Resolves when the turn begins: when no other process is in the way, or after `waitMs`. Returns what ends the turn.
   * Never rejects: where the order cannot be kept, the request goes on without it.
   */
  enter(cartId: string, kind: 'read' | 'write', waitMs: number): Promise<() => void>;
}
