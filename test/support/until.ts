const PATIENCE_MS = 30_000;
const PAUSE_MS = 25;

/** Waits until a condition becomes true. Throws if it does not. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
