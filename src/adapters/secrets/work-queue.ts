import { PunchoutError } from '../../domain/error-codes.js';

/**
 * Runs at most `atOnce` tasks and lets at most `waiting` more wait; beyond that it throws
 * PunchoutError('SERVICE_UNAVAILABLE'), since who came last would wait longer than anybody does (P14).
 */
export function workQueue(atOnce: number, waiting: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (task) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new PunchoutError('SERVICE_UNAVAILABLE', 'Too many secrets are being checked at the moment.');
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await task();
    } finally {
      // A waiting task takes over this one's place, so `running` stays as it is.
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
