const LIFE_MS = 5_000;
const MAX_ENTRIES = 10_000;

export interface Memory {
  /** What `read` gave less than five seconds ago, else what it gives now; a failure is not remembered. */
  recall<T>(key: string, read: () => Promise<T>): Promise<T>;
  /** Forgets everything once the write is over. */
  forgetAfter<T>(write: Promise<T>): Promise<T>;
}

/**
 * Remembers for five seconds what every request needs and people change by hand. A change takes effect in other processes
 * when that time is over.
 */
export function memory(): Memory {
  const remembered = new Map<string, { value: Promise<unknown>; until: number }>();
  return {
    async recall<T>(key: string, read: () => Promise<T>): Promise<T> {
      const now = performance.now();
      const known = remembered.get(key);
      if (known !== undefined && known.until > now) return (await known.value) as T;
      if (remembered.size >= MAX_ENTRIES) remembered.clear();
      const value = read();
      remembered.set(key, { value, until: now + LIFE_MS });
      value.catch(() => remembered.delete(key));
      return value;
    },
    async forgetAfter(write) {
      try {
        return await write;
      } finally {
        remembered.clear();
      }
    },
  };
}
