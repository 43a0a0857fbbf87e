import { writeSync } from 'node:fs';
import { FAULT_VARIABLES, type KillPoint } from './kill-points.js';

const dieAt = process.env[FAULT_VARIABLES.dieAt];
let passesLeft = Number(process.env[FAULT_VARIABLES.dieOn] ?? '1');

export function isToDieAt(point: KillPoint): boolean {
  return dieAt === point && passesLeft === 1;
}

/**
 * Called at every point; ends the process by SIGKILL at the point in its environment, on the n-th passing. Requests
 * that share a statement pass together: `times`.
 */
export function pass(point: KillPoint, times = 1): void {
  if (dieAt !== point) return;
  passesLeft -= times;
  if (passesLeft > 0) return;
  writeSync(2, `DIED AT ${point}\n`);
  process.kill(process.pid, 'SIGKILL');
  // Nothing in this process may happen after the signal was sent.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_000);
}
