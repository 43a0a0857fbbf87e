import { withoutCode } from '../domain/cart/charge-line.js';
import type { Job } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import type { PurchaseOrders } from '../ports/orders/purchase-orders.js';
import type { Store } from '../ports/store/store.js';

interface Deps {
  purchaseOrders: Pick<PurchaseOrders, 'find' | 'placed'>;
  store: Pick<Store, 'placeOrder'>;
  log: Logger;
}

/** Places a purchase order in the shop. Throws to be tried again while the shop does not answer; its refusal is final and an alarm. */
export function placeOrder({ purchaseOrders, store, log }: Deps): (job: Job) => Promise<void> {
  return async ({ tenantId, input }) => {
    const { connectionId, payloadId } = input as { connectionId: string; payloadId: string };
    const kept = (await purchaseOrders.find(tenantId, connectionId, payloadId, '')).find((one) => one.payloadId === payloadId);
    if (kept?.transmissionId === undefined || kept.storeNumber !== undefined || store.placeOrder === undefined) return;
    const { order, transmissionId } = kept;
    const placed = await store.placeOrder({ tenantId, orderKey: `${connectionId}/${order.orderId}`, transmissionId, order: { ...order, lines: order.lines.map(withoutCode) } });
    await purchaseOrders.placed(kept, placed.ok ? { number: placed.number } : { refusal: placed.reason });
    if (!placed.ok) log.error({ tenant: tenantId, connection: connectionId, order: order.orderId, reason: placed.reason }, 'ALARM: the shop will not have a purchase order; `punchout orders show` says more');
  };
}
