import { MAYBE_TEXT, TIME, record } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';
import { PAGE_QUERY, PAGINATION } from '../connection-operations.js';
import { NOTICE } from './order-operations.js';

const MAYBE_TIME = { anyOf: [TIME, { type: 'null' }] } as const;
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
const COUNT = { type: 'integer', minimum: 0 } as const;
const REPORT = record({
  report_id: COUNT,
  imported_at: TIME,
  modified_at: TIME,
  size: COUNT,
  encoding: { type: 'string' },
  lines: COUNT,
  products: COUNT,
  errors: COUNT,
  warnings: COUNT,
});
const ISSUE = record({
  severity: { enum: ['error', 'warning'] },
  text: { type: 'string' },
  lines: { type: 'array', items: { type: 'integer', minimum: 1 }, description: 'Ascending; the first 1,000' },
  field: MAYBE_TEXT,
  value: { ...MAYBE_TEXT, description: 'What stands in the field, in the line that was read first' },
  product_id: { ...MAYBE_TEXT, description: 'Set where all lines have the same product' },
  product_title: MAYBE_TEXT,
});
const JOB = record({
  job_id: { type: 'string' },
  kind: { type: 'string' },
  attempts: { type: 'integer' },
  running: { type: 'boolean' },
  created_at: TIME,
  due_at: { ...MAYBE_TIME, description: 'null: it was given up' },
  given_up_at: { ...MAYBE_TIME, description: 'It has failed for three days, and waits to be tried again' },
  last_error: MAYBE_TEXT,
});

export const DELIVERY_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListHooks',
    method: 'get',
    path: '/hooks',
    summary: 'List the hooks with their progress',
    data: record({ hooks: { type: 'array', items: HOOK } }),
  }),
  adminOperation({
    operationId: 'adminPauseHook',
    method: 'post',
    path: '/hooks/{hook}/pause',
    summary: 'Deliver nothing to a hook until it is resumed or replayed',
    data: HOOK,
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
    operationId: 'adminListReports',
    method: 'get',
    path: '/feeds/{shop}/reports',
    summary: "List the imports of a supplier's feed, newest first",
    data: record({ reports: { type: 'array', items: REPORT } }),
  }),
  adminOperation({
    operationId: 'adminGetReport',
    method: 'get',
    path: '/feeds/{shop}/reports/{report}',
    summary: 'Read one import of a feed with its issues',
    data: record({ ...REPORT.properties, issue_lines: COUNT, issues: { type: 'array', items: ISSUE } }),
  }),
  adminOperation({
    operationId: 'adminFetchFeed',
    method: 'post',
    path: '/feeds/{shop}/fetch',
    summary: 'Fetch a feed now; an unchanged file is skipped',
    data: FEED,
  }),
  adminOperation({
    operationId: 'adminListNotices',
    method: 'get',
    path: '/notices',
    summary: 'List the notices to buyers that were not sent, newest first',
    query: { limit: PAGE_QUERY.limit },
    data: record({
      notices: {
        type: 'array',
        items: record({ connection_id: { type: 'string' }, order_id: { type: 'string' }, ...NOTICE.properties }),
      },
    }),
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
