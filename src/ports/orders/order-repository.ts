import type {
  ConnectOrder,
  Tracking,
  OpenDocument,
  OrderEventName,
  OrderStatus,
  PaymentStatus,
} from '../../domain/orders/connect-order.js';
import type { OrderNotice, NoticeKey, NoticeState } from '../../domain/orders/order-notice.js';
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

interface RecordedOrder {
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

/** Notices of purchase orders on their way to the buyer's system. They are written by the statement that changes the order (order-repository.ts). */
export interface OrderNotices {
  find(key: NoticeKey): Promise<NoticeState | undefined>;
  /** Of one purchase order, the oldest first. */
  ofOrder(tenantId: string, connectionId: string, orderId: string): Promise<NoticeState[]>;
  sent(key: NoticeKey): Promise<void>;
  /** `givenUp`: it is not tried again by itself. */
  failed(key: NoticeKey, reason: string, givenUp: boolean): Promise<void>;
  /** Those of an order that were given up are sent once more. Returns how many. */
  resend(tenantId: string, connectionId: string, orderId: string): Promise<number>;
}

/** Writes an event before its commit, for the transaction to fill in the revision. */
export type OrderEventWriter = (name: OrderEventName, order: ConnectOrder) => OpenDocument;
