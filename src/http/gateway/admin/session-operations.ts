import { PROTOCOLS } from '../../../domain/transmission/protocol.js';
import { MAYBE_TEXT, TIME, record } from '../api/answer-schemas.js';
import { MOMENT_PATTERN } from '../api/moment-parameter.js';
import { MESSAGE } from '../message-calls.js';
import { SESSION, SESSION_LINE } from '../sessions/session-view.js';
import { type AdminOperation, adminOperation } from './admin-operation.js';
import { PAGE_QUERY, PAGINATION } from './connection-operations.js';

export const RANGE_QUERY = {
  from_date: { type: 'string', pattern: MOMENT_PATTERN, description: 'From this day or time on (UTC by default)' },
  to_date: { type: 'string', pattern: MOMENT_PATTERN, description: 'Up to this day or time, inclusive' },
} as const;
const LISTED = record({
  ...SESSION_LINE.properties,
  connection_id: { type: 'string' },
  buyer_cookie: { type: 'string' },
});
export const AUDIT_ROW = record({
  audit_id: { type: 'string' },
  session_id: MAYBE_TEXT,
  at: TIME,
  event: { type: 'string' },
  actor: { type: 'string' },
  from_status: MAYBE_TEXT,
  to_status: MAYBE_TEXT,
  details: { type: 'object' },
});
const TIMELINE = record({
  session: SESSION,
  connection_id: { type: 'string' },
  events: { type: 'array', items: AUDIT_ROW },
  messages: { type: 'array', items: MESSAGE },
});

export const SESSION_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminSearchSessions',
    method: 'get',
    path: '/sessions',
    summary: 'Search sessions by a name that is known, or list them, newest first',
    query: {
      q: {
        type: 'string',
        minLength: 1,
        maxLength: 300,
        description: 'A whole e-mail, BuyerCookie, payloadID, order number or session id',
      },
      connection: { type: 'string', maxLength: 60, description: 'Only sessions of this connection' },
      status: { enum: ['active', 'completed', 'cancelled', 'expired'], description: 'Only sessions with this status' },
      protocol: { enum: PROTOCOLS, description: 'Only sessions of this protocol' },
      ...RANGE_QUERY,
      ...PAGE_QUERY,
    } as Record<string, { description: string }>,
    data: record({ sessions: { type: 'array', items: LISTED }, pagination: PAGINATION }),
  }),
  adminOperation({
    operationId: 'adminGetSession',
    method: 'get',
    path: '/sessions/{session}',
    summary: 'Read a session with all its steps and documents, without secrets',
    data: TIMELINE,
  }),
  adminOperation({
    operationId: 'adminSupportBundle',
    method: 'get',
    path: '/sessions/{session}/bundle',
    summary: 'One document for a support case: session, steps, documents and settings, without any secret',
    data: record({
      product: { type: 'string' },
      made_at: TIME,
      ...TIMELINE.properties,
      session: { type: 'object' },
      messages: { type: 'array', items: { type: 'object' } },
      connection: { type: 'object' },
    }),
  }),
  adminOperation({
    operationId: 'adminListRefusals',
    method: 'get',
    path: '/refusals',
    summary: 'List refused call-ups with their reasons and documents, newest first',
    query: { ...PAGE_QUERY, cursor: { ...PAGE_QUERY.cursor, pattern: '^[0-9]{1,18}$' } } as Record<
      string,
      { description: string }
    >,
    data: record({ messages: { type: 'array', items: MESSAGE }, pagination: PAGINATION }),
  }),
  adminOperation({
    operationId: 'adminGroupRefusals',
    method: 'get',
    path: '/refusals/groups',
    summary: 'Count refused requests by connection and code, the most frequent first; the last 24 hours by default',
    query: RANGE_QUERY,
    data: record({
      from: TIME,
      to: TIME,
      groups: {
        type: 'array',
        maxItems: 100,
        items: record({
          connection_id: MAYBE_TEXT,
          code: { type: 'string' },
          message: { type: 'string' },
          count: { type: 'integer' },
          first_at: TIME,
          last_at: TIME,
          last_reason: { type: 'string' },
          last_message_id: { type: 'string' },
        }),
      },
    }),
  }),
];
