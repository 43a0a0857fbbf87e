import type { ErrorCode } from '../../domain/error-codes.js';
import type { Protocol } from '../../domain/transmission/protocol.js';

export const LIVE_EVENT_TYPES = ['call_up', 'login', 'transfer', 'end', 'order', 'refusal', 'delivery'] as const;
export type LiveEventType = (typeof LIVE_EVENT_TYPES)[number];

/** Something that happened in a tenant, without documents. */
export interface LiveEvent {
  /** The place after this event: reading on from here gives what follows it. */
  place: string;
  type: LiveEventType;
  at: Date;
  transmissionId?: string | undefined;
  connectionId?: string | undefined;
  protocol?: Protocol | undefined;
  /** Of a refusal. */
  code?: ErrorCode | undefined;
  /** Of a refusal: the sentence for the engineer. Of a delivery: why it failed, absent where it arrived. */
  reason?: string | undefined;
  /** Of a refusal or delivery: the kind of the document. Of an end: `logout`, `cancel` or `time`. */
  kind?: string | undefined;
  /** Of a refused request, as error pages show it. */
  reference?: string | undefined;
  /** Of the refused client; a viewer must not see it. */
  address?: string | undefined;
  /** Of a transfer: the sum of the cart as decimal text. */
  totalAmount?: string | undefined;
  currency?: string | undefined;
}

export interface EventPage {
  events: LiveEvent[];
  /** After the last one; also moves on where there is none. */
  place: string;
  /** There may be more already. */
  more: boolean;
}

export interface EventWish {
  limit: number;
  /** Only refusals. */
  refusedOnly: boolean;
}

/** What happened, in the order in which it became visible. */
export interface EventReads {
  /** The newest ones of the last 24 hours, oldest first, and the place after them. */
  latest(tenantId: string, wish: EventWish): Promise<EventPage>;
  /**
   * What has become visible since a place: every event once, also one that began earlier and was committed later.
   * Undefined: the place is not ours, or more than an hour old.
   */
  after(tenantId: string, place: string, wish: EventWish): Promise<EventPage | undefined>;
}

/** Tells that there may be new events, of any tenant and from any process of the installation. */
export interface EventSignal {
  /** The returned function takes the listener off. A signal may be lost, so a listener also looks from time to time. */
  listen(listener: () => void): () => void;
}
