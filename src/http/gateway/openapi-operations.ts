import type { ApiOperation, MediaBody, OperationParameter, OperationResponse } from '../openapi/api-operation.js';
import { ERROR_SCHEMA, STARTED_SCHEMA } from './api/answer-schemas.js';
import { ANALYTICS_ANSWER, ANALYTICS_QUERY } from './analytics-call.js';
import {
  BATCH_ANSWER,
  BATCH_BODY,
  CANCEL_ANSWER,
  LIST_ANSWER,
  LIST_QUERY,
  SESSION_ANSWER,
} from './sessions/session-view.js';
import { MESSAGES_ANSWER, MESSAGES_QUERY, MESSAGE_LIST_QUERY } from './message-calls.js';
import { SETUP_SCHEMA } from './setup/json-setup-route.js';
import { TRANSFER_ANSWER, TRANSFER_QUERY } from './transfer/transfer-route.js';

const REFUSALS: Record<number, string> = {
  400: 'The request is not valid',
  401: 'The API key is missing, unknown, revoked or lacks the scope',
  403: 'The credentials may not be used from this address, or the session is read-only',
  422: 'The cart, or the return address, is refused by the rules of the connection',
  404: 'Unknown, or belongs to another tenant',
  405: 'Method not allowed; Allow lists the allowed methods',
  409: 'The session was transferred or ordered, or the Idempotency-Key was used for another request',
  410: 'The session has expired',
  413: 'The body is larger than allowed',
  429: 'Too many requests; try again after Retry-After seconds',
  503: 'A dependency does not answer; try again after Retry-After seconds',
};

/** Every operation may be refused by allow-lists and rate limits. */
const ALWAYS = [403, 429];

/** Descriptions of parameters; the schemas hold the allowed values. */
const MEANINGS: Record<string, string> = {
  session_id: 'Id of the session; without it BuyerCookie must match exactly one live session',
  status: 'Only sessions with this status',
  protocol: 'Only sessions of this protocol',
  from_date: 'From this day or time on (UTC if there is no offset)',
  to_date: 'Up to this day or time, inclusive',
  page: 'Page number, 1 by default; pages by number end at 10,000 sessions, totals are counted up to 1,000',
  limit: 'Sessions per page, 20 by default',
  cursor: 'next_cursor of the previous page; replaces page and reaches any depth',
  period: 'Length of the range before to_date if from_date is absent; month by default',
  group_by: 'Buckets of the timeline, day by default; weeks begin on Monday',
  currency: "Currency of the amounts; the tenant's by default",
};

const text = (maxLength: number): object => ({ type: 'string', maxLength });
/**
 * Form of OCI 4.0's call-up. A connection may use other names for the first three fields. More parameters are allowed.
 */
const OCI_FORM = {
  type: 'object',
  properties: {
    HOOK_URL: text(2048),
    USERNAME: text(255),
    PASSWORD: text(255),
    FUNCTION: text(40),
    PRODUCTID: text(255),
    QUANTITY: text(40),
    SEARCHSTRING: text(1000),
    LANGUAGE: text(20),
    CURRENCY: text(3),
  },
};

const CXML_EXAMPLE = `<cXML payloadID="1234567890" timestamp="2024-01-15T10:30:00Z">
  <Header>
    <From><Credential domain="NetworkId"><Identity>buyer@company.com</Identity></Credential></From>
    <To><Credential domain="DUNS"><Identity>123456789</Identity></Credential></To>
    <Sender>
      <Credential domain="NetworkId">
        <Identity>buyer@company.com</Identity><SharedSecret>…</SharedSecret>
      </Credential>
      <UserAgent>erp</UserAgent>
    </Sender>
  </Header>
  <Request>
    <PunchOutSetupRequest operation="create">
      <BuyerCookie>BUYER_COOKIE_123</BuyerCookie>
      <BrowserFormPost><URL>https://erp.company.com/punchout/return</URL></BrowserFormPost>
    </PunchOutSetupRequest>
  </Request>
</cXML>`;

const ID: OperationParameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'session_id',
  schema: { type: 'string' },
};
const TOKEN: OperationParameter = {
  name: 'token',
  in: 'query',
  required: true,
  description: 'Token from the address that we returned',
  schema: { type: 'string' },
};
const IDEMPOTENCY_KEY: OperationParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'For 24 hours a repeated request with the same key gets the same answer and takes effect once',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};

const CXML: MediaBody = {
  schema: { type: 'string', description: 'A cXML document: PunchOutSetupRequest or ProfileRequest' },
  example: CXML_EXAMPLE,
};
const ORDER: MediaBody = {
  schema: {
    type: 'string',
    description: 'A cXML document: OrderRequest. As multipart/related it may have attachments',
  },
};
const CXML_ANSWER: MediaBody = { schema: { type: 'string', description: 'A cXML document' } };
const SENT_ON =
  'A page that redirects the browser to the shop; for VALIDATE and BACKGROUND_SEARCH the form with the answer';
const PAGE: MediaBody = { schema: { type: 'string' } };

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

export const GATEWAY_OTHER_METHODS: OperationResponse = { description: REFUSALS[405] ?? '', schema: ERROR_SCHEMA };
const ORDER_OTHER_METHODS: OperationResponse = { description: REFUSALS[405] ?? '', media: { 'text/xml': CXML_ANSWER } };
const SETUP_OTHER_METHODS: OperationResponse = { ...GATEWAY_OTHER_METHODS, ...ORDER_OTHER_METHODS };

export const GATEWAY_OPERATIONS: readonly ApiOperation[] = [
  {
    operationId: 'setupSession',
    method: 'post',
    path: '/v1/punchout/setup',
    summary: 'Start a punchout session: with JSON and an API key, or as cXML with the credentials in its header',
    scope: 'write',
    parameters: [IDEMPOTENCY_KEY],
    request: SETUP_SCHEMA,
    bodies: { 'application/xml': CXML, 'text/xml': CXML },
    responses: {
      200: {
        description: 'cXML: the answer, or the refusal, in a Status; JSON where a cXML caller asks for it (Accept)',
        schema: STARTED_SCHEMA,
        media: { 'text/xml': CXML_ANSWER },
      },
      ...answers({ 201: ['JSON: the session and where its buyer starts', STARTED_SCHEMA] }, 400, 401, 409, 413, 503),
      405: SETUP_OTHER_METHODS,
    },
  },
  {
    operationId: 'ping',
    method: 'get',
    path: '/v1/punchout/setup',
    summary: "cXML's ping",
    open: true,
    responses: {
      200: { description: 'A Response with Status 200', media: { 'text/xml': CXML_ANSWER } },
      405: SETUP_OTHER_METHODS,
    },
  },
  {
    operationId: 'sendOrder',
    method: 'post',
    path: '/v1/punchout/order',
    summary: 'Send a purchase order as cXML, with the credentials in its header; it is compared with the sent cart',
    open: true,
    bodies: { 'application/xml': ORDER, 'text/xml': ORDER, 'multipart/related': ORDER },
    responses: {
      200: {
        description:
          'Status 200: the order is kept. 201: it is kept, and has mismatches. Any other Status says why it is refused',
        media: { 'text/xml': CXML_ANSWER },
      },
      405: ORDER_OTHER_METHODS,
    },
  },
  {
    operationId: 'pingOrder',
    method: 'get',
    path: '/v1/punchout/order',
    summary: "cXML's ping",
    open: true,
    responses: {
      200: { description: 'A Response with Status 200', media: { 'text/xml': CXML_ANSWER } },
      405: ORDER_OTHER_METHODS,
    },
  },
  ...(['post', 'get'] as const).map((method): ApiOperation => ({
    operationId: method === 'post' ? 'ociSetup' : 'ociSetupByGet',
    method,
    path: '/v1/punchout/oci/setup',
    summary:
      method === 'post'
        ? 'Start a punchout session by OCI'
        : 'The same by GET, if the connection allows it; the address then contains the password',
    open: true,
    ...(method === 'post'
      ? {
          bodies: {
            'application/x-www-form-urlencoded': {
              schema: OCI_FORM,
              example:
                'HOOK_URL=https://erp.company.com/oci/return&USERNAME=buyer@company.com&PASSWORD=SecretPassword123' +
                '&FUNCTION=CREATE_SESSION&LANGUAGE=de&CURRENCY=EUR',
            },
            'multipart/form-data': { schema: OCI_FORM },
          },
        }
      : { parameters: queryOf(OCI_FORM) }),
    responses: pages(
      method === 'post' ? { 200: SENT_ON } : { 200: SENT_ON, 303: 'Redirect to the start link, or to the answer' },
      400,
      401,
      405,
      413,
      503,
    ),
  })),
  {
    operationId: 'ociAnswer',
    method: 'get',
    path: '/v1/punchout/oci/answer/{id}',
    summary: 'The answer to a VALIDATE or BACKGROUND_SEARCH by GET, once',
    open: true,
    parameters: [ID, TOKEN],
    responses: pages({ 200: 'The form with the answer' }, 400, 401, 404, 405, 409, 503),
  },
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
];

function answers(
  good: Record<number, [description: string, schema: object]>,
  ...refusals: number[]
): ApiOperation['responses'] {
  return Object.fromEntries([
    ...Object.entries(good).map(([status, [description, schema]]) => [status, { description, schema }]),
    ...[...refusals, ...ALWAYS].map((status) => [
      status,
      { description: REFUSALS[status] ?? '', schema: ERROR_SCHEMA },
    ]),
  ]);
}

/** JSON, or a page for a browser that asks for HTML. */
function withPages(...of: Parameters<typeof answers>): ApiOperation['responses'] {
  return Object.fromEntries(
    Object.entries(answers(...of)).map(([status, response]) => [status, { ...response, media: { 'text/html': PAGE } }]),
  );
}

/** Always HTML. */
function pages(good: Record<number, string>, ...refusals: number[]): ApiOperation['responses'] {
  const told = [
    ...Object.entries(good),
    ...[...refusals, ...ALWAYS].map((status): [string, string] => [String(status), REFUSALS[status] ?? '']),
  ];
  return Object.fromEntries(
    told.map(([status, description]) => [
      status,
      { description, ...(status === '303' ? {} : { media: { 'text/html': PAGE } }) },
    ]),
  );
}

function queryOf({ properties }: { properties: Record<string, object> }): OperationParameter[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    description: MEANINGS[name] ?? '',
    schema,
  }));
}
