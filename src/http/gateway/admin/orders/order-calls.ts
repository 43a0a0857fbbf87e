import { accept } from '../../../../domain/error-codes.js';
import {
  type KeptOrder,
  type OrderMismatch,
  mismatchText,
  type OrderVerdict,
} from '../../../../domain/orders/purchase-order.js';
import type { OrderDesk, OrderOf, ShownOrder } from '../../../../usecases/manage/order-desk.js';
import { purchaseOrderView } from '../../sessions/session-view.js';
import type { AdminCall, AdminRequest } from '../admin-route.js';
import { DEFAULT_LIMIT } from '../connection-calls.js';
import { noticeView } from './delivery-calls.js';

interface ListQuery {
  limit?: number;
  cursor?: string;
  verdict?: OrderVerdict;
  order?: string;
}

export function orderCalls(desk: OrderDesk): Record<string, AdminCall> {
  const orderOf = ({ tenantId, by, params }: AdminRequest): OrderOf => ({
    tenantId,
    by,
    connectionId: params['connection'] ?? '',
    orderId: params['order'] ?? '',
  });
  return {
    async adminListOrders({ tenantId, query }: AdminRequest<unknown, ListQuery>) {
      const { limit = DEFAULT_LIMIT, cursor: after, verdict, order: orderId } = query;
      const { orders, next } = await desk.list(tenantId, { limit, after, verdict, orderId });
      return accept({ data: { orders: orders.map(orderView), pagination: { limit, next_cursor: next ?? null } } });
    },
    async adminGetOrder(request: AdminRequest) {
      const shown = await desk.show(orderOf(request));
      return shown.ok ? accept({ data: shownView(shown.value) }) : shown;
    },
    async adminPlaceOrder(request: AdminRequest) {
      const placed = await desk.placeAgain(orderOf(request));
      return placed.ok ? accept({ data: { queued: true, version: placed.value.version } }) : placed;
    },
    async adminResendNotices(request: AdminRequest) {
      const resent = await desk.resend(orderOf(request));
      return resent.ok ? accept({ data: { queued: resent.value } }) : resent;
    },
  };
}

function orderView(order: KeptOrder): object {
  return {
    ...purchaseOrderView(order),
    connection_id: order.connectionId,
    session_id: order.transmissionId ?? null,
    differences: order.mismatches.map(mismatchText),
  };
}

function shownView({ documents, document, comparison, ...shown }: ShownOrder): object {
  return {
    documents: documents.map((one) => ({ ...orderView(one), lines: one.order.lines })),
    comparison: {
      version: document.version,
      has_cart: shown.hasCart,
      lines: comparison.lines.map(({ ordered, sent, mismatches }) => ({
        ordered: ordered ?? null,
        sent: sent ?? null,
        differences: mismatches.map(differenceView),
      })),
      differences: comparison.whole.map(differenceView),
    },
    parts: shown.parts.map((part) => ({
      shop_id: part.supplierShop,
      supplier_order_id: part.supplierOrderId,
      status: part.status,
      payment_status: part.paymentStatus,
    })),
    events: shown.events.map(({ shopId, revision, name, at, hooks, received }) => ({
      shop_id: shopId,
      revision,
      name,
      at: at.toISOString(),
      hooks,
      received,
    })),
    notices: shown.notices.map(noticeView),
    placeable: shown.notPlaceable ?? 'yes',
  };
}

function differenceView(mismatch: OrderMismatch): object {
  const { kind, sent = null, ordered = null } = mismatch;
  return { kind, sent, ordered, text: mismatchText(mismatch) };
}
