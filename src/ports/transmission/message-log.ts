import type { ErrorCode } from '../../domain/error-codes.js';

/** A received or sent document. Secrets are already removed from `content` (protocols/redact.ts). */
export interface NewMessage {
  tenantId: string;
  /** Absent for a refused call-up. */
  transmissionId?: string;
  connectionId?: string;
  direction: 'in' | 'out';
  /** Kind of document: `PunchOutSetupRequest`, `OCI call-up`, `Response`, ... */
  kind: string;
  contentType: string;
  content: string;
  /**
   * Of the document, if its protocol has one. With `digest` (SHA-256 of its bytes) it shows a payloadID that was used
   * twice.
   */
  payloadId?: string;
  digest?: string;
  code?: ErrorCode;
  /** The sentence that an engineer acts on. */
  reason?: string;
  at: Date;
}

export interface LoggedMessage extends Omit<NewMessage, 'tenantId' | 'digest'> {
  messageId: string;
  /** A warning about an accepted document. */
  warning?: string;
}

/** `after`: id of the last message seen. */
export interface MessagePlace {
  limit: number;
  after?: string;
}

/** Up to the limit of its place and 4 MiB of content, or one message that is larger. */
export interface FoundMessages {
  messages: LoggedMessage[];
  /** There are more after the last one. */
  more: boolean;
}

/**
 * Documents that an integration engineer reads first. `note` returns at once and writes in batches within a second, so
 * no call-up waits for it; a process that dies loses unwritten ones. Carts are not included: their payload is stored
 * with the transfer itself.
 */
export interface MessageLog {
  note(message: NewMessage): void;
  /** Oldest first. */
  ofTransmission(tenantId: string, transmissionId: string, place: MessagePlace): Promise<FoundMessages>;
  /** Refused call-ups and their answers, newest first. */
  refused(tenantId: string, place: MessagePlace): Promise<FoundMessages>;
  /** Deletes up to `limit` messages after their tenant's retention period. Returns how many. */
  deleteOld(limit: number): Promise<number>;
  /** Resolves when all noted messages are written. */
  flush(): Promise<void>;
}
