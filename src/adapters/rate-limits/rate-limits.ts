import { createHash } from 'node:crypto';
import type { RateLimits, BegunGuess, Guess, GuessLimits } from '../../ports/access/guess-limits.js';
import { type SharedCounter, localCounter, sharedCounter } from './shared-counter.js';

/** For limits over 1,000, each process counts the first sixteenth by itself, so most requests do not ask Redis. */
const LARGE = 1_000;
const OWN_PART = 1 / 16;

/** Closing the limits closes the counter. */
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

/** Wrong secrets per minute, including running checks, for one name from one address. */
const OF_PAIR = 10;
/** Wrong secrets per minute from one address, for all names. Attempts refused by the limit for a pair do not count. */
const OF_ADDRESS = 60;

/**
 * With a counter in Redis, all processes count together. A caller over the limit whose secret is already being checked
 * for another caller waits for the outcome: if it fits, none of them is refused. `now` in milliseconds. `ofPair`: wrong
 * secrets per minute for one name from one address.
 */
export function guessLimits(
  now?: () => number,
  counter: SharedCounter = sharedCounter(undefined, localCounter(now)),
  ofPair = OF_PAIR,
): GuessLimits {
  /** Running checks, and whether the secret fits. */
  const underWay = new Map<string, Promise<boolean>>();

  async function begin(address: string, pair: string): Promise<BegunGuess> {
    const ofAddress = `guesses ${address}`;
    const failures = await counter.read(ofAddress);
    if (failures.hits >= OF_ADDRESS) return { waitSeconds: secondsOf(failures.leftMs) };
    const tries = await counter.add(`guesses ${pair}`);
    if (tries.hits > ofPair) {
      tries.takeBack();
      return { waitSeconds: secondsOf(tries.leftMs) };
    }
    return {
      end(succeeded) {
        if (succeeded) tries.takeBack();
        else void counter.add(ofAddress);
      },
    };
  }

  /** Informs waiting callers of the outcome. */
  function watched(key: string, end: (succeeded: boolean) => void): (succeeded: boolean) => void {
    const outcome: { tell?: (succeeded: boolean) => void } = {};
    const told = new Promise<boolean>((resolve) => (outcome.tell = resolve));
    if (!underWay.has(key)) underWay.set(key, told);
    return (succeeded) => {
      if (underWay.get(key) === told) underWay.delete(key);
      outcome.tell?.(succeeded);
      end(succeeded);
    };
  }

  return {
    async begin({ name, address, secret }: Guess) {
      if (address === undefined) return { end: () => undefined };
      const pair = digest(address, name);
      const key = digest(pair, secret);
      const begun = await begin(address, pair);
      if ('end' in begun) return { end: watched(key, begun.end) };
      return (await underWay.get(key)) === true ? { end: () => undefined } : begun;
    },
  };
}

function digest(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

/** For Retry-After: whole seconds, at most one minute. */
function secondsOf(leftMs: number): number {
  return Math.min(60, Math.max(1, Math.ceil(leftMs / 1000)));
}
