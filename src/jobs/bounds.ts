import type { FairShares } from '../ports/job-queue.js';

/** Concurrency slots of one process for work that waits for other servers. */
interface Places {
  /** Number of free slots. */
  free(): number;
  shares(): FairShares;
  /** Takes a slot until `work` ends, which must not reject. */
  hold(owner: string, work: Promise<void>): void;
  /** Resolves when a held slot becomes free; never if none is held. */
  released(): Promise<void>;
  /** Resolves when all slots are free. */
  allFree(): Promise<void>;
}

/** `mostOfOne`: maximum number of slots per owner, so that slow servers of one owner do not block the others. */
export function places(inAll: number, mostOfOne: number): Places {
  const taken = new Map<string, number>();
  const held = new Set<Promise<void>>();

  function count(owner: string, by: number): void {
    const after = (taken.get(owner) ?? 0) + by;
    if (after > 0) taken.set(owner, after);
    else taken.delete(owner);
  }

  return {
    free: () => inAll - held.size,
    shares: () => ({ taken: Object.fromEntries(taken), most: mostOfOne }),
    hold(owner, work) {
      count(owner, 1);
      const place = work.finally(() => {
        count(owner, -1);
        held.delete(place);
      });
      held.add(place);
    },
    released: () => Promise.race(held),
    async allFree() {
      await Promise.all(held);
    },
  };
}

/**
 * Returns the result of `work`. Rejects with `complaint` if it takes longer than `seconds`; the work itself continues.
 */
export async function withinTime<T>(seconds: number, work: Promise<T>, complaint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(complaint)), seconds * 1_000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Seconds until a job that failed `attempts` times is due again: doubles from 2 s to 10 min; a fifth is random. */
export function retryDelaySeconds(attempts: number, random: number): number {
  const base = Math.min(600, 2 ** Math.min(attempts, 10));
  return base * (0.8 + 0.4 * random);
}

/**
 * Seconds until a hook that failed `attempts` times in a row is retried: doubles from 1 s to an hour, plus or minus a
 * random quarter.
 */
export function hookDelaySeconds(attempts: number, random: number): number {
  return Math.min(3600, 2 ** Math.min(attempts - 1, 12)) * (0.75 + random / 2);
}
