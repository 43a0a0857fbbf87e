import type { KeptOrder, OrderMismatch } from '../../../domain/orders/purchase-order.js';
import { sessionStatusOf } from '../../../domain/transmission/transmission.js';
import type { Cancelled } from '../../../usecases/punchout/cancel-session.js';
import type { ShownSession } from '../../../usecases/reading/read-sessions.js';
import { ExactNumber } from '../api/exact-json.js';

/** Source 002, "Session-Status abrufen". What the call-up did not tell is null. */
export function sessionView(session: ShownSession): object {
  const { buyer, summary } = session;
  return {
    session_id: session.transmissionId,
    status: sessionStatusOf(session.status),
    protocol: session.protocol,
    created_at: session.createdAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
    buyer: { email: buyer.email ?? null, name: buyer.name ?? null, company: buyer.company ?? null },
    cart: {
      items_count: new ExactNumber(summary.itemsCount),
      total_amount: new ExactNumber(summary.totalAmount),
      currency: summary.currency,
    },
    metadata: { buyer_cookie: session.buyerCookie, return_url: session.returnUrl },
    ...(session.purchaseOrders === undefined ? {} : { purchase_orders: session.purchaseOrders.map(purchaseOrderView) }),
  };
}

/** Ours: what was ordered of the cart, and how it differs from what was sent. */
function purchaseOrderView({
  payloadId,
  version,
  order,
  verdict,
  mismatches,
  attachments,
  receivedAt,
  storeNumber,
  storeRefusal,
}: KeptOrder): object {
  return {
    order_id: order.orderId,
    type: order.kind,
    version,
    payload_id: payloadId,
    received_at: receivedAt.toISOString(),
    verdict,
    mismatches: mismatches.map(mismatchView),
    attachments: attachments.map(({ name, contentType, size }) => ({ name, content_type: contentType, size })),
    store_number: storeNumber ?? null,
    store_refusal: storeRefusal ?? null,
  };
}

function mismatchView({ kind, supplierPartId, lineNumber, comparedWith, sent, ordered }: OrderMismatch): object {
  return {
    kind,
    supplier_part_id: supplierPartId,
    line_number: lineNumber ?? null,
    compared_with: comparedWith ?? null,
    sent: sent ?? null,
    ordered: ordered ?? null,
  };
}

/** Source 002, "Session-Verlauf": one line of the list. */
export function sessionLineView(session: ShownSession): object {
  const status = sessionStatusOf(session.status);
  return {
    session_id: session.transmissionId,
    status,
    protocol: session.protocol,
    created_at: session.createdAt.toISOString(),
    completed_at: status === 'completed' ? (session.endedAt?.toISOString() ?? null) : null,
    buyer_email: session.buyer.email ?? null,
    items_count: new ExactNumber(session.summary.itemsCount),
    total_amount: new ExactNumber(session.summary.totalAmount),
    currency: session.summary.currency,
  };
}

/** Source 002, "Session beenden". */
export function cancelledView({ sessionId, cancelledAt }: Cancelled): object {
  return { session_id: sessionId, status: 'cancelled', cancelled_at: cancelledAt.toISOString() };
}
