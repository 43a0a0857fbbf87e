import type { KeptOrder, PurchaseLine, SentLines } from '../domain/orders/purchase-order.js';
import type { TransferPayload } from '../domain/transmission/transfer-payload.js';
import type { Job } from '../ports/job-queue.js';
import type { PurchaseOrders } from '../ports/orders/purchase-orders.js';

interface Deps {
  purchaseOrders: Pick<PurchaseOrders, 'find' | 'sentCarts'>;
  /** The lines of a cart as it was sent; undefined for one that cannot be compared. */
  readSent: (payload: TransferPayload) => SentLines | undefined;
  /** Does nothing for an order that is recorded already. */
  record: (kept: KeptOrder, sent: readonly PurchaseLine[]) => Promise<void>;
}

/** Records a purchase order for the parties where the request that kept it could not. Throws to be tried again. */
export function recordKeptOrder({
  purchaseOrders,
  readSent,
  record,
}: Deps): (job: Pick<Job, 'tenantId' | 'input'>) => Promise<void> {
  return async ({ tenantId, input }) => {
    const { connectionId, orderId, version } = input as { connectionId: string; orderId: string; version: number };
    const kept = (await purchaseOrders.find(tenantId, connectionId, orderId)).find((one) => one.version === version);
    if (kept?.transmissionId === undefined) return;
    const [cart] = await purchaseOrders.sentCarts(tenantId, connectionId, {
      transmissionIds: [kept.transmissionId],
      limit: 1,
    });
    await record(kept, (cart === undefined ? undefined : readSent(cart.payload))?.lines ?? []);
  };
}
