import type { ConnectOrder, Tracking, OrderStatus } from './connect-order.js';

/** The steps of an order that cXML has a document for: ConfirmationRequest (accept, reject) and ShipNoticeRequest. */
export const NOTICED_STATUSES = ['in_process', 'shipped', 'canceled'] as const;
export type NoticedStatus = (typeof NOTICED_STATUSES)[number];

export interface NoticeKey {
  tenantId: string;
  transactionId: string;
  supplierShop: number;
  status: NoticedStatus;
}

/** What a buyer's system is told of its purchase order, as it was when the order took the step. */
export interface OrderNotice extends NoticeKey {
  connectionId: string;
  /** The buyer's number of the order. */
  orderId: string;
  /** As the order said it. */
  orderDate?: string;
  /** The document that it came in. */
  orderPayloadId: string;
  transmissionId?: string;
  supplierOrderId: string;
  tracking?: Tracking;
  noticedAt: Date;
}

export interface NoticeState extends OrderNotice {
  sentAt?: Date;
  /** Refused for good, or not taken for three days. */
  givenUpAt?: Date;
  lastError?: string;
}

export function isNoticed(status: OrderStatus | undefined): status is NoticedStatus {
  return NOTICED_STATUSES.some((known) => known === status);
}

/** The shop's name for the notice; the same whenever it is sent again, so that a receiver knows a repeat. */
export function noticePayloadId(
  { transactionId, supplierShop, status, noticedAt }: NoticeKey & { noticedAt: Date },
  host: string,
): string {
  return `${noticedAt.getTime()}.${transactionId}-${supplierShop}-${status}@${host}`;
}

/** Of the order that takes the step, for a purchase order of this connection. */
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
    ...(transmissionId === undefined ? {} : { transmissionId }),
    ...(tracking === undefined ? {} : { tracking }),
  };
}
