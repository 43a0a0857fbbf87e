import type { IndexFormat } from '../domain/catalogue/catalogue-index.js';
import type { IndexOwner } from './index-runs.js';

/** Where the index of an owner is pushed to after each run. One of each. */
export interface IndexPush extends IndexOwner {
  url: string;
  format: IndexFormat;
  /** It is sent with the header Authorization, which nobody can read again. */
  hasAuthorization: boolean;
  pushedRun?: number | undefined;
  pushedAt?: Date | undefined;
  /** Of the last attempt, if it failed. */
  failedAt?: Date | undefined;
  lastError?: string | undefined;
}

export interface IndexPushes {
  find(owner: IndexOwner): Promise<IndexPush | undefined>;
  /** Those of a connection: the usual customer's first, then by address id. At most MOST_PUSHES. */
  list(tenantId: string, connectionId: string): Promise<IndexPush[]>;
  /** With what is needed to push. Undefined: there is none. */
  findToSend(owner: IndexOwner): Promise<SentPush | undefined>;
  /**
   * Saves the address. `authorization` absent: that of the same address stays; null: none. Another address or format
   * gets the file again. Undefined: there is no such connection.
   */
  save(
    push: IndexOwner & Pick<IndexPush, 'url' | 'format'>,
    authorization: string | null | undefined,
  ): Promise<IndexPush | undefined>;
  remove(owner: IndexOwner): Promise<boolean>;
  /** What became of an attempt. Changes nothing if the address was changed meanwhile. */
  note(push: SentPush, outcome: { runId: number; digest: string | undefined } | { error: string }): Promise<void>;
}

export interface SentPush extends IndexPush {
  /** Text of the header. */
  authorization?: string | undefined;
  /** Digest of the file that is there. */
  pushedDigest?: string | undefined;
}

/** Of a connection. */
export const MOST_PUSHES = 500;
