import type { Connection } from '../../domain/access/connection.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type {
  ConnectionCandidate,
  ConnectionRepository,
  CredentialName,
} from '../../ports/access/connection-repository.js';
import type { Guess, GuessLimits, SecretVerifier } from '../../ports/access/guess-limits.js';
import { isPossibleName } from '../../domain/access/party-match.js';
import { digestOf } from '../../domain/digest.js';

/** The connection that this secret matched recently. */
export function recall(
  secrets: SecretVerifier,
  candidates: ConnectionCandidate[],
  secret: string,
): Connection | undefined {
  return candidates.find(({ secretHashes }) => secrets.recalls(secret, secretHashes))?.connection;
}

/** Checks all candidates at once, so that an unknown name takes as long as a wrong secret. */
export async function provenBySecret(
  secrets: SecretVerifier,
  candidates: ConnectionCandidate[],
  secret: string,
  guess: Pick<Guess, 'name' | 'address'>,
): Promise<Connection | undefined> {
  const hashes = candidates.flatMap(({ secretHashes }) => secretHashes);
  return (await secrets.verify(secret, hashes, guess)) ? recall(secrets, candidates, secret) : undefined;
}

/** Refuses with RATE_LIMITED after too many failures from the same address. */
export async function limited<T>(
  limits: GuessLimits,
  guesses: readonly Guess[],
  attempt: () => Promise<T | undefined>,
): Promise<Outcome<T | undefined>> {
  const ends: ((succeeded: boolean) => void)[] = [];
  const endAll = (succeeded: boolean): void => ends.forEach((end) => end(succeeded));
  for (const guess of guesses) {
    const begun = await limits.begin(guess);
    if ('end' in begun) {
      ends.push(begun.end);
      continue;
    }
    endAll(true);
    return tooManyGuesses(begun.waitSeconds);
  }
  let found: T | undefined;
  try {
    found = await attempt();
  } catch (error) {
    // It is unknown whether the secret would have matched.
    endAll(true);
    throw error;
  }
  endAll(found !== undefined);
  return accept(found);
}

function tooManyGuesses(seconds: number): Outcome<never> {
  const reason = `Too many wrong secrets came from this address; try again in ${seconds} s, with the right one.`;
  return refuse('RATE_LIMITED', reason, { retry_after_seconds: seconds });
}

/**
 * True if one of the caller's names is registered. It proves nothing; it only decides how many resources the caller may
 * use.
 */
export function knownName(
  connections: Pick<ConnectionRepository, 'findByCredential'>,
): (names: readonly CredentialName[]) => Promise<boolean> {
  return async (names) => {
    for (const name of names.filter(isPossibleName))
      if ((await connections.findByCredential(name)).some(({ connection }) => connection.disabledAt === undefined))
        return true;
    return false;
  };
}

const REMEMBERED_MS = 12 * 3_600_000;
/** About 200 bytes each. When the list is full, the oldest tenth is dropped. */
const MOST_REMEMBERED = 10_000;

/**
 * Callers with a success in this process within twelve hours. It proves nothing; such callers only skip the limits on
 * guesses.
 */
export interface ProvenLately {
  has(...proof: string[]): boolean;
  add(...proof: string[]): void;
}

/** Stores digests. `now`: milliseconds of a monotonic clock. */
export function provenLately(now: () => number = () => performance.now()): ProvenLately {
  /** Ordered oldest first, the order in which they are dropped. */
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
