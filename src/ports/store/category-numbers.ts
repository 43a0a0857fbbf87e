/** Integers for a shop's categories (source 004), the same for ever, whatever the shop's own ids look like. */
export interface CategoryNumbers {
  /** One for each id, made where there was none. */
  numbersOf(tenantId: string, categoryIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
