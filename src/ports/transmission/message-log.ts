import type { ErrorCode } from '../../domain/error-codes.js';

/** A document that came in or went out. `content` has no secrets any more (protocols/redact.ts). */
export interface NewMessage {
  tenantId: string;
  /** Absent: a call-up that was refused. */
  transmissionId?: string;
  connectionId?: string;
  direction: 'in' | 'out';
  /** What it is: `PunchOutSetupRequest`, `OCI call-up`, `Response`, ... */
  kind: string;
  contentType: string;
  content: string;
  /** Of the document, where its protocol has one; with `digest` (SHA-256 of its bytes) it shows a number that was used twice. */
  payloadId?: string;
  digest?: string;
  code?: ErrorCode;
  /** The sentence that an engineer acts on. */
  reason?: string;
  at: Date;
}

export interface LoggedMessage extends Omit<NewMessage, 'tenantId' | 'digest'> {
  messageId: string;
  /** What is odd about it though it was taken. */
  warning?: string;
}

/** `after`: the message id of the last one seen. */
export interface MessagePlace {
  limit: number;
  after?: string;
}

/** Up to the limit of its place and 4 MiB of content, or one message that is larger. */
export interface FoundMessages {
  messages: LoggedMessage[];
  /** There are others after the last one. */
  more: boolean;
}

/**
 * What an integration engineer reads first. `note` returns at once and writes within a second, many at a time: no call-up waits for it,
 * and what a process that dies had not written yet is lost. Carts are not: their payload is stored with the transfer itself.
 */
export interface MessageLog {
  note(message: NewMessage): void;
  /** Oldest first. */
  ofTransmission(tenantId: string, transmissionId: string, place: MessagePlace): Promise<FoundMessages>;
  /** Call-ups that were refused and what they were told, newest first. */
  refused(tenantId: string, place: MessagePlace): Promise<FoundMessages>;
  /** Deletes up to `limit` that are older than their tenant keeps them. Returns how many. */
  deleteOld(limit: number): Promise<number>;
  /** Resolves when everything that was noted is written. */
  flush(): Promise<void>;
}
