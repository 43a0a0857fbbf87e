/** Smaller carts take a few milliseconds, so they are handled at once. */
const LARGE = 250;

/** A cart with so many lines that the work on it is done in parts, between which others are served. */
export function isLargeCart(lines: number): boolean {
  return lines >= LARGE;
}

/**
 * Lets the event loop serve others for one whole turn. One `setImmediate` is not enough: after input it runs in the
 * same turn, before the timers and before the next input.
 */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
