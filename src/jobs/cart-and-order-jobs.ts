import type { CartRef } from '../domain/cart/cart.js';
import { PunchoutError } from '../domain/error-codes.js';
import type { Job } from '../ports/job-queue.js';
import type { Store } from '../ports/store/store.js';
import type { CustomerClone } from '../domain/access/customer-clone.js';
import type { Transmission, TransmissionKey } from '../domain/transmission/transmission.js';
import type { KeptOrder, PurchaseLine, SentLines } from '../domain/orders/purchase-order.js';
import type { TransferPayload } from '../domain/transmission/transfer-payload.js';
import type { PurchaseOrders } from '../ports/orders/order-repository.js';
import { withoutCode } from '../domain/cart/carried-codes.js';
import { orderKeyOf } from '../domain/orders/connect-order.js';
import type { Logger } from '../ports/logger.js';

/**
 * Deletes a cart whose payload is stored (or whose session ended), if it has not changed since it was read. A `fresh`
 * cart lost the race for its session and is deleted only if it is empty, because a shop may have returned the same cart
 * twice.
 */
export async function clearCart(store: Pick<Store, 'deleteCart' | 'readCart'>, job: Pick<Job, 'input'>): Promise<void> {
  const { cart, contentMark, fresh } = job.input as { cart: CartRef; contentMark?: string; fresh?: true };
  if (fresh !== true) {
    await store.deleteCart(cart, contentMark);
    return;
  }
  const content = await store.readCart(cart).catch((error: unknown) => {
    if (error instanceof PunchoutError && error.code === 'STORE_SESSION_LOST') return undefined;
    throw error;
  });
  if (content === undefined || content.lines.length === 0) await store.deleteCart(cart, content?.contentMark);
}

/** Removes the account of a transmission that has ended. */
export async function removeClone({ customers }: Pick<Store, 'customers'>, { tenantId, input }: Job): Promise<void> {
  const { transmissionId, clone } = input as { transmissionId: string; clone: CustomerClone | null };
  await customers?.remove({ tenantId, transmissionId, clone: clone ?? undefined });
}

interface Deps {
  find: (key: TransmissionKey) => Promise<Transmission | undefined>;
  /** Restores missing lines; does nothing for a session that has ended. */
  ready: (transmission: Transmission) => Promise<unknown>;
}

/** Finishes restoring a cart that took longer than its login could wait. */
export async function restoreCart({ find, ready }: Deps, job: Job): Promise<void> {
  const transmission = await find({ tenantId: job.tenantId, transmissionId: String(job.input['transmissionId']) });
  if (transmission !== undefined) await ready(transmission);
}

interface RecordDeps {
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
}: RecordDeps): (job: Pick<Job, 'tenantId' | 'input'>) => Promise<void> {
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
  /** Undefined if the shop has the order. Jobs of older versions name the document by its payloadID. */
  async function orderOf({ tenantId, input }: Job): Promise<KeptOrder | undefined> {
    const { connectionId, orderId, version, payloadId } = input as {
      connectionId: string;
      orderId?: string;
      version?: number;
      payloadId?: string;
    };
    if (orderId === undefined)
      return (await purchaseOrders.findByPayloadId(tenantId, connectionId, payloadId ?? ''))[0];
    const documents = await purchaseOrders.find(tenantId, connectionId, orderId);
    if (documents.some(({ storeNumber }) => storeNumber !== undefined)) return undefined;
    return documents.find((one) => one.version === version);
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
