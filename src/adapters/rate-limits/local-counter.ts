/** Requests of one window. */
export interface Count {
  totalHits: number;
  resetTime: Date;
}

/** So many clients are told apart; beyond that the window begins anew for all, which lets a flood of addresses pass once more but never eats memory. */
const MAX_KEYS = 100_000;

/** Counts in this process. Synchronous, so that parallel requests never see each other's counts. */
export function localCounter(windowMs: number, now: () => number = Date.now): (key: string) => Count {
  const counts = new Map<string, Count>();
  let sweptAt = now();
  return (key) => {
    const at = now();
    if (at - sweptAt >= windowMs || counts.size >= MAX_KEYS) {
      for (const [old, { resetTime }] of counts) if (resetTime.getTime() <= at) counts.delete(old);
      if (counts.size >= MAX_KEYS) counts.clear();
      sweptAt = at;
    }
    const known = counts.get(key);
    const count = known === undefined || known.resetTime.getTime() <= at ? { totalHits: 1, resetTime: new Date(at + windowMs) } : { ...known, totalHits: known.totalHits + 1 };
    counts.set(key, count);
    return count;
  };
}
