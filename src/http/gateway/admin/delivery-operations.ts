import { MAYBE_TEXT, TIME, record } from '../api/answer-schemas.js';
import { PURCHASE_ORDER } from '../sessions/session-view.js';
import { type AdminOperation, adminOperation } from './admin-operation.js';
import { PAGE_QUERY, PAGINATION } from './connection-operations.js';

const MAYBE_TIME = { anyOf: [TIME, { type: 'null' }] } as const;
const ORDER = record({
  ...PURCHASE_ORDER.properties,
  connection_id: { type: 'string' },
  session_id: MAYBE_TEXT,
  differences: { type: 'array', items: { type: 'string' } },
});
const NOTICE = record({
  status: { type: 'string' },
  supplier_order_id: { type: 'string' },
  noticed_at: TIME,
  sent_at: MAYBE_TIME,
  given_up_at: MAYBE_TIME,
  last_error: MAYBE_TEXT,
});
const HOOK = record({
  hook_id: { type: 'string' },
  shop_id: { type: 'integer' },
  url: { type: 'string' },
  events: { type: 'array', items: { type: 'string' } },
  state: { enum: ['active', 'failing', 'paused'] },
  acked_revision: { type: 'string' },
  last_revision: { type: 'string' },
  failing_since_at: MAYBE_TIME,
  paused_at: MAYBE_TIME,
  last_error: MAYBE_TEXT,
});
const FEED = record({
  shop_id: { type: 'integer' },
  url: { type: 'string' },
  due_at: TIME,
  failing_since_at: MAYBE_TIME,
  last_error: MAYBE_TEXT,
  progress: { anyOf: [record({ lines: { type: 'integer' }, products: { type: 'integer' } }), { type: 'null' }] },
});
const JOB = record({
  job_id: { type: 'string' },
  kind: { type: 'string' },
  attempts: { type: 'integer' },
  running: { type: 'boolean' },
  created_at: TIME,
  due_at: TIME,
  last_error: MAYBE_TEXT,
});

export const DELIVERY_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListOrders',
    method: 'get',
    path: '/orders',
    summary: 'List the newest purchase orders with what differs from the carts',
    query: { limit: PAGE_QUERY.limit },
    data: record({ orders: { type: 'array', items: ORDER } }),
  }),
  adminOperation({
    operationId: 'adminGetOrder',
    method: 'get',
    path: '/orders/{connection}/{order}',
    summary: 'Read all documents of an order with their differences, and the notices for the buyer',
    data: record({
      documents: {
        type: 'array',
        items: record({ ...ORDER.properties, lines: { type: 'array', items: { type: 'object' } } }),
      },
      notices: { type: 'array', items: NOTICE },
    }),
  }),
  adminOperation({
    operationId: 'adminResendNotices',
    method: 'post',
    path: '/orders/{connection}/{order}/resend',
    summary: 'Send the failed notices of an order again',
    data: record({ queued: { type: 'integer' } }),
  }),
  adminOperation({
    operationId: 'adminListHooks',
    method: 'get',
    path: '/hooks',
    summary: 'List the hooks with their progress',
    data: record({ hooks: { type: 'array', items: HOOK } }),
  }),
  adminOperation({
    operationId: 'adminResumeHook',
    method: 'post',
    path: '/hooks/{hook}/resume',
    summary: 'Deliver to a hook again, at once',
    data: HOOK,
  }),
  adminOperation({
    operationId: 'adminReplayHook',
    method: 'post',
    path: '/hooks/{hook}/replay',
    summary: 'Deliver everything after a revision again',
    request: {
      type: 'object',
      additionalProperties: false,
      required: ['revision'],
      properties: { revision: { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 } },
    },
    data: HOOK,
  }),
  adminOperation({
    operationId: 'adminListFeeds',
    method: 'get',
    path: '/feeds',
    summary: 'List the feeds of suppliers with their state',
    data: record({ feeds: { type: 'array', items: FEED } }),
  }),
  adminOperation({
    operationId: 'adminListJobs',
    method: 'get',
    path: '/jobs',
    summary: 'List the jobs that are not done, oldest first',
    query: { ...PAGE_QUERY, cursor: { ...PAGE_QUERY.cursor, pattern: '^[0-9]{1,18}$' } } as Record<
      string,
      { description: string }
    >,
    data: record({ jobs: { type: 'array', items: JOB }, pagination: PAGINATION }),
  }),
  adminOperation({
    operationId: 'adminRetryJob',
    method: 'post',
    path: '/jobs/{job}/retry',
    summary: 'Make a waiting job due at once',
    data: record({ due: { const: true } }),
  }),
];
