import type { KeptOrder, PurchaseLine, SentLines } from '../domain/orders/purchase-order.js';
import type { TransferPayload } from '../domain/transmission/transfer-payload.js';
import type { Job } from '../ports/job-queue.js';
import type { PurchaseOrders } from '../ports/orders/order-repository.js';
import { withoutCode } from '../domain/cart/carried-codes.js';
import { orderKeyOf } from '../domain/orders/connect-order.js';
import type { Logger } from '../ports/logger.js';
import type { Store } from '../ports/store/store.js';

interface Deps {
  purchaseOrders: Pick<PurchaseOrders, 'find' | 'sentCarts'>;
  /** The lines of a sent cart; undefined if they cannot be compared. */
  readSent: (payload: TransferPayload) => SentLines | undefined;
  /** Does nothing for an order that is already recorded. */
  record: (kept: KeptOrder, sent: readonly PurchaseLine[]) => Promise<void>;
}

/** Records a stored purchase order for the parties if the request itself could not. Throws to be retried. */
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

interface PlaceDeps {
  purchaseOrders: Pick<PurchaseOrders, 'find' | 'findByPayloadId' | 'placed'>;
  store: Pick<Store, 'placeOrder'>;
  log: Logger;
}

/**
 * Places a purchase order in the shop. Throws to be retried while the shop does not answer. A refusal is final and
 * raises an alarm.
 */
export function placeOrder({ purchaseOrders, store, log }: PlaceDeps): (job: Job) => Promise<void> {
  /** Jobs of older versions name the document by its payloadID. */
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
        'ALARM: the shop refuses a purchase order; see `punchout orders show`',
      );
  };
}
