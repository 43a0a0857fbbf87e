export const ORDER_EVENTS = ['order_created', 'order_status_updated', 'order_payment_status_updated'] as const;
export type OrderEventName = (typeof ORDER_EVENTS)[number];

export function isOrderEvent(name: string): name is OrderEventName {
  return ORDER_EVENTS.some((known) => known === name);
}

/** An event of one party's stream. Its document never changes. */
export interface OrderEvent {
  /** 1, 2, 3, … without a gap in each stream; decimal text, since it has no bound. */
  revision: string;
  name: OrderEventName;
  /** XML */
  document: string;
}

/** A document whose revision is not known yet: it stands between the two halves. */
export interface OpenDocument {
  head: string;
  tail: string;
}
