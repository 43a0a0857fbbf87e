import { compareOrder, faultsOfOrder } from '../../domain/orders/compare-order.js';
import { endedOffer } from '../../domain/orders/order-tolerance.js';
import { type Connection, toleranceOf } from '../../domain/access/connection.js';
import { digestOf } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { isFrom } from '../../domain/orders/pair-lines.js';
import type {
  KeptOrder,
  OrderAttachment,
  PurchaseLine,
  PurchaseOrder,
  SentLines,
} from '../../domain/orders/purchase-order.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { PurchaseOrders, SentCart } from '../../ports/orders/order-repository.js';

interface Deps {
  purchaseOrders: PurchaseOrders;
  /** The lines of a sent cart. Undefined: the cart cannot be compared, or it lacks one of `articles`. */
  readSent: (payload: TransferPayload, articles?: readonly string[]) => SentLines | undefined;
  /** Sends order events for a new order, once per order, if there are parties to notify. */
  record: (kept: KeptOrder, sent: readonly PurchaseLine[]) => Promise<void>;
  /** The shop accepts orders. */
  storeTakesOrders: boolean;
}

export interface GivenOrder {
  connection: Connection;
  /** Empty if the document has none. */
  payloadId: string;
  order: PurchaseOrder;
  attachments: OrderAttachment[];
  /** The whole body, without secrets. */
  document: Uint8Array;
  contentType: string;
}

interface FoundCart extends SentLines, Pick<SentCart, 'transmissionId' | 'sentAt' | 'readAt'> {}

/** If an order names no cart, the newest MOST_CARTS are searched, a PAGE at a time. */
const MOST_CARTS = 1_000;
const PAGE = 50;
const MOST_TRIES = 20;

/**
 * Stores a purchase order before it is answered (cxml.md 9), once. The same order again, with the same payloadID,
 * another or none, gets the stored answer. The same payloadID with another order number is another order; with another
 * type or content it is another version. Refuses with ORDER_CONFLICT if a new order contradicts the earlier one, and
 * with ORDER_NOT_FOUND if an unknown order is deleted.
 */
export function takePurchaseOrder({
  purchaseOrders,
  readSent,
  record,
  storeTakesOrders,
}: Deps): (given: GivenOrder) => Promise<Outcome<KeptOrder>> {
  const cartOf = findCart({ purchaseOrders, readSent });
  return async ({
    connection: { tenantId, connectionId, settings },
    payloadId,
    order,
    attachments,
    document,
    contentType,
  }) => {
    const { references: _, ...said } = order;
    const digest = digestOf(JSON.stringify([said, attachments]));
    // Digest of earlier releases, which did not include attachments.
    const former = digestOf(JSON.stringify([said, attachments.map(({ sha256: __, ...attachment }) => attachment)]));
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await purchaseOrders.find(tenantId, connectionId, order.orderId);
      const repeat = repeatOf(before, { payloadId, digests: [digest, former], order });
      if (repeat !== undefined) {
        // The process may have stopped before the steps that follow.
        if (repeat.ok && repeat.value.verdict === 'matched')
          await record(repeat.value, (await cartOf(tenantId, connectionId, order, [repeat.value]))?.lines ?? []);
        return repeat;
      }
      if (before.length === 0 && order.kind === 'delete')
        return refuse('ORDER_NOT_FOUND', 'There is no order with this number to delete.');
      const cart = await cartOf(tenantId, connectionId, order, before);
      const mismatches =
        order.kind === 'delete'
          ? []
          : cart === undefined
            ? faultsOfOrder(order)
            : [
                ...compareOrder(order, cart, settings.units, toleranceOf(settings)),
                ...[endedOffer(settings.cxml.offerDays, cart.sentAt, cart.readAt) ?? []].flat(),
              ];
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
        transmissionId: cart?.transmissionId,
      } as const;
      const place =
        storeTakesOrders && settings.cxml.placeOrders === true && kept.verdict === 'matched' && order.kind === 'new';
      if (!(await purchaseOrders.keep(kept, { document, contentType, place }))) continue;
      const received = { ...kept, receivedAt: new Date() };
      await record(received, cart?.lines ?? []);
      return accept(received);
    }
    return refuse('SERVICE_UNAVAILABLE', 'Other documents of this order are arriving at the same time; send it again.');
  };
}

/**
 * `before`: earlier documents of the same order, oldest first. Type and content identify a repeat. Distinct payloadIDs
 * tell which of several updates is sent again; some buyers always send the same payloadID.
 */
function repeatOf(
  before: KeptOrder[],
  { payloadId, digests, order }: Pick<GivenOrder, 'payloadId' | 'order'> & { digests: readonly string[] },
): Outcome<KeptOrder> | undefined {
  const named = payloadId === '' ? [] : before.filter((one) => one.payloadId === payloadId);
  const again = named.every((one) => digests.includes(one.digest)) ? named.at(-1) : undefined;
  if (again !== undefined) return accept(again);
  const last = order.kind === 'new' ? before.find((one) => one.order.kind === 'new') : before.at(-1);
  if (last !== undefined && digests.includes(last.digest)) return accept(last);
  return order.kind === 'new' && before.length > 0
    ? refuse('ORDER_CONFLICT', 'There is an order with this number and other content; a change needs the type update.')
    : undefined;
}

/**
 * Finds the cart of an order: by earlier orders, or else by our order number, or else by the payloadID of the cart, or
 * else the newest cart without an order that has all lines of the order.
 */
function findCart({ purchaseOrders, readSent }: Pick<Deps, 'purchaseOrders' | 'readSent'>) {
  const read = ({ payload, ...sent }: SentCart, articles?: string[]): FoundCart | undefined => {
    const lines = readSent(payload, articles);
    return lines === undefined ? undefined : { ...sent, ...lines };
  };

  async function byLines(
    tenantId: string,
    connectionId: string,
    lines: readonly PurchaseLine[],
  ): Promise<FoundCart | undefined> {
    const articles = lines
      .flatMap(({ supplierPartId, auxiliaryId }) =>
        auxiliaryId === undefined || supplierPartId === '' ? [] : supplierPartId,
      )
      .slice(0, 1);
    let before: SentCart | undefined;
    for (let seen = 0; seen < MOST_CARTS; seen += PAGE) {
      const page: SentCart[] = await purchaseOrders.sentCarts(tenantId, connectionId, {
        unordered: true,
        limit: PAGE,
        before,
      });
      for (const one of page) {
        const cart = read(one, articles);
        if (cart !== undefined && isFrom(lines, cart.lines)) return cart;
      }
      if (page.length < PAGE) return undefined;
      before = page.at(-1);
    }
    return undefined;
  }

  return async (
    tenantId: string,
    connectionId: string,
    { references, lines }: PurchaseOrder,
    earlier: readonly KeptOrder[],
  ): Promise<FoundCart | undefined> => {
    const known = earlier.flatMap(({ transmissionId }) => transmissionId ?? []);
    const transmissionIds =
      known.length > 0 ? known : references.flatMap((reference) => [reference, `${tenantId}_${reference}`]);
    const [named] =
      transmissionIds.length === 0
        ? []
        : await purchaseOrders.sentCarts(tenantId, connectionId, { transmissionIds, limit: 1 });
    if (named !== undefined) return read(named);
    const payloadIds = references.filter((reference) => reference.includes('@'));
    const referred =
      payloadIds.length === 0
        ? []
        : await purchaseOrders.sentCarts(tenantId, connectionId, { payloadIds, limit: MOST_CARTS });
    const byPayload = referred.find(({ payload }) => payloadIds.includes(payload.payloadId));
    if (byPayload !== undefined) return read(byPayload);
    // Without a line of ours nothing shows that it was a punchout.
    return lines.some(({ auxiliaryId }) => auxiliaryId !== undefined)
      ? byLines(tenantId, connectionId, lines)
      : undefined;
  };
}
