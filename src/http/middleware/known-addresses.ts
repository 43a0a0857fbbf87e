const KNOWN_MS = 3_600_000;
/** At about 150 bytes each; beyond that the oldest tenth is forgotten. */
const MOST_KNOWN = 20_000;

/** Addresses from which somebody has proven who they are within an hour: a key, a secret, a session, a start link. */
export interface KnownAddresses {
  add(address: string): void;
  has(address: string): boolean;
}

/** Of this process. `now` in milliseconds that only grow. */
export function knownAddresses(now: () => number = () => performance.now()): KnownAddresses {
  /** In the order in which they are forgotten. */
  const known = new Map<string, number>();
  return {
    add(address) {
      if (known.size >= MOST_KNOWN && !known.has(address)) {
        for (const oldest of known.keys()) {
          if (known.size <= MOST_KNOWN * 0.9) break;
          known.delete(oldest);
        }
      }
      known.delete(address);
      known.set(address, now() + KNOWN_MS);
    },
    has: (address) => (known.get(address) ?? 0) > now(),
  };
}
