import { withoutCode } from '../domain/cart/carried-codes.js';
import { orderKeyOf } from '../domain/orders/order-key.js';
import type { KeptOrder } from '../domain/orders/purchase-order.js';
import type { Job } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import type { PurchaseOrders } from '../ports/orders/purchase-orders.js';
import type { Store } from '../ports/store/store.js';

interface Deps {
  purchaseOrders: Pick<PurchaseOrders, 'find' | 'findByPayloadId' | 'placed'>;
  store: Pick<Store, 'placeOrder'>;
  log: Logger;
}

/** Places a purchase order in the shop. Throws to be tried again while the shop does not answer; its refusal is final and an alarm. */
export function placeOrder({ purchaseOrders, store, log }: Deps): (job: Job) => Promise<void> {
  /** A job of an older version names the document by its payloadID. */
  async function orderOf({ tenantId, input }: Job): Promise<KeptOrder | undefined> {
    const { connectionId, orderId, version, payloadId } = input as {
      connectionId: string;
      orderId?: string;
      version?: number;
      payloadId?: string;
    };
    if (orderId === undefined)
      return (await purchaseOrders.findByPayloadId(tenantId, connectionId, payloadId ?? ''))[0];
    return (await purchaseOrders.find(tenantId, connectionId, orderId)).find((one) => one.version === version);
  }

  return async (job) => {
    const kept = await orderOf(job);
    if (kept?.transmissionId === undefined || kept.storeNumber !== undefined || store.placeOrder === undefined) return;
    const { tenantId, connectionId, order, transmissionId } = kept;
    const lines = order.lines.map(withoutCode);
    const placed = await store.placeOrder({
      tenantId,
      orderKey: orderKeyOf(connectionId, order.orderId),
      transmissionId,
      order: { ...order, lines },
    });
    await purchaseOrders.placed(kept, placed.ok ? { number: placed.number } : { refusal: placed.reason });
    if (!placed.ok)
      log.error(
        { tenant: tenantId, connection: connectionId, order: order.orderId, reason: placed.reason },
        'ALARM: the shop will not have a purchase order; `punchout orders show` says more',
      );
  };
}
