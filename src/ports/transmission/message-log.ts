import type { ErrorCode } from '../../domain/error-codes.js';

/**
 * Owner of the messages of callers that nobody knows, where the installation has several tenants. No tenant can have
 * this id, so no tenant reads them.
 */
export const INSTALLATION = '_installation';

/** A received or sent document. Secrets are already removed from `content` (protocols/redact.ts). */
export interface NewMessage {
  /** A tenant, or INSTALLATION. */
  tenantId: string;
  /** Absent for a refused call-up. */
  transmissionId?: string;
  connectionId?: string;
  direction: 'in' | 'out';
  /** Of a document: `PunchOutSetupRequest`, `OCI call-up`, `Response`, ... Of another refused request: `Login`, ... */
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
  /** Of the request: stands in its answer, its log line, and on the buyer's error page. */
  reference?: string;
  /** Of the request, if it belongs to a distributed trace: 32 hexadecimal digits. */
  traceId?: string;
  /** The client's address as we see it; only of refused requests. */
  address?: string;
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

/** Which messages of an owner are wanted. An absent field does not restrict. */
export interface MessageFilter {
  /** Only of requests that were refused. */
  refused?: boolean;
  /** Only of call-ups and other requests that belong to no session. */
  withoutSession?: boolean;
  code?: ErrorCode;
  connectionId?: string;
  reference?: string;
  /** From this time on. */
  from?: Date;
  /** Before this time. */
  before?: Date;
}

/** Up to the limit of its place and 4 MiB of content, or one message that is larger. */
export interface FoundMessages {
  messages: LoggedMessage[];
  /** There are more after the last one. */
  more: boolean;
}

/** The written messages. */
export interface StoredMessages {
  /** Oldest first. */
  ofTransmission(tenantId: string, transmissionId: string, place: MessagePlace): Promise<FoundMessages>;
  /** All that fit, newest first unless told otherwise. `owner`: a tenant, or INSTALLATION. */
  list(
    owner: string,
    filter: MessageFilter,
    place: MessagePlace & { order?: 'newest' | 'oldest' },
  ): Promise<FoundMessages>;
}

/**
 * Documents that an integration engineer reads first. `note` returns at once and writes in batches within a second, so
 * no call-up waits for it; a process that dies loses unwritten ones. Carts are not included: their payload is stored
 * with the transfer itself.
 */
export interface MessageLog extends StoredMessages {
  note(message: NewMessage): void;
  /** Deletes up to `limit` messages after their tenant's retention period. Returns how many. */
  deleteOld(limit: number): Promise<number>;
  /** Resolves when all noted messages are written. */
  flush(): Promise<void>;
  /** Writes once more. What cannot be written, and what comes later, is lost, and the process log says so. */
  close(): Promise<void>;
}
