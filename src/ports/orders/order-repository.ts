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
import type { KeptOrder, OrderVerdict } from '../../domain/orders/purchase-order.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';

/**
 * Orders and their events. A change of an order adds its events to both parties' streams in the same transaction (P3).
 */
export interface OrderRepository {
  /** All parts of the order that was recorded under this key. */
  findByKey(tenantId: string, orderKey: string): Promise<ConnectOrder[]>;
  /** Orders in which this shop is a party, by the supplier's number. At most two: more than one is ambiguous. */
  findByNumber(tenantId: string, shopId: number, supplierOrderId: string): Promise<ConnectOrder[]>;
  /** The next transaction id of a tenant. Gaps are allowed. */
  nextTransactionId(tenantId: string): Promise<string>;
  /** Events of an order, oldest first; one for each party. */
  eventsOf(tenantId: string, transactionId: string): Promise<KeptEvent[]>;
  /**
   * Stores all parts, their events and the transmission's step, or nothing. `known`: another process recorded this key.
   * `number_taken`: the supplier already has an order with that number.
   */
  create(order: RecordedOrder): Promise<'created' | 'known' | 'number_taken'>;
  /**
   * Changes an order and adds the events and the notice for the buyer's system, if the order has not changed since it
   * was read. False: it has changed.
   */
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

/** An event in a party's stream. */
export interface KeptEvent {
  shopId: number;
  revision: string;
  name: OrderEventName;
  at: Date;
}

/** An event for one party's stream. */
export interface PartyEvent {
  shopId: number;
  name: OrderEventName;
  transactionId: string;
  supplierShop: number;
  document: OpenDocument;
}

/**
 * Notices about purchase orders for the buyer's system. They are written by the statement that changes the order
 * (order-repository.ts).
 */
export interface OrderNotices {
  find(key: NoticeKey): Promise<NoticeState | undefined>;
  /** Notices of one purchase order, oldest first. */
  ofOrder(tenantId: string, connectionId: string, orderId: string): Promise<NoticeState[]>;
  /** Notices of a tenant that were not sent: the newest, at most `limit`. */
  unsent(tenantId: string, limit: number): Promise<NoticeState[]>;
  sent(key: NoticeKey): Promise<void>;
  /** `givenUp`: there is no further automatic attempt. */
  failed(key: NoticeKey, reason: string, givenUp: boolean): Promise<void>;
  /** Sends the failed notices of an order once more. Returns how many. */
  resend(tenantId: string, connectionId: string, orderId: string): Promise<number>;
}

/** Writes an event before its commit. The transaction fills in the revision. */
export type OrderEventWriter = (name: OrderEventName, order: ConnectOrder) => OpenDocument;

/** Received purchase orders, and the carts that they may belong to. */
export interface PurchaseOrders {
  /** All documents of this order, oldest first. */
  find(tenantId: string, connectionId: string, orderId: string): Promise<KeptOrder[]>;
  /** All documents with this payloadID, of any order, oldest first. */
  findByPayloadId(tenantId: string, connectionId: string, payloadId: string): Promise<KeptOrder[]>;
  /** Documents of one punchout, oldest first. */
  ofTransmission(tenantId: string, transmissionId: string): Promise<KeptOrder[]>;
  /** Newest first. `next`: where the next page begins. */
  list(tenantId: string, wish: OrderListWish): Promise<{ orders: KeptOrder[]; next?: string }>;
  /**
   * Stores a document and, for a new order, moves its transmission from `transferred` to `order_created` in the same
   * statement. Adds the job that records it for the parties and, if `place` is set, the job that places it in the shop.
   * False: this version of the order exists already, and nothing was stored.
   */
  keep(
    order: Omit<KeptOrder, 'receivedAt'>,
    source: { document: Uint8Array; contentType: string; place: boolean },
  ): Promise<boolean>;
  /**
   * Adds the job that places this version in the shop. False: the shop has some version of the order, or such a job
   * waits already.
   */
  placeAgain(order: Pick<KeptOrder, 'tenantId' | 'connectionId' | 'order' | 'version'>): Promise<boolean>;
  /** Stores the shop's answer to the order. */
  placed(
    order: Pick<KeptOrder, 'tenantId' | 'connectionId' | 'order' | 'version'>,
    answer: { number: string } | { refusal: string },
  ): Promise<void>;
  /** Carts that were sent for a connection, newest first. */
  sentCarts(tenantId: string, connectionId: string, wish: SentCartWish): Promise<SentCart[]>;
}

export interface OrderListWish {
  limit: number;
  verdict?: OrderVerdict | undefined;
  /** Only documents with this order number; at most `limit`, without a next page. */
  orderId?: string | undefined;
  /** `next` of the page before. Must match `ORDER_MARK`. */
  after?: string | undefined;
}

/** Position of a document: microseconds since 1970, digest, connection. */
export const ORDER_MARK = /^\d{1,16}~[0-9a-f]{64}~[a-z0-9-]{1,60}$/;

interface SentCartWish {
  /** Maximum number of carts. */
  limit: number;
  /** Only these transmissions. */
  transmissionIds?: readonly string[];
  /** Only carts whose document has one of these payloadIDs. */
  payloadIds?: readonly string[];
  /** Only carts without an order. */
  unordered?: boolean;
  /** Only carts older than this one. */
  before?: SentCart;
}

export interface SentCart {
  transmissionId: string;
  createdAt: string;
  /** When the cart was sent. */
  sentAt: Date;
  /** The time of this reading. */
  readAt: Date;
  payload: TransferPayload;
}
