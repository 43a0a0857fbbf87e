import type { OrderView } from '../../../console/pages/order/order-page.js';
import type { OrderLine } from '../../../console/pages/orders/orders-page.js';
import type { KeptOrder } from '../../../domain/orders/purchase-order.js';
import type { ShownOrder } from '../../../usecases/manage/order-desk.js';

export function orderLine(kept: KeptOrder, connectionName: string): OrderLine {
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

export function orderView(shown: ShownOrder, connectionName: string): Omit<OrderView, 'mayAct'> {
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
