import { ERROR_SCHEMA, STARTED_SCHEMA } from './answer-schemas.js';
import { ANALYTICS_ANSWER, ANALYTICS_QUERY } from './analytics/analytics-schemas.js';
import { BATCH_ANSWER, BATCH_BODY, CANCEL_ANSWER, LIST_ANSWER, LIST_QUERY, SESSION_ANSWER } from './sessions/session-schemas.js';
import { SETUP_SCHEMA } from './setup-schema.js';

/** One JSON operation of source 002: what validates its requests, and what its answers keep to. */
export interface GatewayOperation {
  operationId: string;
  method: 'get' | 'post';
  /** Below the public URL, in OpenAPI's spelling. */
  path: string;
  summary: string;
  /** Scope of the API key; of a batch: `write` where it cancels. */
  scope: 'read' | 'write';
  parameters: readonly OperationParameter[];
  /** Of an `application/json` body. */
  request?: object;
  responses: Readonly<Record<number, { description: string; schema: object }>>;
}

export interface OperationParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: object;
}

const REFUSALS: Record<number, string> = {
  400: 'The request is not valid',
  401: 'The API key is missing, unknown, revoked or lacks the scope',
  404: 'Unknown, or of another tenant',
  409: 'The session was transferred or ordered, or the Idempotency-Key was used for another request',
  410: 'The session has expired',
  413: 'The body is larger than allowed',
  503: 'A dependency does not answer; try again after Retry-After seconds',
};

/** Words about parameters; the schemas say what they may hold. */
const MEANINGS: Record<string, string> = {
  status: 'Only sessions with this status',
  protocol: 'Only sessions of this protocol',
  from_date: 'From this day or moment on (UTC where no offset is given)',
  to_date: 'Up to this day or moment, inclusive',
  page: 'Page number, 1 by default; pages by number end at 10,000 sessions, totals are counted up to 1,000',
  limit: 'Sessions a page, 20 by default',
  cursor: 'next_cursor of the page before; stands in for page and reaches any depth',
  period: 'How far to look back from to_date where from_date is absent; month by default',
  group_by: 'Buckets of the timeline, day by default; weeks begin on Monday',
  currency: 'Currency of the amounts; the tenant\'s by default',
};

const ID: OperationParameter = { name: 'id', in: 'path', required: true, description: 'session_id', schema: { type: 'string' } };
const IDEMPOTENCY_KEY: OperationParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same request with the same key gets the same answer for 24 hours and has its effect once',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};

export const GATEWAY_OPERATIONS: readonly GatewayOperation[] = [
  {
    operationId: 'setupSession',
    method: 'post',
    path: '/v1/punchout/setup',
    summary: 'Start a punchout session',
    scope: 'write',
    parameters: [IDEMPOTENCY_KEY],
    request: SETUP_SCHEMA,
    responses: answers({ 201: ['The session and where its buyer starts', STARTED_SCHEMA] }, 400, 401, 409, 413, 503),
  },
  {
    operationId: 'getSession',
    method: 'get',
    path: '/v1/punchout/sessions/{id}',
    summary: 'Read a session, with its cart as it is now',
    scope: 'read',
    parameters: [ID],
    responses: answers({ 200: ['The session', SESSION_ANSWER] }, 401, 404, 503),
  },
  {
    operationId: 'listSessions',
    method: 'get',
    path: '/v1/punchout/sessions',
    summary: 'List sessions, newest first',
    scope: 'read',
    parameters: queryOf(LIST_QUERY),
    responses: answers({ 200: ['A page of sessions', LIST_ANSWER] }, 400, 401, 503),
  },
  {
    operationId: 'cancelSession',
    method: 'post',
    path: '/v1/punchout/sessions/{id}/cancel',
    summary: 'Cancel a session; again, and the answer is the same',
    scope: 'write',
    parameters: [ID, IDEMPOTENCY_KEY],
    responses: answers({ 200: ['The session is cancelled', CANCEL_ANSWER] }, 400, 401, 404, 409, 410, 413, 503),
  },
  {
    operationId: 'batchSessions',
    method: 'post',
    path: '/v1/punchout/sessions/batch',
    summary: 'Read or cancel up to 100 sessions, each with a result of its own',
    scope: 'read',
    parameters: [IDEMPOTENCY_KEY],
    request: BATCH_BODY,
    responses: answers({ 200: ['A result for each id, in their order', BATCH_ANSWER] }, 400, 401, 409, 413, 503),
  },
  {
    operationId: 'readAnalytics',
    method: 'get',
    path: '/v1/punchout/analytics',
    summary: 'Sessions, sales and top products of whole days (UTC)',
    scope: 'read',
    parameters: queryOf(ANALYTICS_QUERY),
    responses: answers({ 200: ['The figures', ANALYTICS_ANSWER] }, 400, 401, 503),
  },
];

function answers(good: Record<number, [description: string, schema: object]>, ...refusals: number[]): GatewayOperation['responses'] {
  return Object.fromEntries([
    ...Object.entries(good).map(([status, [description, schema]]) => [status, { description, schema }]),
    ...refusals.map((status) => [status, { description: REFUSALS[status] ?? '', schema: ERROR_SCHEMA }]),
  ]);
}

function queryOf({ properties }: { properties: Record<string, object> }): OperationParameter[] {
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, description: MEANINGS[name] ?? '', schema }));
}
