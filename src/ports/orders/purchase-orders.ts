import type { KeptOrder } from '../../domain/orders/purchase-order.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';

/** Purchase orders as they came in, and the carts that they may have come from. */
export interface PurchaseOrders {
  /** The document with this payload id and all of this order, the oldest first. */
  find(tenantId: string, connectionId: string, payloadId: string, orderId: string): Promise<KeptOrder[]>;
  /** Of one punchout, the oldest first. */
  ofTransmission(tenantId: string, transmissionId: string): Promise<KeptOrder[]>;
  /** The newest first. */
  list(tenantId: string, limit: number): Promise<KeptOrder[]>;
  /**
   * Keeps a document, and moves the transmission of a new order from `transferred` to `order_created` in the same statement; with the job that
   * records it for the parties, and, where `place` says so, the one that places it in the shop. False: this payload id, or this version of the order, is there already, and nothing was kept.
   */
  keep(order: Omit<KeptOrder, 'receivedAt'>, source: { document: Uint8Array; contentType: string; place: boolean }): Promise<boolean>;
  /** What the shop said to it. */
  placed(order: Pick<KeptOrder, 'tenantId' | 'connectionId' | 'payloadId'>, answer: { number: string } | { refusal: string }): Promise<void>;
  /** Carts that a connection was sent, the newest first; of one transmission where it is named. */
  sentCarts(tenantId: string, connectionId: string, wish: { transmissionIds?: string[]; limit: number }): Promise<SentCart[]>;
}

export interface SentCart {
  transmissionId: string;
  /** Its order is there already. */
  ordered: boolean;
  payload: TransferPayload;
}
