import type { ConnectOrder, Tracking } from '../../domain/orders/connect-order.js';
import type { OpenDocument, OrderEventName } from '../../domain/orders/order-event.js';
import type { OrderNotice } from '../../domain/orders/order-notice.js';
import type { OrderStatus, PaymentStatus } from '../../domain/orders/order-status.js';
import type { TransmissionKey } from '../../domain/transmission/transmission.js';

/** Orders and the events that tell of them. What changes an order adds its events to both parties' streams in the same transaction (P3). */
export interface OrderRepository {
  /** All parts of the order that was recorded under this key. */
  findByKey(tenantId: string, orderKey: string): Promise<ConnectOrder[]>;
  /** Orders that this shop is a party of, by the supplier's number. Two at most: more than one is ambiguous. */
  findByNumber(tenantId: string, shopId: number, supplierOrderId: string): Promise<ConnectOrder[]>;
  /** The next transaction id of a tenant. One that is not used afterwards leaves a gap, which nobody minds. */
  nextTransactionId(tenantId: string): Promise<string>;
  /**
   * All parts, their events and the transmission's step, or nothing: `known`, somebody else recorded this key;
   * `number_taken`, the supplier has an order of that number.
   */
  create(order: RecordedOrder): Promise<'created' | 'known' | 'number_taken'>;
  /** Changes an order and adds the events and the notice for the buyer's system, only while it is as it was read. False: it is not. */
  change(
    order: ConnectOrder,
    change: OrderChange,
    events: PartyEvent[],
    notice?: Omit<OrderNotice, 'noticedAt'>,
  ): Promise<boolean>;
}

export interface RecordedOrder {
  parts: ConnectOrder[];
  events: PartyEvent[];
  transmission?: TransmissionKey;
}

export interface OrderChange {
  status?: OrderStatus;
  paymentStatus?: PaymentStatus;
  tracking?: Tracking;
}

/** An event on its way into one party's stream. */
export interface PartyEvent {
  shopId: number;
  name: OrderEventName;
  transactionId: string;
  supplierShop: number;
  document: OpenDocument;
}
