/** Hits of a key in its present minute. */
export interface Count {
  hits: number;
  /** Milliseconds until the minute is over. */
  leftMs: number;
}

export interface LocalCounter {
  /** Counts one hit. */
  add(key: string): Count;
  /** One hit less. */
  takeBack(key: string): void;
  read(key: string): Count;
}

export const WINDOW_MS = 60_000;
/** So many keys are told apart, at about 200 bytes each; beyond that the oldest tenth is forgotten. */
const MOST_KEYS = 50_000;

/** Counts in this process, synchronously, so that parallel requests see all hits. `now`: milliseconds that only grow. */
export function localCounter(now: () => number = () => performance.now()): LocalCounter {
  /** In the order in which their minutes end. */
  const counts = new Map<string, { hits: number; until: number }>();

  function makeRoom(): void {
    if (counts.size < MOST_KEYS) return;
    for (const key of counts.keys()) {
      if (counts.size <= MOST_KEYS * 0.9) return;
      counts.delete(key);
    }
  }

  function current(key: string): { hits: number; until: number } | undefined {
    const count = counts.get(key);
    return count === undefined || count.until <= now() ? undefined : count;
  }

  return {
    add(key) {
      let count = current(key);
      if (count === undefined) {
        makeRoom();
        count = { hits: 0, until: now() + WINDOW_MS };
        counts.delete(key);
        counts.set(key, count);
      }
      count.hits += 1;
      return { hits: count.hits, leftMs: count.until - now() };
    },
    takeBack(key) {
      const count = current(key);
      if (count !== undefined && count.hits > 0) count.hits -= 1;
    },
    read(key) {
      const count = current(key);
      return { hits: count?.hits ?? 0, leftMs: count === undefined ? 0 : count.until - now() };
    },
  };
}
