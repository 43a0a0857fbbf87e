/** Who tries a secret: the name it is tried for, and the address it comes from. Without an address nothing is limited. */
export interface Guess {
  /** Of any length. */
  name: string;
  address?: string | undefined;
  /** What is tried. Of those that bring the same at the same time none is refused if it is right. */
  secret: string;
}

/** Seconds until a try may be made, or what must be called when it is over. */
export type BegunGuess = { waitSeconds: number } | { end: (succeeded: boolean) => void };

/** Limits how often a wrong secret may be tried in a minute, by the pair of address and name and by address. Never by the name alone: strangers could shut out its owner. */
export interface GuessLimits {
  begin(guess: Guess): Promise<BegunGuess>;
}

/** Counts requests by the minute. */
export interface RateLimits {
  /**
   * Counts one request of `key`; undefined while it stays within `perMinute`, else the seconds until it may come again.
   * Never fails and never waits long: where the shared counter does not answer, this process counts for itself.
   */
  take(key: string, perMinute: number): Promise<number | undefined>;
  close(): void;
}

/** Checks secrets that other people chose (SharedSecret, OCI password) against their slow hashes. */
export interface SecretVerifier {
  /** True if the secret was found to fit one of the hashes lately. Costs next to nothing. */
  recalls(secret: string, hashes: readonly string[]): boolean;
  /**
   * True if the secret fits one of the hashes; it is recalled from then on. A secret that fits none takes the same work for two hashes, one or none.
   * `guess` says in whose turn the work is done.
   */
  verify(secret: string, hashes: readonly string[], guess?: Pick<Guess, 'name' | 'address'>): Promise<boolean>;
}
