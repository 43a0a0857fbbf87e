import type { ApiOperation, OperationResponse } from '../openapi/api-operation.js';
import { IMPORT_BODY } from './feed-routes.js';
import { HOOK_BODY, HOOK_REMOVAL, HOOK_REPLAY, HOOK_RESUME } from './hook-routes.js';
import { PAYMENT_BODY, STATUS_BODY } from './order-calls.js';

/** Error body of `/sdk` and `/api/provider`. */
export const CONNECT_ERROR = {
  type: 'object',
  required: ['success', 'error'],
  additionalProperties: false,
  properties: {
    success: { const: false },
    error: {
      type: 'object',
      required: ['code', 'message'],
      additionalProperties: false,
      properties: {
        code: { type: 'string', pattern: '^[A-Z_]+$' },
        message: { type: 'string' },
        details: { type: 'object' },
        id: { type: 'string' },
      },
    },
  },
};

const TEXT = { type: 'string' };
const ORDER = good('order', {
  type: 'object',
  required: ['id', 'status', 'payment_status'],
  additionalProperties: false,
  properties: {
    id: TEXT,
    status: { enum: ['open', 'in_process', 'shipped', 'delivered', 'canceled', 'error'] },
    payment_status: { enum: ['open', 'instructed', 'received'] },
    tracking: { type: 'object', additionalProperties: false, properties: { id: TEXT, url: TEXT, vendor: TEXT } },
  },
});
const HOOK = good('hook', {
  type: ['object', 'null'],
  required: ['id', 'url', 'events', 'delivered_revision', 'last_revision', 'status'],
  additionalProperties: false,
  properties: {
    id: TEXT,
    url: TEXT,
    events: {
      type: 'array',
      items: { enum: ['order_created', 'order_status_updated', 'order_payment_status_updated'] },
    },
    delivered_revision: { type: 'string', pattern: '^\\d+$' },
    last_revision: { type: 'string', pattern: '^\\d+$' },
    status: { enum: ['active', 'failing', 'paused'] },
    last_error: TEXT,
  },
});

const FEED = good('feed', {
  type: 'object',
  required: ['url', 'status'],
  additionalProperties: false,
  properties: {
    url: TEXT,
    status: { enum: ['importing', 'failing', 'waiting'] },
    next_import: { type: 'string', format: 'date-time' },
    progress: { type: 'object' },
    last_error: TEXT,
  },
});
const NUMBER = { type: 'string', pattern: '^\\d+$' };
/** Shopware Connect shows every number as text. */
const REPORT = {
  type: 'object',
  required: ['id', 'date', 'modified', 'md5', 'size', 'encoding', 'lines', 'warnings', 'errors', 'issue_lines'],
  additionalProperties: false,
  properties: {
    id: NUMBER,
    date: NUMBER,
    modified: NUMBER,
    md5: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    size: NUMBER,
    encoding: TEXT,
    lines: NUMBER,
    warnings: NUMBER,
    errors: NUMBER,
    issue_lines: NUMBER,
  },
};
const MAYBE = { type: ['string', 'null'] };
const ISSUE = {
  type: 'object',
  required: ['severity', 'message', 'parameters', 'line', 'field', 'productId', 'productTitle'],
  additionalProperties: false,
  properties: {
    severity: { enum: ['error', 'warning'] },
    message: TEXT,
    parameters: { type: 'object' },
    line: TEXT,
    field: MAYBE,
    productId: MAYBE,
    productTitle: MAYBE,
  },
};

const REFUSALS: Record<number, string> = {
  400: 'The request is not valid, or the address cannot be a hook',
  401: 'The signature was not made with an active key of the shop',
  403: 'Not allowed for a shop with this role',
  404: 'This shop has no such order, hook, feed or report',
  405: 'Method not allowed; Allow lists the allowed methods',
  409: 'The order cannot change to this status',
  413: 'The body is larger than allowed',
  503: 'A dependency does not answer; try again after Retry-After seconds',
};

export const CONNECT_OTHER_METHODS: OperationResponse = { description: REFUSALS[405] ?? '', schema: CONNECT_ERROR };

/** Shopware Connect's calls, and three of our own (payment, resume, replay). */
export const CONNECT_OPERATIONS: readonly ApiOperation[] = [
  {
    operationId: 'sdkPing',
    method: 'post',
    path: '/sdk/ping',
    summary: 'Return a signed payload, byte for byte',
    bodies: { '*/*': { schema: {} } },
    responses: answers(
      { description: 'The payload', media: { 'application/json': { schema: {} } } },
      400,
      401,
      413,
      503,
    ),
  },
  {
    operationId: 'updateOrderStatus',
    method: 'post',
    path: '/sdk/update-order-status',
    summary: "Change the status of a supplier's order; a merchant may only cancel",
    request: STATUS_BODY,
    responses: answers({ description: 'The order after the change', schema: ORDER }, 400, 401, 403, 404, 409, 413, 503),
  },
  {
    operationId: 'updatePaymentStatus',
    method: 'post',
    path: '/sdk/update-payment-status',
    summary: 'Report whether the merchant has paid (supplier only)',
    request: PAYMENT_BODY,
    responses: answers({ description: 'The order after the change', schema: ORDER }, 400, 401, 403, 404, 409, 413, 503),
  },
  {
    operationId: 'registerHook',
    method: 'post',
    path: '/sdk/hooks',
    summary: 'Send order events to a URL',
    request: HOOK_BODY,
    responses: answers({ description: 'The hook', schema: HOOK }, 400, 401, 413, 503),
  },
  {
    operationId: 'removeHook',
    method: 'delete',
    path: '/sdk/hooks',
    summary: 'Stop sending events to a URL',
    request: HOOK_REMOVAL,
    responses: answers({ description: 'The remaining hook', schema: HOOK }, 400, 401, 413, 503),
  },
  {
    operationId: 'resumeHook',
    method: 'post',
    path: '/sdk/hooks/resume',
    summary: 'Resume a paused or failing hook at once',
    request: HOOK_RESUME,
    responses: answers({ description: 'The hook', schema: HOOK }, 400, 401, 404, 413, 503),
  },
  {
    operationId: 'replayHook',
    method: 'post',
    path: '/sdk/hooks/replay',
    summary: 'Send all events from a revision again',
    request: HOOK_REPLAY,
    responses: answers({ description: 'The hook', schema: HOOK }, 400, 401, 404, 413, 503),
  },
  {
    operationId: 'registerFeed',
    method: 'post',
    path: '/sdk/provider/import-url',
    summary: 'Fetch products from a CSV file, now and every hour',
    request: IMPORT_BODY,
    responses: answers({ description: 'The feed', schema: FEED }, 400, 401, 403, 413, 503),
  },
  {
    operationId: 'readFeed',
    method: 'get',
    path: '/sdk/provider/import-url',
    summary: 'Progress of the feed import',
    responses: answers({ description: 'The feed', schema: FEED }, 401, 404, 503),
  },
  {
    operationId: 'listReports',
    method: 'get',
    path: '/api/provider/reports',
    summary: 'Import reports, newest first',
    responses: answers({ description: 'The reports', schema: { type: 'array', items: REPORT } }, 401, 503),
  },
  {
    operationId: 'readReport',
    method: 'get',
    path: '/api/provider/report/{id}',
    summary: 'One import report, with its issues',
    parameters: [
      { name: 'id', in: 'path', required: true, description: 'reportId from the list', schema: { type: 'string' } },
    ],
    responses: answers(
      {
        description: 'The report',
        schema: {
          ...REPORT,
          required: [...REPORT.required, 'issues'],
          properties: { issues: { type: 'array', items: ISSUE }, ...REPORT.properties },
        },
      },
      401,
      404,
      503,
    ),
  },
];

function good(name: string, schema: object): object {
  return {
    type: 'object',
    required: ['success', name],
    additionalProperties: false,
    properties: { success: { const: true }, [name]: schema },
  };
}

function answers(accepted: ApiOperation['responses'][number], ...refusals: number[]): ApiOperation['responses'] {
  return {
    200: accepted,
    ...Object.fromEntries(
      refusals.map((status) => [status, { description: REFUSALS[status] ?? '', schema: CONNECT_ERROR }]),
    ),
  };
}
