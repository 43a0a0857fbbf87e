import { expect } from '@jest/globals';

/** The larger input is so many times the smaller one. */
const TIMES = 8;
/** Work in proportion takes 8 times as long, work by the square 64 times. */
const MOST = 20;
/** Below this, the processor's time says nothing about the work. */
const LEAST_MS = 5;
const ATTEMPTS = 6;

/**
 * Work must grow in proportion to the size of its input. Compares the processor's time for two sizes of one run, so it
 * makes no difference how fast the machine is and what else it does. A size is that of the larger input.
 */
export function expectProportional(size: number, work: (size: number) => void): void {
  const small = Math.ceil(size / TIMES);
  work(small);
  let [smallMs, largeMs] = [Infinity, Infinity];
  for (let attempt = 0; attempt < ATTEMPTS && !holds(smallMs, largeMs); attempt += 1) {
    // The large one first: it warms the code up, which would make a cold small one look slow.
    largeMs = Math.min(
      largeMs,
      processorMs(() => work(size)),
    );
    smallMs = Math.min(
      smallMs,
      processorMs(() => work(small)),
    );
  }
  expect({ smallMs, largeMs, isProportional: holds(smallMs, largeMs) }).toMatchObject({ isProportional: true });
}

function holds(smallMs: number, largeMs: number): boolean {
  return largeMs < MOST * Math.max(smallMs, LEAST_MS);
}

function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
