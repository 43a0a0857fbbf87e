import type { FairShares } from '../ports/job-queue.js';

/** The places of one process for work that waits for servers of others. */
interface Places {
  /** How many are free. */
  free(): number;
  shares(): FairShares;
  /** Has a place until `work` is over, which must not reject. */
  hold(owner: string, work: Promise<void>): void;
  /** Resolves when one of those that are held becomes free; never where none is. */
  released(): Promise<void>;
  /** Resolves when all are free. */
  allFree(): Promise<void>;
}

/** `mostOfOne`: places that one owner may have, so that slow servers of one hold up nobody else. */
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

/** What `work` gives. Rejects with `complaint` if it takes longer than `seconds`; the work itself is not stopped. */
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

/** Seconds until a job that failed `attempts` times is due again: doubling from 2 s to 10 min, a fifth of it random. */
export function retryDelaySeconds(attempts: number, random: number): number {
  const base = Math.min(600, 2 ** Math.min(attempts, 10));
  return base * (0.8 + 0.4 * random);
}

/** Seconds until a hook that failed `attempts` times in a row is tried again: doubling from 1 s to an hour, a quarter of it random either way. */
export function hookDelaySeconds(attempts: number, random: number): number {
  return Math.min(3600, 2 ** Math.min(attempts - 1, 12)) * (0.75 + random / 2);
}
