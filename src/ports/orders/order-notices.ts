import type { NoticeKey, NoticeState } from '../../domain/orders/order-notice.js';

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
