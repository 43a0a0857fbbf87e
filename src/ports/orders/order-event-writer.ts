import type { ConnectOrder } from '../../domain/orders/connect-order.js';
import type { OpenDocument, OrderEventName } from '../../domain/orders/order-event.js';

/** Writes an event before its commit, for the transaction to fill in the revision. */
export type OrderEventWriter = (name: OrderEventName, order: ConnectOrder) => OpenDocument;
