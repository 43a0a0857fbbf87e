/** A secret that none of the installation's secrets opens. */
export interface UnreadableSecret {
  kind: 'connection' | 'middleware' | 'index' | 'shop';
  tenantId: string;
  /** Of the connection, or the number of the shop. */
  id: string;
}

/** Secrets that are stored sealed, since they are needed in clear text again. */
export interface SealedSecrets {
  /**
   * Seals all of them with the newest of the installation's secrets. Afterwards an older one opens none of them. Safe
   * to repeat and beside running servers.
   */
  sealAgain(): Promise<{ resealed: number; unreadable: UnreadableSecret[] }>;
}
