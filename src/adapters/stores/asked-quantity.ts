/** T54: whole, above nothing, at most a thousand million. */
const MAX_QUANTITY = 1_000_000_000;

/** `text` is decimal text that `readDecimal` has read. Shops count in integers and refuse anything else. Undefined: no quantity that it takes; `2.000` is 2. */
export function askedQuantity(text: string): number | undefined {
  if (!/^\d{1,12}(\.0{1,12})?$/.test(text)) return undefined;
  const quantity = Number(text);
  return quantity >= 1 && quantity <= MAX_QUANTITY ? quantity : undefined;
}

export function isWithinLimit(quantity: number): boolean {
  return quantity <= MAX_QUANTITY;
}
