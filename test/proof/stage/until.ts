export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Polls until the condition holds; false after `patienceMs`. */
export async function until(holds: () => Promise<boolean>, patienceMs: number, everyMs = 50): Promise<boolean> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() > giveUpAt) return false;
    await pause(everyMs);
  }
}
