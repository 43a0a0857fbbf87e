import type { ConnectOrder, Tracking, OrderStatus } from './connect-order.js';

/** Order steps for which cXML has a document: ConfirmationRequest (accept, reject) and ShipNoticeRequest. */
export const NOTICED_STATUSES = ['in_process', 'shipped', 'canceled'] as const;
export type NoticedStatus = (typeof NOTICED_STATUSES)[number];

export interface NoticeKey {
  tenantId: string;
  transactionId: string;
  supplierShop: number;
  status: NoticedStatus;
}

/** Notice to a buyer's system about its purchase order, with the state of the order at that step. */
export interface OrderNotice extends NoticeKey {
  connectionId: string;
  /** The buyer's number of the order. */
  orderId: string;
  /** As written in the order. */
  orderDate?: string;
  /** The document of the order. */
  orderPayloadId: string;
  transmissionId?: string;
  supplierOrderId: string;
  tracking?: Tracking;
  noticedAt: Date;
}

export interface NoticeState extends OrderNotice {
  sentAt?: Date;
  /** Rejected permanently, or undelivered for three days. */
  givenUpAt?: Date;
  lastError?: string;
}

export function isNoticed(status: OrderStatus | undefined): status is NoticedStatus {
  return NOTICED_STATUSES.some((known) => known === status);
}

/** The shop's name for the notice; the same in every repeat, so that a receiver recognises repeats. */
export function noticePayloadId(
  { transactionId, supplierShop, status, noticedAt }: NoticeKey & { noticedAt: Date },
  host: string,
): string {
  return `${noticedAt.getTime()}.${transactionId}-${supplierShop}-${status}@${host}`;
}

/** For an order that takes the step, of a purchase order of this connection. */
export function newNotice(
  order: ConnectOrder,
  status: NoticedStatus,
  purchase: Pick<OrderNotice, 'connectionId' | 'orderId' | 'orderDate' | 'orderPayloadId'>,
): Omit<OrderNotice, 'noticedAt'> {
  const { tenantId, transactionId, supplierShop, supplierOrderId, transmissionId, tracking } = order;
  return {
    tenantId,
    transactionId,
    supplierShop,
    status,
    supplierOrderId,
    ...purchase,
    transmissionId,
    tracking,
  };
}
