import type { Guess } from './guess-limits.js';

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
