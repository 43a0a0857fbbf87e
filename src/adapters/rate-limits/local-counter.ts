/** Requests of one window. */
export interface Count {
  totalHits: number;
  resetTime: Date;
}

/** So many clients are told apart, at about 400 bytes each; beyond that the windows that began first end early. */
const MOST_KEYS = 20_000;

/** Counts in this process. Synchronous, so that parallel requests never see each other's counts. */
export function localCounter(windowMs: number, now: () => number = Date.now): (key: string) => Count {
  /** In the order in which their windows end. */
  const counts = new Map<string, { hits: number; until: number }>();

  /** For many at once: finding the first entry of a Map is not free. */
  function makeRoom(): void {
    const at = now();
    for (const [key, { until }] of counts) {
      if (until > at && counts.size <= MOST_KEYS * 0.9) return;
      counts.delete(key);
    }
  }

  function countOf(key: string): { hits: number; until: number } {
    const known = counts.get(key);
    if (known !== undefined && known.until > now()) return known;
    counts.delete(key);
    if (counts.size >= MOST_KEYS) makeRoom();
    const fresh = { hits: 0, until: now() + windowMs };
    counts.set(key, fresh);
    return fresh;
  }

  return (key) => {
    const count = countOf(key);
    count.hits += 1;
    return { totalHits: count.hits, resetTime: new Date(count.until) };
  };
}
