/** Runs `act` for every item, at most `width` at a time; results in the order of the items. */
export async function inParallel<Item, Answer>(
  items: readonly Item[],
  width: number,
  act: (item: Item, index: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      const item = items[index];
      if (item !== undefined) answers[index] = await act(item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return answers;
}

export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
