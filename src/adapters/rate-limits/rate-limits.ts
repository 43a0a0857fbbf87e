import type { RateLimits } from '../../ports/access/rate-limits.js';
import { secondsOf } from './seconds-of.js';
import type { SharedCounter } from './shared-counter.js';

/** Of a limit over 1,000 the first sixteenth is counted in each process alone: most requests ask Redis nothing. */
const LARGE = 1_000;
const OWN_PART = 1 / 16;

/** Closing them closes the counter. */
export function rateLimits(counter: SharedCounter): RateLimits {
  return {
    async take(key, perMinute) {
      if (counter.isShared && perMinute > LARGE && counter.own.add(`own ${key}`).hits <= perMinute * OWN_PART)
        return undefined;
      const { hits, leftMs } = await counter.add(key);
      return hits <= perMinute ? undefined : secondsOf(leftMs);
    },
    close: () => counter.close(),
  };
}
