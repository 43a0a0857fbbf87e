import type { Connection } from '../../domain/access/connection.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectionCandidate } from '../../ports/access/connection-repository.js';
import type { Guess, GuessLimits } from '../../ports/access/guess-limits.js';
import type { SecretVerifier } from '../../ports/access/secret-verifier.js';

/** The connection that this secret was found to fit lately. */
export function recall(
  secrets: SecretVerifier,
  candidates: ConnectionCandidate[],
  secret: string,
): Connection | undefined {
  return candidates.find(({ secretHashes }) => secrets.recalls(secret, secretHashes))?.connection;
}

/** All candidates in one check, so that an unknown name takes as long as a wrong secret. */
export async function provenBySecret(
  secrets: SecretVerifier,
  candidates: ConnectionCandidate[],
  secret: string,
  guess: Pick<Guess, 'name' | 'address'>,
): Promise<Connection | undefined> {
  const hashes = candidates.flatMap(({ secretHashes }) => secretHashes);
  return (await secrets.verify(secret, hashes, guess)) ? recall(secrets, candidates, secret) : undefined;
}

/** Refuses RATE_LIMITED after too many failures from the same address. */
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
    // Nobody knows whether it would have fitted.
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
