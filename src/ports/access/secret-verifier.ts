/** Checks secrets that other people chose (SharedSecret, OCI password) against their slow hashes. */
export interface SecretVerifier {
  /** True if the secret fits one of the hashes. Takes the same work when `hashes` is empty. */
  verify(secret: string, hashes: readonly string[]): Promise<boolean>;
}
