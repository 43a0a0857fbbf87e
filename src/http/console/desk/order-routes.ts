import type { RequestHandler } from 'express';
import { orderPage, type OrderView } from '../../../console/pages/order/order-page.js';
import { type OrdersView, ordersPage, type OrderLine } from '../../../console/pages/orders/orders-page.js';
import { orderAddress } from '../../../console/ui/addresses.js';
import { roleMay } from '../../../domain/access/operator-roles.js';
import { type Outcome, refuse } from '../../../domain/error-codes.js';
import { ORDER_VERDICTS, type KeptOrder } from '../../../domain/orders/purchase-order.js';
import type { ConnectionRepository } from '../../../ports/access/connection-repository.js';
import { ORDER_MARK } from '../../../ports/orders/order-repository.js';
import type { OrderDesk, OrderOf, ShownOrder } from '../../../usecases/manage/order-desk.js';
import type { ConsolePages } from '../console-pages.js';
import { type Guard, type Visit, sendUnknown } from '../guard.js';

export interface OrderDeps {
  pages: ConsolePages;
  desk: OrderDesk;
  connections: Pick<ConnectionRepository, 'find' | 'list'>;
}

const PAGE_SIZE = 25;
const MOST_FOUND = 50;
const MOST_CHARACTERS = 2_000;
const CONNECTION_ID = /^[a-z0-9][a-z0-9-]{0,59}$/;
const VERSION = /^[1-9]\d{0,8}$/;

/** Purchase orders: the list, and one order beside its cart. */
export function orderRoutes(
  { pages, desk, connections }: OrderDeps,
  guard: Guard,
): Record<'list' | 'show' | 'place' | 'resend', RequestHandler> {
  async function show(
    visit: Visit,
    order: OrderOf,
    outcome?: 'placed' | 'resent' | { refused: string },
  ): Promise<void> {
    const { req, res, frame, used } = visit;
    const version = textOf(req.query['version']);
    const shown = await desk.show(order, VERSION.test(version) ? Number(version) : undefined);
    if (!shown.ok) {
      sendUnknown(pages, visit);
      return;
    }
    const name = (await connections.find(order.tenantId, order.connectionId))?.name ?? order.connectionId;
    const mayAct = roleMay(used.operator.role, 'change_deliveries');
    const view = { ...orderView(shown.value, name), mayAct, outcome };
    pages.send(res, frame, orderPage(frame, view), typeof outcome === 'object' ? 409 : 200);
  }

  /** After a change the browser reads the page again: a reload repeats nothing. */
  const changing = (done: 'placed' | 'resent', change: (order: OrderOf) => Promise<Outcome<unknown>>): RequestHandler =>
    guard('change_deliveries', async (visit) => {
      const order = orderOf(visit, visit.form.get('order'));
      const changed = await change(order);
      if (changed.ok) visit.res.redirect(303, `${orderAddress(pages.base, order)}&done=${done}`);
      else if (changed.refusal.code === 'RESOURCE_NOT_FOUND') sendUnknown(pages, visit);
      else await show(visit, order, { refused: changed.refusal.reason ?? changed.refusal.code });
    });

  return {
    list: guard('read_orders', async ({ req, res, frame, used }) => {
      const { tenantId } = used.operator;
      const number = textOf(req.query['number']).trim();
      const verdict = ORDER_VERDICTS.find((word) => word === req.query['verdict']);
      const cursor = textOf(req.query['cursor']);
      const after = ORDER_MARK.test(cursor) ? cursor : undefined;
      const wish = {
        verdict,
        ...(number === '' ? { limit: PAGE_SIZE, after } : { limit: MOST_FOUND, orderId: number }),
      };
      const [{ orders, next }, known] = await Promise.all([desk.list(tenantId, wish), connections.list(tenantId)]);
      const names = new Map(known.map(({ connectionId, name }) => [connectionId, name]));
      const view: OrdersView = {
        filter: { verdict, number: number === '' ? undefined : number },
        orders: orders.map((order) => orderLine(order, names.get(order.connectionId) ?? order.connectionId)),
        notPlacing: desk.storeTakesOrders
          ? known.filter(
              ({ connectionId, settings }) =>
                !settings.cxml.placeOrders && orders.some((order) => order.connectionId === connectionId),
            )
          : [],
        isFirstPage: after === undefined,
        nextCursor: next,
      };
      pages.send(res, frame, ordersPage(frame, view));
    }),
    show: guard('read_orders', (visit) => {
      const done = visit.req.query['done'];
      const outcome = done === 'placed' || done === 'resent' ? done : undefined;
      return show(visit, orderOf(visit, textOf(visit.req.query['order'])), outcome);
    }),
    place: changing('placed', (order) => desk.placeAgain(order)),
    resend: changing('resent', async (order) => {
      const resent = await desk.resend(order);
      return resent.ok && resent.value === 0
        ? refuse('RESOURCE_CONFLICT', 'No notice of this order has failed for good.')
        : resent;
    }),
  };
}

function orderOf({ req, used }: Visit, orderId: string | null): OrderOf {
  const connectionId = String(req.params['connectionId']);
  return {
    tenantId: used.operator.tenantId,
    by: `operator:${used.operator.email}`,
    connectionId: CONNECTION_ID.test(connectionId) ? connectionId : '',
    orderId: textOf(orderId),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MOST_CHARACTERS) : '';
}

function orderLine(kept: KeptOrder, connectionName: string): OrderLine {
  const { order, connectionId, version, verdict, receivedAt, storeNumber, storeRefusal } = kept;
  return {
    orderId: order.orderId,
    connectionId,
    connectionName,
    kind: order.kind,
    version,
    verdict,
    receivedAt,
    total: order.total,
    storeNumber,
    isRefused: storeRefusal !== undefined && storeNumber === undefined,
  };
}

function orderView(shown: ShownOrder, connectionName: string): Omit<OrderView, 'mayAct'> {
  const { document, documents, comparison, hasCart, parts, events, notices, placing, notPlaceable } = shown;
  const storeNumber = documents.find((one) => one.storeNumber !== undefined)?.storeNumber;
  return {
    orderId: document.order.orderId,
    connection: { id: document.connectionId, name: connectionName },
    document: documentOf(document),
    documents: documents.map(documentOf),
    isDeleted: documents.at(-1)?.order.kind === 'delete',
    sessionId: document.transmissionId,
    total: document.order.total,
    storeNumber,
    storeRefusal: storeNumber === undefined ? document.storeRefusal : undefined,
    comparison,
    hasCart,
    parts,
    events,
    confirmations: notices.map(({ noticedAt, sentAt, givenUpAt, status, lastError }) => ({
      status,
      at: sentAt ?? givenUpAt ?? noticedAt,
      state: sentAt !== undefined ? ('sent' as const) : givenUpAt !== undefined ? 'given_up' : 'waiting',
      error: sentAt === undefined ? lastError : undefined,
    })),
    placing: placing === undefined ? undefined : { attempts: placing.attempts, error: placing.lastError },
    notPlaceable,
  };
}

function documentOf({ order: { kind }, version, verdict, receivedAt }: KeptOrder): OrderView['document'] {
  return { kind, version, verdict, receivedAt };
}
