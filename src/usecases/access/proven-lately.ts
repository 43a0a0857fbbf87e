import { digestOf } from '../../domain/digest.js';

const REMEMBERED_MS = 12 * 3_600_000;
/** At about 200 bytes each; beyond that the oldest tenth is forgotten. */
const MOST_REMEMBERED = 10_000;

/** What has proven itself in this process within twelve hours. It proves nothing; it only waits behind no guesses. */
export interface ProvenLately {
  has(...proof: string[]): boolean;
  add(...proof: string[]): void;
}

/** Keeps digests. `now` in milliseconds that only grow. */
export function provenLately(now: () => number = () => performance.now()): ProvenLately {
  /** In the order in which they are forgotten. */
  const known = new Map<string, number>();
  const markOf = (proof: string[]): string => digestOf(JSON.stringify(proof));
  return {
    has: (...proof) => (known.get(markOf(proof)) ?? 0) > now(),
    add(...proof) {
      const mark = markOf(proof);
      if (known.size >= MOST_REMEMBERED && !known.has(mark)) {
        for (const oldest of known.keys()) {
          if (known.size <= MOST_REMEMBERED * 0.9) break;
          known.delete(oldest);
        }
      }
      known.delete(mark);
      known.set(mark, now() + REMEMBERED_MS);
    },
  };
}
