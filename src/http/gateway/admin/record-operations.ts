import { MAYBE_TEXT, TIME, record } from '../api/answer-schemas.js';
import { ANALYTICS_QUERY, FIGURES } from '../analytics-call.js';
import { type AdminOperation, adminOperation } from './admin-operation.js';
import { PAGE_QUERY, PAGINATION } from './connection-operations.js';
import { AUDIT_ROW, RANGE_QUERY } from './session-operations.js';

const COUNT = { type: 'integer', minimum: 0 } as const;
const STEPS = { call_ups: COUNT, logins: COUNT, transfers: COUNT, orders: COUNT } as const;
const MEANINGS: Record<string, string> = {
  period: 'Length of the range before to_date if from_date is absent; month by default',
  group_by: 'Buckets of the timeline, day by default; weeks begin on Monday',
  currency: "Currency of the amounts; the tenant's by default",
};
const FIGURES_QUERY = Object.fromEntries(
  Object.entries(ANALYTICS_QUERY.properties).map(([name, schema]) => [
    name,
    Object.assign({ description: MEANINGS[name] ?? '' }, schema, RANGE_QUERY[name as keyof typeof RANGE_QUERY]),
  ]),
);

export const RECORD_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminAnalytics',
    method: 'get',
    path: '/analytics',
    summary: 'Sessions, sales and top products of whole days (UTC), and the funnel; as CSV the timeline',
    query: FIGURES_QUERY,
    data: record({ ...FIGURES.properties, funnel: record(STEPS) }),
    csv: true,
  }),
  adminOperation({
    operationId: 'adminAnalyticsByConnection',
    method: 'get',
    path: '/analytics/connections',
    summary: 'The funnel of each connection with a call-up, 30 days by default; also as CSV',
    query: RANGE_QUERY,
    data: record({
      from: TIME,
      to: TIME,
      connections: {
        type: 'array',
        items: record({
          connection_id: { type: 'string' },
          ...STEPS,
          last_transfer_at: { anyOf: [TIME, { type: 'null' }] },
        }),
      },
    }),
    csv: true,
  }),
  adminOperation({
    operationId: 'adminListAudit',
    method: 'get',
    path: '/audit',
    summary: 'List who changed what, newest first',
    query: {
      event: { type: 'string', maxLength: 60, description: 'Only rows of this event' },
      actor: { type: 'string', maxLength: 200, description: 'Only rows of who has this text in the name' },
      about: { type: 'string', enum: ['changes'], description: 'changes: without the steps of sessions' },
      ...RANGE_QUERY,
      ...PAGE_QUERY,
      cursor: { ...PAGE_QUERY.cursor, pattern: '^[0-9]{1,18}$' },
    } as Record<string, { description: string }>,
    data: record({ rows: { type: 'array', items: AUDIT_ROW }, pagination: PAGINATION }),
  }),
  adminOperation({
    operationId: 'adminVerifyAudit',
    method: 'get',
    path: '/audit/verification',
    summary: 'Check that the audit rows are unchanged',
    data: record({
      unchanged: { type: 'boolean' },
      linked: COUNT,
      waiting: COUNT,
      anchor: MAYBE_TEXT,
      faults: {
        type: 'array',
        items: record({ audit_id: { type: 'string' }, session_id: MAYBE_TEXT, what: { type: 'string' } }),
      },
    }),
  }),
  adminOperation({
    operationId: 'adminErasePerson',
    method: 'post',
    path: '/erasures',
    summary: 'Remove a person from the ended sessions, by e-mail',
    request: {
      type: 'object',
      additionalProperties: false,
      required: ['email'],
      properties: { email: { type: 'string', maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' } },
    },
    data: record({ sessions: COUNT, documents: COUNT, live: COUNT }),
  }),
];
