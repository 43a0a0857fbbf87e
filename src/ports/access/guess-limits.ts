/** One attempt at a secret: the name and the client address. Without an address there is no limit. */
export interface Guess {
  /** Of any length. */
  name: string;
  address?: string | undefined;
  /** The secret that is tried. Of parallel attempts with the same secret none is refused if it is right. */
  secret: string;
}

/** Seconds until an attempt is allowed, or the function to call when the attempt ends. */
export type BegunGuess = { waitSeconds: number } | { end: (succeeded: boolean) => void };

/**
 * Limits wrong secrets per minute, by address and by pair of address and name. Never by name alone, because strangers
 * could lock out its owner.
 */
export interface GuessLimits {
  begin(guess: Guess): Promise<BegunGuess>;
}

/** Counts requests per minute. */
export interface RateLimits {
  /**
   * Counts one request of `key`. Undefined while it stays within `perMinute`, otherwise the seconds until the next
   * request is allowed. Never fails and never waits long: if the shared counter does not answer, this process counts
   * alone.
   */
  take(key: string, perMinute: number): Promise<number | undefined>;
  close(): void;
}

/** Checks secrets that other people chose (SharedSecret, OCI password) against their slow hashes. */
export interface SecretVerifier {
  /** True if the secret recently matched one of the hashes. Costs next to nothing. */
  recalls(secret: string, hashes: readonly string[]): boolean;
  /**
   * True if the secret matches one of the hashes; the match is remembered. A wrong secret costs the same work for two
   * hashes, one or none. `guess` gives the queue in which the work waits.
   */
  verify(secret: string, hashes: readonly string[], guess?: Pick<Guess, 'name' | 'address'>): Promise<boolean>;
}
