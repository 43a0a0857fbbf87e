/** Answers stored by Idempotency-Key for 24 hours, per tenant (P10). */
export interface IdempotencyKeys {
  /** Reserves the key for work, or returns its state. Pass `lease` back with the answer. */
  take(tenantId: string, key: string, requestDigest: string): Promise<KeyState>;
  answer(tenantId: string, key: string, lease: string, answer: StoredAnswer): Promise<void>;
  /** The work has no answer to keep: the key is free again. */
  release(tenantId: string, key: string, lease: string): Promise<void>;
  /** Deletes up to `limit` keys that are older than 24 hours. Returns how many. */
  deleteExpired(limit: number): Promise<number>;
}

/** `unreadable`: there is an answer, but the secret that encrypted it is gone. */
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
