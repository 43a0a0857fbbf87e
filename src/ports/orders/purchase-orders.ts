import type { KeptOrder } from '../../domain/orders/purchase-order.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';

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

export interface SentCartWish {
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
