import type { FromSchema } from 'json-schema-to-ts';
import { MISMATCH_KINDS, type KeptOrder, type OrderMismatch } from '../../../domain/orders/purchase-order.js';
import {
  CURRENCY,
  ERROR_VIEW_SCHEMA,
  MAYBE_TEXT,
  PROTOCOL,
  SESSION_ID,
  STATUS_WORD,
  TIME,
  dataSchema,
  record,
} from '../api/answer-schemas.js';
import { MOMENT_PATTERN } from '../api/moment-parameter.js';
import { PROTOCOLS } from '../../../domain/transmission/protocol.js';
import { sessionStatusOf } from '../../../domain/transmission/transmission.js';
import type { Cancelled } from '../../../usecases/punchout/end-session.js';
import type { ShownSession } from '../../../usecases/history/read-sessions.js';
import { ExactNumber } from '../json-envelope.js';

/** Parameters of `GET /v1/punchout/sessions`. */
export const LIST_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    status: { type: 'string', enum: ['active', 'completed', 'cancelled', 'expired'] },
    protocol: { type: 'string', enum: PROTOCOLS },
    from_date: { type: 'string', pattern: MOMENT_PATTERN },
    to_date: { type: 'string', pattern: MOMENT_PATTERN },
    page: { type: 'integer', minimum: 1 },
    limit: { type: 'integer', minimum: 1, maximum: 100 },
    cursor: { type: 'string', minLength: 1, maxLength: 300 },
  },
} as const;
export type ListQuery = FromSchema<typeof LIST_QUERY>;

export const BATCH_BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'session_ids'],
  properties: {
    action: { enum: ['get', 'cancel'] },
    session_ids: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'string', minLength: 1, maxLength: 200 } },
  },
} as const;
export type BatchBody = FromSchema<typeof BATCH_BODY>;

const MISMATCH = record({
  kind: { enum: MISMATCH_KINDS },
  supplier_part_id: { type: 'string' },
  line_number: MAYBE_TEXT,
  compared_with: { enum: ['cart', 'lines', null] },
  sent: MAYBE_TEXT,
  ordered: MAYBE_TEXT,
});
export const PURCHASE_ORDER = record({
  order_id: { type: 'string' },
  type: { enum: ['new', 'update', 'delete'] },
  version: { type: 'integer', minimum: 1 },
  payload_id: { type: 'string' },
  received_at: TIME,
  verdict: { enum: ['matched', 'mismatch', 'unmatched'] },
  mismatches: { type: 'array', items: MISMATCH },
  attachments: {
    type: 'array',
    items: record({ name: { type: 'string' }, content_type: { type: 'string' }, size: { type: 'integer' } }),
  },
  store_number: MAYBE_TEXT,
  store_refusal: MAYBE_TEXT,
});
const SESSION_MEMBERS = record({
  session_id: SESSION_ID,
  status: STATUS_WORD,
  protocol: PROTOCOL,
  created_at: TIME,
  expires_at: TIME,
  buyer: record({ email: MAYBE_TEXT, name: MAYBE_TEXT, company: MAYBE_TEXT }),
  cart: record({ items_count: { type: 'number' }, total_amount: { type: 'number' }, currency: CURRENCY }),
  metadata: record({ buyer_cookie: { type: 'string' }, return_url: { type: 'string' } }),
});
export const SESSION = {
  ...SESSION_MEMBERS,
  properties: { ...SESSION_MEMBERS.properties, purchase_orders: { type: 'array', items: PURCHASE_ORDER } },
};
const CANCELLED = record({ session_id: SESSION_ID, status: { const: 'cancelled' }, cancelled_at: TIME });

export const SESSION_ANSWER = dataSchema(SESSION);
export const CANCEL_ANSWER = dataSchema(CANCELLED);

export const SESSION_LINE = record({
  session_id: SESSION_ID,
  status: STATUS_WORD,
  protocol: PROTOCOL,
  created_at: TIME,
  completed_at: { anyOf: [TIME, { type: 'null' }] },
  buyer_email: MAYBE_TEXT,
  items_count: { type: 'number' },
  total_amount: { type: 'number' },
  currency: CURRENCY,
});

export const LIST_ANSWER = dataSchema(
  record({
    sessions: {
      type: 'array',
      items: SESSION_LINE,
    },
    pagination: record({
      page: { type: 'integer', minimum: 1 },
      limit: { type: 'integer', minimum: 1, maximum: 100 },
      total: { type: 'integer', minimum: 0 },
      pages: { type: 'integer', minimum: 0 },
      total_capped: { type: 'boolean' },
      next_cursor: MAYBE_TEXT,
    }),
  }),
);

export const BATCH_ANSWER = dataSchema(
  record({
    results: {
      type: 'array',
      items: {
        anyOf: [
          record({ session_id: SESSION_ID, success: { const: true }, data: { anyOf: [SESSION, CANCELLED] } }),
          record({ session_id: { type: 'string' }, success: { const: false }, error: ERROR_VIEW_SCHEMA }),
        ],
      },
    },
  }),
);

/** One session. Values that the call-up did not contain are null. */
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
    purchase_orders: session.purchaseOrders?.map(purchaseOrderView),
  };
}

/** Our addition: the ordered items, and how they differ from the cart that was sent. */
export function purchaseOrderView({
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

/** One line of the list of sessions. */
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

/** Answer to `DELETE` of a session: it is cancelled. */
export function cancelledView({ sessionId, cancelledAt }: Cancelled): object {
  return { session_id: sessionId, status: 'cancelled', cancelled_at: cancelledAt.toISOString() };
}
