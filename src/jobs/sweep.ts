import type { Logger } from '../ports/logger.js';

/** One kind of clearing away. `run` handles up to `limit` rows and says how many there were. */
export interface Sweep {
  name: string;
  run: (limit: number) => Promise<number>;
}

const BATCH = 500;

/**
 * Runs every sweep until its batch comes back short. They take turns, one batch each, and none stops another: a sweep that fails is logged
 * and left for the next time, with half the batch, since large rows may be too much for one statement's time.
 */
export function sweeper(sweeps: readonly Sweep[], log: Logger): (signal: AbortSignal) => Promise<void> {
  const limits = new Map(sweeps.map(({ name }) => [name, BATCH]));

  /** True while there may be more. */
  async function turn({ name, run }: Sweep): Promise<boolean> {
    const limit = limits.get(name) ?? BATCH;
    try {
      const handled = await run(limit);
      limits.set(name, Math.min(BATCH, limit * 2));
      return handled >= limit;
    } catch (error) {
      limits.set(name, Math.max(1, limit >> 1));
      log.warn({ err: error, sweep: name, limit }, 'a sweep failed, will be tried again');
      return false;
    }
  }

  return async (signal) => {
    let pending = [...sweeps];
    while (pending.length > 0) {
      const unfinished: Sweep[] = [];
      for (const sweep of pending) {
        if (signal.aborted) return;
        if (await turn(sweep)) unfinished.push(sweep);
      }
      pending = unfinished;
    }
  };
}
