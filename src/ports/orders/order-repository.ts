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
import type { KeptOrder } from '../../domain/orders/purchase-order.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';

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

/** Purchase orders as they came in, and the carts that they may have come from. */
export interface PurchaseOrders {
  /** All documents of this order, the oldest first. */
  find(tenantId: string, connectionId: string, orderId: string): Promise<KeptOrder[]>;
  /** All documents with this payloadID, of whatever order, the oldest first. */
  findByPayloadId(tenantId: string, connectionId: string, payloadId: string): Promise<KeptOrder[]>;
  /** Of one punchout, the oldest first. */
  ofTransmission(tenantId: string, transmissionId: string): Promise<KeptOrder[]>;
  /** The newest first. */
  list(tenantId: string, limit: number): Promise<KeptOrder[]>;
  /**
   * Keeps a document, and moves the transmission of a new order from `transferred` to `order_created` in the same
   * statement; with the job that records it for the parties, and, where `place` says so, the one that places it in the
   * shop. False: this version of the order is there already, and nothing was kept.
   */
  keep(
    order: Omit<KeptOrder, 'receivedAt'>,
    source: { document: Uint8Array; contentType: string; place: boolean },
  ): Promise<boolean>;
  /** What the shop said to it. */
  placed(
    order: Pick<KeptOrder, 'tenantId' | 'connectionId' | 'order' | 'version'>,
    answer: { number: string } | { refusal: string },
  ): Promise<void>;
  /** Carts that a connection was sent, the newest first. */
  sentCarts(tenantId: string, connectionId: string, wish: SentCartWish): Promise<SentCart[]>;
}

interface SentCartWish {
  /** How many carts are looked at. */
  limit: number;
  /** Only of these transmissions. */
  transmissionIds?: readonly string[];
  /** Only those whose document has one of these payloadIDs. */
  payloadIds?: readonly string[];
  /** Only those without an order. */
  unordered?: boolean;
  /** Only those that are older than this one. */
  before?: SentCart;
}

export interface SentCart {
  transmissionId: string;
  createdAt: string;
  payload: TransferPayload;
}
