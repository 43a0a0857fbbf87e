import type { ApiOperation, MediaBody, OperationParameter } from '../openapi/api-operation.js';
import { ANALYTICS_ANSWER, ANALYTICS_QUERY } from './analytics-call.js';
import {
  BATCH_ANSWER,
  BATCH_BODY,
  CANCEL_ANSWER,
  LIST_ANSWER,
  LIST_QUERY,
  SESSION_ANSWER,
} from './sessions/session-view.js';
import { INDEX_FORMATS } from '../../domain/catalogue/catalogue-index.js';
import { MESSAGES_ANSWER, MESSAGES_QUERY, MESSAGE_LIST_QUERY } from './message-calls.js';
import { ID, IDEMPOTENCY_KEY, TOKEN, answers, pages, queryOf, withPages } from './openapi-answers.js';
import { SETUP_OPERATIONS } from './setup/openapi-operations.js';
import { TRANSFER_ANSWER, TRANSFER_QUERY } from './transfer/transfer-route.js';

const MESSAGES_MEANING =
  'A page of documents: up to the limit and 4 MiB, or one larger document; next_cursor is present if there are more';
const ORDER_MESSAGE: MediaBody = {
  schema: { type: 'string', description: 'A cXML document with a PunchOutOrderMessage' },
};
const OCI_CART: MediaBody = {
  schema: { type: 'object', additionalProperties: { type: 'string' } },
  example:
    'NEW_ITEM-DESCRIPTION[1]=Premium+Widget&NEW_ITEM-QUANTITY[1]=2&NEW_ITEM-UNIT[1]=EA&' +
    'NEW_ITEM-PRICE[1]=499.99&NEW_ITEM-CURRENCY[1]=EUR&NEW_ITEM-VENDORMAT[1]=SKU-001',
};
const TRANSFERS: Pick<ApiOperation, 'operationId' | 'path' | 'summary' | 'bodies'>[] = [
  {
    operationId: 'transferCart',
    path: '/v1/punchout/transfer',
    summary: 'Transfer a cart that the shop built itself; the same document again gets the same answer',
    bodies: { 'application/xml': ORDER_MESSAGE, 'text/xml': ORDER_MESSAGE },
  },
  {
    operationId: 'transferOciCart',
    path: '/v1/punchout/oci/transfer',
    summary: 'The same as an OCI form',
    bodies: { 'application/x-www-form-urlencoded': OCI_CART, 'multipart/form-data': { schema: OCI_CART.schema } },
  },
];

const INDEX_PARAMETERS: OperationParameter[] = [
  { name: 'connection', in: 'path', required: true, description: 'That of the key', schema: { type: 'string' } },
  { name: 'format', in: 'path', required: true, description: 'Of the file', schema: { enum: [...INDEX_FORMATS] } },
  {
    name: 'address_id',
    in: 'query',
    required: false,
    description: 'Of ShipTo: the index with the prices of its customer. Absent: that of the usual customer',
    schema: { type: 'string', minLength: 1 },
  },
  {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'ETag of the file that is there already',
    schema: { type: 'string' },
  },
];
const FILE = { schema: { type: 'string' } };
const INDEX_FILES: Record<string, MediaBody> = {
  'application/xml': FILE,
  'text/plain': FILE,
  'text/csv': FILE,
  'text/tab-separated-values': FILE,
  'application/json': { schema: { type: 'object' } },
};

/** The PunchOut Session API. */
export const GATEWAY_OPERATIONS: readonly ApiOperation[] = [
  ...SETUP_OPERATIONS,
  {
    operationId: 'getSession',
    method: 'get',
    path: '/v1/punchout/sessions/{id}',
    summary: 'Read a session with its current cart',
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
    operationId: 'listSessionMessages',
    method: 'get',
    path: '/v1/punchout/sessions/{id}/messages',
    summary: 'Every document of a session, in and out, without secrets; oldest first',
    scope: 'read',
    parameters: [ID, ...queryOf(MESSAGES_QUERY)],
    responses: answers({ 200: [MESSAGES_MEANING, MESSAGES_ANSWER] }, 400, 401, 404, 503),
  },
  {
    operationId: 'listRefusedMessages',
    method: 'get',
    path: '/v1/punchout/messages',
    summary:
      'Call-ups without a session, with their reasons and answers, newest first; with refused, code or reference ' +
      'every refused request that fits',
    scope: 'read',
    parameters: queryOf(MESSAGE_LIST_QUERY),
    responses: answers({ 200: [MESSAGES_MEANING, MESSAGES_ANSWER] }, 400, 401, 503),
  },
  {
    operationId: 'cancelSession',
    method: 'post',
    path: '/v1/punchout/sessions/{id}/cancel',
    summary: 'Cancel a session; repeating it gives the same answer',
    scope: 'write',
    parameters: [ID, IDEMPOTENCY_KEY],
    responses: answers({ 200: ['The session is cancelled', CANCEL_ANSWER] }, 400, 401, 404, 409, 410, 413, 503),
  },
  {
    operationId: 'batchSessions',
    method: 'post',
    path: '/v1/punchout/sessions/batch',
    summary: 'Read or cancel up to 100 sessions, with one result each',
    scope: 'read',
    parameters: [IDEMPOTENCY_KEY],
    request: BATCH_BODY,
    responses: answers({ 200: ['A result for each id, in their order', BATCH_ANSWER] }, 400, 401, 409, 413, 503),
  },
  ...TRANSFERS.map(({ operationId, path, summary, bodies }): ApiOperation => ({
    operationId,
    method: 'post',
    path,
    summary,
    scope: 'write',
    parameters: [...queryOf(TRANSFER_QUERY), IDEMPOTENCY_KEY],
    bodies,
    responses: withPages(
      {
        200: [
          'The payload is stored. A browser gets the page that carries it, others its parts and the page address',
          TRANSFER_ANSWER,
        ],
      },
      400,
      401,
      404,
      405,
      409,
      410,
      413,
      422,
      503,
    ),
  })),
  {
    operationId: 'returnPage',
    method: 'get',
    path: '/v1/punchout/return/{id}',
    summary: 'The page that carries a transferred cart to the buyer, for 24 hours; its address comes from a transfer',
    open: true,
    parameters: [ID, TOKEN],
    responses: pages({ 200: 'The page, which submits itself' }, 400, 401, 404, 405, 409, 503),
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
  {
    operationId: 'fetchIndex',
    method: 'get',
    path: '/v1/punchout/indexes/{connection}/{format}',
    summary: "Fetch the newest index of a connection, as the buyer's system; HEAD too",
    scope: 'index',
    parameters: INDEX_PARAMETERS,
    responses: {
      200: { description: 'The file. ETag and Last-Modified stay while its bytes do', media: INDEX_FILES },
      304: { description: 'Unchanged since If-None-Match or If-Modified-Since' },
      ...answers({}, 400, 401, 404, 503),
    },
  },
];
