import type { IndexFormat } from '../domain/catalogue/catalogue-index.js';

/** Where a connection's index is pushed to after each run. One of a connection. */
export interface IndexPush {
  tenantId: string;
  connectionId: string;
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
  find(tenantId: string, connectionId: string): Promise<IndexPush | undefined>;
  /** With what is needed to push. Undefined: there is none. */
  findToSend(tenantId: string, connectionId: string): Promise<SentPush | undefined>;
  /**
   * Saves the address. `authorization` absent: that of the same address stays; null: none. Another address or format
   * gets the file again. Undefined: there is no such connection.
   */
  save(
    push: Pick<IndexPush, 'tenantId' | 'connectionId' | 'url' | 'format'>,
    authorization: string | null | undefined,
  ): Promise<IndexPush | undefined>;
  remove(tenantId: string, connectionId: string): Promise<boolean>;
  /** What became of an attempt. Changes nothing if the address was changed meanwhile. */
  note(push: SentPush, outcome: { runId: number; digest: string | undefined } | { error: string }): Promise<void>;
}

export interface SentPush extends IndexPush {
  /** Text of the header. */
  authorization?: string | undefined;
  /** Digest of the file that is there. */
  pushedDigest?: string | undefined;
}
