import { ORDER_STATUSES, PAYMENT_STATUSES } from '../../../../domain/orders/connect-order.js';
import { MISMATCH_KINDS, ORDER_VERDICTS } from '../../../../domain/orders/purchase-order.js';
import { ORDER_MARK } from '../../../../ports/orders/order-repository.js';
import { NOT_PLACEABLE } from '../../../../usecases/manage/order-desk.js';
import { MAYBE_TEXT, TIME, record } from '../../api/answer-schemas.js';
import { PURCHASE_ORDER } from '../../sessions/session-view.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';
import { PAGE_QUERY, PAGINATION } from '../connection-operations.js';

const MAYBE_TIME = { anyOf: [TIME, { type: 'null' }] } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
const ORDER = record({
  ...PURCHASE_ORDER.properties,
  connection_id: { type: 'string' },
  session_id: MAYBE_TEXT,
  differences: { type: 'array', items: { type: 'string' } },
});
const DIFFERENCES = {
  type: 'array',
  items: record({ kind: { enum: MISMATCH_KINDS }, sent: MAYBE_TEXT, ordered: MAYBE_TEXT, text: { type: 'string' } }),
} as const;
const MAYBE_LINE = { type: ['object', 'null'] } as const;
export const NOTICE = record({
  status: { type: 'string' },
  supplier_order_id: { type: 'string' },
  noticed_at: TIME,
  sent_at: MAYBE_TIME,
  given_up_at: MAYBE_TIME,
  last_error: MAYBE_TEXT,
});

export const ORDER_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListOrders',
    method: 'get',
    path: '/orders',
    summary: 'List purchase orders with what differs from the carts, newest first',
    query: {
      verdict: { enum: ORDER_VERDICTS, description: 'Only documents with this result of the comparison' },
      order: { type: 'string', minLength: 1, maxLength: 2000, description: 'Only documents with this order number' },
      ...PAGE_QUERY,
      cursor: { ...PAGE_QUERY.cursor, pattern: ORDER_MARK.source },
    } as Record<string, { description: string }>,
    data: record({ orders: { type: 'array', items: ORDER }, pagination: PAGINATION }),
  }),
  adminOperation({
    operationId: 'adminGetOrder',
    method: 'get',
    path: '/orders/{connection}/{order}',
    summary: 'Read an order: its documents, the newest beside the cart line by line, events, notices for the buyer',
    data: record({
      documents: {
        type: 'array',
        items: record({ ...ORDER.properties, lines: { type: 'array', items: { type: 'object' } } }),
      },
      comparison: record({
        version: { type: 'integer', minimum: 1 },
        has_cart: { type: 'boolean' },
        lines: { type: 'array', items: record({ ordered: MAYBE_LINE, sent: MAYBE_LINE, differences: DIFFERENCES }) },
        differences: DIFFERENCES,
      }),
      parts: {
        type: 'array',
        items: record({
          shop_id: { type: 'integer' },
          supplier_order_id: { type: 'string' },
          status: { enum: ORDER_STATUSES },
          payment_status: { enum: PAYMENT_STATUSES },
        }),
      },
      events: {
        type: 'array',
        items: record({
          shop_id: { type: 'integer' },
          revision: { type: 'string' },
          name: { type: 'string' },
          at: TIME,
          hooks: COUNT,
          received: COUNT,
        }),
      },
      notices: { type: 'array', items: NOTICE },
      placeable: { enum: ['yes', ...NOT_PLACEABLE] },
    }),
  }),
  adminOperation({
    operationId: 'adminPlaceOrder',
    method: 'post',
    path: '/orders/{connection}/{order}/place',
    summary: 'Have the newest version of an order placed in the shop, if the shop does not have it',
    data: record({ queued: { const: true }, version: { type: 'integer', minimum: 1 } }),
  }),
  adminOperation({
    operationId: 'adminResendNotices',
    method: 'post',
    path: '/orders/{connection}/{order}/resend',
    summary: 'Send the failed notices of an order again',
    data: record({ queued: { type: 'integer' } }),
  }),
];
