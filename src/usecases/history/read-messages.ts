import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { transmissionKeyOf } from '../../domain/transmission/transmission.js';
import type {
  FoundMessages,
  LoggedMessage,
  MessageFilter,
  MessagePlace,
  StoredMessages,
} from '../../ports/transmission/message-log.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

interface Deps {
  messages: StoredMessages & {
    /** Resolves when all messages of this process are written. */
    flush?(): Promise<void>;
  };
  transmissions: Pick<TransmissionRepository, 'find' | 'findPayload'>;
}

export interface ReadMessage extends Omit<LoggedMessage, 'messageId'> {
  messageId?: string;
  /** Of the cart: what its form holds, and what the pre-flight found. */
  cart?: Pick<TransferPayload, 'kind' | 'fields' | 'findings'>;
}

export interface MessagePage {
  messages: ReadMessage[];
  /** Id of the last message of this page, to continue after. Absent on the last page. */
  next?: string;
}

export interface MessageReads {
  /** All documents of a session, oldest first. The last page ends with the cart as stored for its buyer. */
  ofSession(tenantId: string, sessionId: string, place: MessagePlace): Promise<Outcome<MessagePage>>;
  /** Messages that fit, newest first unless told otherwise. `owner`: a tenant, or INSTALLATION. */
  list(
    owner: string,
    filter: MessageFilter,
    place: MessagePlace & { order?: 'newest' | 'oldest' },
  ): Promise<MessagePage>;
}

export function messageReads({ messages, transmissions }: Deps): MessageReads {
  return {
    async ofSession(tenantId, sessionId, place) {
      const transmission =
        transmissionKeyOf(sessionId) === undefined
          ? undefined
          : await transmissions.find({ tenantId, transmissionId: sessionId });
      if (transmission === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      await messages.flush?.();
      const page = pageOf(await messages.ofTransmission(tenantId, sessionId, place));
      const stored = page.next === undefined ? await transmissions.findPayload(transmission) : undefined;
      if (stored === undefined) return accept(page);
      const { payload, storedAt } = stored;
      const { findings, notCarried: _, sourceDigest: __, ...shown } = payload;
      const warning =
        findings === undefined
          ? undefined
          : findings
              .map(({ line, field, message }) => `${line === undefined ? '' : `line ${line}, `}${field}: ${message}`)
              .join('; ');
      const cart = {
        transmissionId: sessionId,
        connectionId: transmission.connectionId,
        direction: 'out' as const,
        kind: 'Cart',
        contentType: 'application/json',
        content: JSON.stringify(shown),
        payloadId: payload.payloadId,
        warning,
        cart: { kind: payload.kind, fields: payload.fields, findings },
        at: storedAt,
      };
      return accept({ messages: [...page.messages, cart] });
    },
    async list(owner, filter, place) {
      await messages.flush?.();
      return pageOf(await messages.list(owner, filter, place));
    },
  };
}

function pageOf({ messages, more }: FoundMessages): MessagePage {
  const last = messages.at(-1);
  return more && last !== undefined ? { messages, next: last.messageId } : { messages };
}
