import { withoutCharges } from '../../domain/cart/discount-codes.js';
import { lineOf } from '../../domain/cart/restore-report.js';
import { endedOffer } from '../../domain/orders/order-tolerance.js';
import {
  DRIFT_KIND,
  driftDocument,
  driftOf,
  type DriftedPrice,
  offeredLines,
  type PriceDrift,
  toldArticles,
} from '../../domain/orders/price-drift.js';
import type { ItemKey } from '../../domain/transmission/setup-request.js';
import type { Transmission, TransmissionKey } from '../../domain/transmission/transmission.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { PurchaseOrders } from '../../ports/orders/order-repository.js';
import type { Store } from '../../ports/store/store.js';
import type { MessageLog } from '../../ports/transmission/message-log.js';
import type { FoundCart, SentCarts } from '../../ports/transmission/sent-carts.js';
import type { HistoryMark } from '../../ports/transmission/session-history.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'find'>;
  connections: Pick<ConnectionRepository, 'find'>;
  purchaseOrders: Pick<PurchaseOrders, 'find'>;
  sentCarts: Pick<SentCarts, 'find' | 'last'>;
  store: Pick<Store, 'catalogueProducts'>;
  messages: Pick<MessageLog, 'note'>;
}

/** Compares the offered prices of a sent cart with those of the shop, and notes what differs in the message log. */
export interface PriceComparison {
  /** For a purchase order, in the session of its cart. */
  ofOrder(order: { tenantId: string; connectionId: string; orderId: string; version: number }): Promise<void>;
  /** For an edit or inspect whose lines are in its cart, in its own session. */
  ofEdit(edit: TransmissionKey): Promise<void>;
}

/** The newest carts of a connection that are searched for the one that an edit is about, a PAGE at a time. */
const MOST_CARTS = 1_000;
const PAGE = 50;
/** Of a store's answer. */
const PRODUCTS_AT_ONCE = 100;

/** Throws the store's errors. A shop whose single products cannot be read is not compared. */
export function comparePrices(deps: Deps): PriceComparison {
  const { transmissions, connections, purchaseOrders, sentCarts, store, messages } = deps;

  /** Prices of today for these items of a sent cart, as `buyer` would get them. */
  async function drifted(
    { sent: { cart } }: FoundCart,
    items: readonly ItemKey[],
    buyer: Transmission,
  ): Promise<DriftedPrice[]> {
    const { currency, language } = cart;
    const lines = offeredLines(cart, items);
    const as = { ...buyer, request: { ...buyer.request, currency, language } };
    const found: DriftedPrice[] = [];
    for (let from = 0; from < lines.length; from += PRODUCTS_AT_ONCE) {
      const some = lines.slice(from, from + PRODUCTS_AT_ONCE);
      const keys = some.map(({ sku, auxiliaryId, quantity }) => ({ supplierPartId: sku, auxiliaryId, quantity }));
      const now = await store.catalogueProducts?.(as, keys);
      if (now?.currency !== currency) return [];
      found.push(...some.flatMap((line, index) => driftOf(line, now.products[index]?.line, currency) ?? []));
    }
    return found;
  }

  function note({ tenantId, transmissionId, connectionId }: Transmission, drift: PriceDrift): void {
    if (drift.lines.length === 0) return;
    messages.note({
      tenantId,
      transmissionId,
      connectionId,
      at: new Date(),
      direction: 'in',
      kind: DRIFT_KIND,
      contentType: 'application/json',
      content: driftDocument(drift),
    });
  }

  /** Prices in a cart that the shop has posted itself are its own: the catalogue need not have them. */
  function isComparable({ sent }: FoundCart): boolean {
    return sent.given === undefined && store.catalogueProducts !== undefined;
  }

  /** The newest cart before it, without an order, that has all of its items; not that of another buyer. */
  async function offerOf(edit: Transmission, items: readonly ItemKey[]): Promise<FoundCart | undefined> {
    const { tenantId, connectionId, transmissionId } = edit;
    const { email } = edit.request.buyer;
    const isOffer = ({ transmission: { status, request }, sent: { cart } }: FoundCart): boolean =>
      status === 'transferred' &&
      (email === undefined || request.buyer.email === undefined || request.buyer.email === email) &&
      items.every((item) => lineOf(cart.lines, item) !== undefined);
    let after: HistoryMark | undefined = { createdAt: edit.createdAt.toISOString(), transmissionId };
    for (let seen = 0; seen < MOST_CARTS && after !== undefined; seen += PAGE) {
      const page: Awaited<ReturnType<SentCarts['last']>> = await sentCarts.last(tenantId, connectionId, {
        limit: PAGE,
        after,
      });
      const cart = page.carts.find(isOffer);
      if (cart !== undefined) return cart;
      after = page.next;
    }
    return undefined;
  }

  async function daysOf({ tenantId, connectionId }: Transmission): Promise<number | undefined> {
    return (await connections.find(tenantId, connectionId))?.settings.cxml.offerDays;
  }

  return {
    async ofOrder({ tenantId, connectionId, orderId, version }) {
      const kept = (await purchaseOrders.find(tenantId, connectionId, orderId)).find((one) => one.version === version);
      if (kept?.transmissionId === undefined) return;
      const offer = await sentCarts.find({ tenantId, transmissionId: kept.transmissionId });
      if (offer === undefined || !isComparable(offer)) return;
      const { transmission, sentAt } = offer;
      const days = await daysOf(transmission);
      note(transmission, {
        offer: { sessionId: transmission.transmissionId, sentAt, days },
        orderId,
        outcome: endedOffer(days, sentAt, kept.receivedAt) === undefined ? 'offer_held' : 'offer_ended',
        lines: await drifted(offer, kept.order.lines, transmission),
      });
    },

    async ofEdit(key) {
      const edit = await transmissions.find(key);
      const items = edit === undefined ? [] : withoutCharges(edit.request.items);
      if (edit === undefined || items.length === 0) return;
      // An account that was made for a session goes with it.
      if (edit.clone !== undefined && edit.status !== 'active') return;
      const offer = await offerOf(edit, items);
      if (offer === undefined || !isComparable(offer)) return;
      const lines = await drifted(offer, items, edit);
      const { transmission, sentAt, sent } = offer;
      const told = toldArticles(sent.cart, items, edit.restored);
      note(edit, {
        offer: { sessionId: transmission.transmissionId, sentAt, days: await daysOf(edit) },
        outcome: 'present_price_used',
        lines: lines.map((line) => ({ ...line, buyerTold: told.has(line.supplierPartId) })),
      });
    },
  };
}
