import { type ConnectionSettings, toleranceOf } from '../../domain/access/connection.js';
import { endedOffer } from '../../domain/orders/order-tolerance.js';
import { orderKeyOf, type ConnectOrder } from '../../domain/orders/connect-order.js';
import { type OrderBesideCart, orderBesideCart } from '../../domain/orders/compare-order.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { NoticeState } from '../../domain/orders/order-notice.js';
import type { KeptOrder, SentLines } from '../../domain/orders/purchase-order.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { WaitingJob, WaitingJobs } from '../../ports/job-queue.js';
import type { HookRepository } from '../../ports/orders/connect-shops.js';
import type {
  KeptEvent,
  OrderListWish,
  OrderNotices,
  OrderRepository,
  PurchaseOrders,
} from '../../ports/orders/order-repository.js';

interface Deps {
  purchaseOrders: Pick<PurchaseOrders, 'find' | 'list' | 'placeAgain' | 'sentCarts'>;
  orderNotices: Pick<OrderNotices, 'ofOrder' | 'resend'>;
  orders: Pick<OrderRepository, 'findByKey' | 'eventsOf'>;
  hooks: Pick<HookRepository, 'list'>;
  jobs: Pick<WaitingJobs, 'placing'>;
  connections: Pick<ConnectionRepository, 'find'>;
  /** The lines of a sent cart. Undefined: the cart cannot be compared. */
  readSent: (payload: TransferPayload) => SentLines | undefined;
  storeTakesOrders: boolean;
  audit: AuditLog;
}

/** Names an order, and who acts for the audit. */
export interface OrderOf {
  tenantId: string;
  by: string;
  connectionId: string;
  orderId: string;
}

export interface ShownOrder {
  /** Oldest first. */
  documents: KeptOrder[];
  /** The compared document: the newest with lines. */
  document: KeptOrder;
  comparison: OrderBesideCart;
  /** False: the cart is unknown, was deleted, or cannot be compared. */
  hasCart: boolean;
  notices: NoticeState[];
  /** The order as the parties know it, one part for each supplier; empty before it is recorded. */
  parts: ConnectOrder[];
  /** Events of the order, and how many hooks of the shop have received each. */
  events: (KeptEvent & { hooks: number; received: number })[];
  /** The job that places it in the shop. */
  placing?: WaitingJob;
  /** Why it cannot be placed in the shop now. */
  notPlaceable?: NotPlaceable;
}

export const NOT_PLACEABLE = ['shop_takes_none', 'not_allowed', 'no_session', 'deleted', 'placed', 'waiting'] as const;
export type NotPlaceable = (typeof NOT_PLACEABLE)[number];

export interface OrderDesk {
  /** The shop takes orders from us. */
  storeTakesOrders: boolean;
  /** Newest first. */
  list(tenantId: string, wish: OrderListWish): ReturnType<PurchaseOrders['list']>;
  /** `version`: of the document to compare. Refuses with RESOURCE_NOT_FOUND. */
  show(order: Omit<OrderOf, 'by'>, version?: number): Promise<Outcome<ShownOrder>>;
  /**
   * Has the worker place the order in the shop: one that the shop refused, or one that differed and that a person has
   * checked. Never one that the shop has. Refuses with RESOURCE_NOT_FOUND, RESOURCE_CONFLICT.
   */
  placeAgain(order: OrderOf): Promise<Outcome<{ version: number }>>;
  /** Sends the failed notices again, and returns how many. Refuses with RESOURCE_NOT_FOUND. */
  resend(order: OrderOf): Promise<Outcome<number>>;
}

const REASONS: Record<NotPlaceable, string> = {
  shop_takes_none: 'This shop takes no orders from us.',
  not_allowed: 'The connection does not allow it: its setting cxml.placeOrders is off.',
  no_session: 'The order belongs to no known session, so its buyer is unknown to the shop.',
  deleted: 'The buyer has deleted the order.',
  placed: 'The shop has the order already.',
  waiting: 'The order is waiting to be placed already.',
};

/** Purchase orders for those who look after them: beside the carts, with what became of them. */
export function orderDesk(deps: Deps): OrderDesk {
  const { purchaseOrders, orderNotices, orders, hooks, jobs, connections, audit } = deps;

  async function cartOf({
    tenantId,
    connectionId,
    transmissionId,
  }: KeptOrder): Promise<(SentLines & { sentAt: Date }) | undefined> {
    if (transmissionId === undefined) return undefined;
    const wish = { transmissionIds: [transmissionId], limit: 1 };
    const [sent] = await purchaseOrders.sentCarts(tenantId, connectionId, wish);
    const lines = sent === undefined ? undefined : deps.readSent(sent.payload);
    return sent === undefined || lines === undefined ? undefined : { ...lines, sentAt: sent.sentAt };
  }

  async function eventsOf(tenantId: string, parts: readonly ConnectOrder[]): Promise<ShownOrder['events']> {
    const transactions = [...new Set(parts.map(({ transactionId }) => transactionId))];
    if (transactions.length === 0) return [];
    const [states, ...found] = await Promise.all([
      hooks.list(tenantId),
      ...transactions.map((transactionId) => orders.eventsOf(tenantId, transactionId)),
    ]);
    return found.flat().map((event) => {
      const wanting = states.filter(({ shopId, events }) => shopId === event.shopId && events.includes(event.name));
      const received = wanting.filter(({ ackedRevision }) => BigInt(ackedRevision) >= BigInt(event.revision));
      return { ...event, hooks: wanting.length, received: received.length };
    });
  }

  /** The newest document that has lines: a deletion has none. */
  function newestOf(documents: readonly KeptOrder[]): KeptOrder | undefined {
    return documents.findLast(({ order }) => order.kind !== 'delete') ?? documents.at(-1);
  }

  async function hindrance(documents: readonly KeptOrder[]): Promise<NotPlaceable | undefined> {
    const [last, newest] = [documents.at(-1), newestOf(documents)];
    if (!deps.storeTakesOrders) return 'shop_takes_none';
    if (documents.some(({ storeNumber }) => storeNumber !== undefined)) return 'placed';
    if (last === undefined || last.order.kind === 'delete') return 'deleted';
    if (newest?.transmissionId === undefined) return 'no_session';
    const settings = (await connections.find(last.tenantId, last.connectionId))?.settings;
    return settings?.cxml.placeOrders === true ? undefined : 'not_allowed';
  }

  return {
    storeTakesOrders: deps.storeTakesOrders,
    list: (tenantId, wish) => purchaseOrders.list(tenantId, wish),

    async show({ tenantId, connectionId, orderId }, version) {
      const documents = await purchaseOrders.find(tenantId, connectionId, orderId);
      const document =
        version === undefined ? newestOf(documents) : documents.find((candidate) => candidate.version === version);
      if (document === undefined) return unknownOrder;
      const [cart, connection, notices, parts, placing, hindered] = await Promise.all([
        cartOf(document),
        connections.find(tenantId, connectionId),
        orderNotices.ofOrder(tenantId, connectionId, orderId),
        orders.findByKey(tenantId, orderKeyOf(connectionId, orderId)),
        jobs.placing(tenantId, connectionId, orderId),
        hindrance(documents),
      ]);
      return accept({
        documents,
        document,
        comparison: comparisonOf(document, cart, connection?.settings),
        hasCart: cart !== undefined,
        notices,
        parts,
        events: await eventsOf(tenantId, parts),
        placing,
        notPlaceable: placing === undefined ? hindered : 'waiting',
      });
    },

    async placeAgain({ tenantId, connectionId, orderId, by }) {
      const documents = await purchaseOrders.find(tenantId, connectionId, orderId);
      const newest = newestOf(documents);
      if (newest === undefined) return unknownOrder;
      const hindered = await hindrance(documents);
      if (hindered !== undefined) return refuse('RESOURCE_CONFLICT', REASONS[hindered]);
      if (!(await purchaseOrders.placeAgain(newest))) return refuse('RESOURCE_CONFLICT', REASONS.waiting);
      const { version } = newest;
      const details = { connection: connectionId, order: orderId, version: String(version) };
      await audit.note({ tenantId, event: 'order-placed-again', actor: by, details });
      return accept({ version });
    },

    async resend({ tenantId, connectionId, orderId, by }) {
      if ((await purchaseOrders.find(tenantId, connectionId, orderId)).length === 0) return unknownOrder;
      const queued = await orderNotices.resend(tenantId, connectionId, orderId);
      const details = { connection: connectionId, order: orderId, queued: String(queued) };
      if (queued > 0) await audit.note({ tenantId, event: 'notices-resent', actor: by, details });
      return accept(queued);
    },
  };
}

/** By the settings of today. */
function comparisonOf(
  { order, receivedAt }: KeptOrder,
  cart: (SentLines & { sentAt: Date }) | undefined,
  settings: ConnectionSettings | undefined,
): OrderBesideCart {
  const tolerance = settings === undefined ? {} : toleranceOf(settings);
  const { lines, whole } = orderBesideCart(order, cart, settings?.units, tolerance);
  const ended = cart === undefined ? undefined : endedOffer(settings?.cxml.offerDays, cart.sentAt, receivedAt);
  return { lines, whole: ended === undefined || order.kind === 'delete' ? whole : [...whole, ended] };
}

const unknownOrder = refuse('RESOURCE_NOT_FOUND', 'There is no such order.');
