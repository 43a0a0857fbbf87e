import { compareOrder, isFrom } from '../../domain/orders/compare-order.js';
import type { Connection } from '../../domain/access/connection.js';
import { digestOf } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { KeptOrder, OrderAttachment, PurchaseLine, PurchaseOrder } from '../../domain/orders/purchase-order.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { PurchaseOrders, SentCart } from '../../ports/orders/purchase-orders.js';

interface Deps {
  purchaseOrders: PurchaseOrders;
  /** The lines of a cart as it was sent; undefined for one that cannot be compared. */
  readSent: (payload: TransferPayload) => PurchaseLine[] | undefined;
  /** Tells the parties of source 003 of a new order, once per order, where there are any. */
  record: (kept: KeptOrder, sent: readonly PurchaseLine[]) => Promise<void>;
  /** The shop takes orders. */
  storeTakesOrders: boolean;
}

export interface GivenOrder {
  connection: Connection;
  payloadId: string;
  order: PurchaseOrder;
  attachments: OrderAttachment[];
  /** The whole body. */
  document: Uint8Array;
  contentType: string;
}

/** How many carts without an order are looked through where a document names none. */
const CARTS = 50;
const MOST_TRIES = 20;

/**
 * Keeps a purchase order before it is answered (RULES 9), once: the same document again, and the same order under another payload id, get
 * the answer that is there. Refuses ORDER_CONFLICT where a repeat says something else, and ORDER_NOT_FOUND for a deletion of what is not there.
 */
export function takePurchaseOrder({ purchaseOrders, readSent, record, storeTakesOrders }: Deps): (given: GivenOrder) => Promise<Outcome<KeptOrder>> {
  return async ({ connection: { tenantId, connectionId, settings }, payloadId, order, attachments, document, contentType }) => {
    const { references: _, ...said } = order;
    const digest = digestOf(JSON.stringify([said, attachments]));
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const known = await purchaseOrders.find(tenantId, connectionId, payloadId, order.orderId);
      const before = known.filter((one) => one.order.orderId === order.orderId);
      const repeat = repeatOf(known, before, { payloadId, digest, order });
      if (repeat !== undefined) {
        // The answer may have been lost with what comes after it.
        if (repeat.ok) await record(repeat.value, (await cartOf({ purchaseOrders, readSent }, tenantId, connectionId, order, [repeat.value]))?.lines ?? []);
        return repeat;
      }
      if (before.length === 0 && order.kind === 'delete') return refuse('ORDER_NOT_FOUND', 'There is no order with this number to delete.');
      const cart = await cartOf({ purchaseOrders, readSent }, tenantId, connectionId, order, before);
      const mismatches = cart === undefined || order.kind === 'delete' ? [] : compareOrder(order.lines, cart.lines);
      const kept = {
        tenantId,
        connectionId,
        payloadId,
        digest,
        version: (before.at(-1)?.version ?? 0) + 1,
        order,
        verdict: cart === undefined ? 'unmatched' : mismatches.length === 0 ? 'matched' : 'mismatch',
        mismatches,
        attachments,
        ...(cart === undefined ? {} : { transmissionId: cart.transmissionId }),
      } as const;
      const place = storeTakesOrders && settings.cxml.placeOrders === true && kept.verdict === 'matched' && order.kind === 'new';
      if (!(await purchaseOrders.keep(kept, { document, contentType, place }))) continue;
      const received = { ...kept, receivedAt: new Date() };
      await record(received, cart?.lines ?? []);
      return accept(received);
    }
    return refuse('SERVICE_UNAVAILABLE', 'Documents of this order are coming in at the same time; send it again.');
  };
}

function repeatOf(known: KeptOrder[], before: KeptOrder[], { payloadId, digest, order }: Pick<GivenOrder, 'payloadId' | 'order'> & { digest: string }): Outcome<KeptOrder> | undefined {
  const same = known.find((one) => one.payloadId === payloadId);
  if (same !== undefined) return same.digest === digest ? accept(same) : refuse('ORDER_CONFLICT', 'A document with this payloadID said something else.');
  const last = order.kind === 'new' ? before.find((one) => one.order.kind === 'new') : before.at(-1);
  if (last !== undefined && last.digest === digest) return accept(last);
  return order.kind === 'new' && before.length > 0 ? refuse('ORDER_CONFLICT', 'There is an order with this number that says something else; a change has the type update.') : undefined;
}

/** By our own order number or payload id, named in the order; by the orders before it; else the newest open cart that has all of its lines. */
async function cartOf({ purchaseOrders, readSent }: Pick<Deps, 'purchaseOrders' | 'readSent'>, tenantId: string, connectionId: string, order: PurchaseOrder, before: KeptOrder[]): Promise<{ transmissionId: string; lines: PurchaseLine[] } | undefined> {
  const known = before.flatMap(({ transmissionId }) => transmissionId ?? []);
  const named = known.length > 0 ? known : order.references.flatMap((reference) => [reference, `${tenantId}_${reference}`]);
  const lines = (cart: SentCart | undefined): { transmissionId: string; lines: PurchaseLine[] } | undefined => {
    const read = cart === undefined ? undefined : readSent(cart.payload);
    return cart === undefined || read === undefined ? undefined : { transmissionId: cart.transmissionId, lines: read };
  };
  const [cart] = named.length === 0 ? [] : await purchaseOrders.sentCarts(tenantId, connectionId, { transmissionIds: named, limit: 1 });
  if (cart !== undefined) return lines(cart);
  const recent = await purchaseOrders.sentCarts(tenantId, connectionId, { limit: CARTS });
  const byPayload = recent.find(({ payload }) => order.references.includes(payload.payloadId));
  if (byPayload !== undefined) return lines(byPayload);
  // Without a line of ours nothing says that it was a punchout at all.
  if (!order.lines.some(({ auxiliaryId }) => auxiliaryId !== undefined)) return undefined;
  for (const one of recent) {
    const read = one.ordered ? undefined : lines(one);
    if (read !== undefined && isFrom(order.lines, read.lines)) return read;
  }
  return undefined;
}
