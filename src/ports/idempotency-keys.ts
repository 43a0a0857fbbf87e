/** Answers kept by Idempotency-Key for 24 hours, per tenant (P10). */
export interface IdempotencyKeys {
  /** Takes the key for work, or tells what became of it. `lease` must be handed back with the answer. */
  take(tenantId: string, key: string, requestDigest: string): Promise<KeyState>;
  answer(tenantId: string, key: string, lease: string, answer: StoredAnswer): Promise<void>;
  /** The work came to nothing that may be repeated: the key is free again. */
  release(tenantId: string, key: string, lease: string): Promise<void>;
  /** Deletes up to `limit` keys that are older than 24 hours. Returns how many. */
  deleteExpired(limit: number): Promise<number>;
}

/** `unreadable`: there is an answer, sealed with a secret that is gone. */
export type KeyState =
  | { state: 'taken'; lease: string }
  | { state: 'answered'; answer: StoredAnswer }
  | { state: 'in_work' }
  | { state: 'conflict' }
  | { state: 'unreadable' };

export interface StoredAnswer {
  status: number;
  /** JSON text. */
  body: string;
}
