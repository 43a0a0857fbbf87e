/** T54: whole, above nothing, at most a thousand million. */
const MAX_QUANTITY = 1_000_000_000;

/**
 * The quantity as an integer, as shops count; undefined for any other. `2.000` is 2. `text` is decimal text as
 * `readDecimal` returns it.
 */
export function askedQuantity(text: string): number | undefined {
  if (!/^\d{1,12}(\.0{1,12})?$/.test(text)) return undefined;
  const quantity = Number(text);
  return quantity >= 1 && quantity <= MAX_QUANTITY ? quantity : undefined;
}

export function isWithinLimit(quantity: number): boolean {
  return quantity <= MAX_QUANTITY;
}
