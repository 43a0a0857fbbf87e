import { createHash } from 'node:crypto';
import type { GuessLimits } from '../../ports/access/guess-limits.js';

/** Wrong secrets in a minute, together with those that are being checked: for one name from one address. */
const OF_PAIR = 10;
/** Wrong secrets in a minute from one address, for whatever names. Tries that the pair's limit refused do not count. */
const OF_ADDRESS = 60;
const WINDOW_MS = 60_000;
/** So many addresses and pairs are told apart, at about 200 bytes each; beyond that the oldest are forgotten. */
const MOST_KEYS = 20_000;

interface Count {
  until: number;
  failures: number;
  pending: number;
}

/** Counts in this process. `now` in milliseconds. */
export function guessLimits(now: () => number = () => performance.now()): GuessLimits {
  const counts = new Map<string, Count>();

  function makeRoom(): void {
    if (counts.size < MOST_KEYS) return;
    for (const key of counts.keys()) {
      if (counts.size <= MOST_KEYS * 0.9) return;
      counts.delete(key);
    }
  }

  function countOf(key: string): Count {
    const known = counts.get(key);
    if (known === undefined) makeRoom();
    if (known !== undefined && (known.until > now() || known.pending > 0)) return known;
    counts.delete(key);
    const fresh = { until: now() + WINDOW_MS, failures: 0, pending: 0 };
    counts.set(key, fresh);
    return fresh;
  }

  return {
    begin({ name, address }) {
      if (address === undefined) return { end: () => undefined };
      const pair = countOf(createHash('sha256').update(`${address}\0${name}`).digest('base64'));
      const all = countOf(address);
      if (pair.failures + pair.pending >= OF_PAIR || all.failures >= OF_ADDRESS) {
        const until = pair.failures + pair.pending >= OF_PAIR ? pair.until : all.until;
        return { waitSeconds: Math.min(60, Math.max(1, Math.ceil((until - now()) / 1000))) };
      }
      pair.pending += 1;
      return {
        end(succeeded) {
          pair.pending -= 1;
          if (succeeded) return;
          pair.failures += 1;
          all.failures += 1;
        },
      };
    },
  };
}
