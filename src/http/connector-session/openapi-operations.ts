import { PROTOCOLS } from '../../domain/transmission/protocol.js';
import { PAGE_KINDS } from '../answers/refused-page.js';
import type { ApiOperation, MediaBody, OperationParameter, OperationResponse } from '../openapi/api-operation.js';

const PAGE: Record<string, MediaBody> = { 'text/html': { schema: { type: 'string' } } };
const ERROR = {
  type: 'object',
  required: ['error'],
  additionalProperties: false,
  properties: {
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

const SESSION_PROPERTIES = {
  active: { const: true },
  transmissionId: { type: 'string' },
  protocol: { enum: PROTOCOLS },
  operation: { enum: ['create', 'edit', 'inspect'] },
  status: { type: 'string' },
  expiresAt: { type: 'string', format: 'date-time' },
};
const RESTORED = { type: 'array', items: { type: 'object' } };
/** Present only while lines of a large cart are still being restored. */
const RESTORING = { const: true };
const SESSION = {
  type: 'object',
  required: Object.keys(SESSION_PROPERTIES),
  additionalProperties: false,
  properties: { ...SESSION_PROPERTIES, restored: RESTORED, restoring: RESTORING },
};
const LOGGED_IN = {
  type: 'object',
  required: [...Object.keys(SESSION_PROPERTIES), 'location', 'restored'],
  additionalProperties: false,
  properties: { ...SESSION_PROPERTIES, location: { type: 'string' }, restored: RESTORED, restoring: RESTORING },
};
const NO_SESSION = {
  type: 'object',
  required: ['active'],
  additionalProperties: false,
  properties: { active: { const: false } },
};
const SENT = {
  type: 'object',
  required: ['active', 'transmissionId', 'status', 'resend', 'expiresAt'],
  additionalProperties: false,
  properties: {
    active: { const: false },
    transmissionId: { type: 'string' },
    status: { enum: ['transferred', 'closed'] },
    resend: { type: 'string' },
    expiresAt: { type: 'string', format: 'date-time' },
  },
};
const FIELDS = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'value'],
    additionalProperties: false,
    properties: { name: { type: 'string' }, value: { type: 'string' } },
  },
};
const ENDED = {
  type: 'object',
  required: ['active', 'transmissionId', 'status'],
  additionalProperties: false,
  properties: {
    active: { const: false },
    transmissionId: { type: 'string' },
    status: { enum: ['closed', 'closing', 'transferred', 'order_created', 'cancelled', 'expired'] },
  },
};

const OPEN_PAGE = {
  type: 'object',
  required: ['active', 'blocked'],
  additionalProperties: false,
  properties: { active: { type: 'boolean' }, blocked: { const: false } },
};
const CLOSED_PAGE = {
  type: 'object',
  required: ['active', 'blocked', 'code', 'message', 'cart'],
  additionalProperties: false,
  properties: {
    active: { const: true },
    blocked: { const: true },
    code: { const: 'ROUTE_BLOCKED' },
    message: { type: 'string' },
    cart: { type: 'string' },
  },
};

const REFUSALS: Record<number, string> = {
  400: 'The session was cancelled, transferred, ordered or ended; or the body or a parameter cannot be read',
  401: 'The start token is missing or wrong',
  403: 'This session is read-only',
  404: 'There is no such session',
  405: 'Method not allowed; Allow lists the allowed methods',
  409:
    'Another session is active in this browser, or another browser claimed this session; there is no session; ' +
    'its cart is empty; or the shop changed the cart and the buyer must confirm it',
  410: 'The session or its start link has expired',
  413: 'The body is too large',
  422: 'The cart cannot be encoded for the procurement system, or its return address is not allowed',
  429: 'Too many requests; try again after Retry-After seconds',
  503: 'A dependency does not answer; try again after Retry-After seconds',
};

const ID: OperationParameter = {
  name: 'transmissionId',
  in: 'path',
  required: true,
  description: 'From the start link',
  schema: { type: 'string' },
};
const TOKEN: OperationParameter = {
  name: 'token',
  in: 'query',
  required: false,
  description: 'From the start link; valid once',
  schema: { type: 'string' },
};
const flag = (name: string, description: string): OperationParameter => ({
  name,
  in: 'query',
  required: false,
  description,
  schema: { enum: ['true', 'false', '1', '0'] },
});
const CONFIRMED: OperationParameter = {
  name: 'confirmed',
  in: 'query',
  required: false,
  description: '`details.confirm` of a refusal with CART_CHANGED: the buyer wants to send the changed cart',
  schema: { type: 'string' },
};
const CALLS = [
  ['get', 'ByGet'],
  ['post', ''],
] as const;

export const CONNECTOR_SESSION_OTHER_METHODS: OperationResponse = {
  description: REFUSALS[405] ?? '',
  schema: ERROR,
  media: PAGE,
};

/** The connector session. Every path answers a navigation with a page and a program with JSON. */
export const CONNECTOR_SESSION_OPERATIONS: readonly ApiOperation[] = [
  ...CALLS.map(([method, suffix]): ApiOperation => ({
    operationId: `login${suffix}`,
    method,
    path: '/agiqon/connector/session/login/{transmissionId}',
    summary: 'Log the buyer in and redirect to the shop',
    parameters: [ID, TOKEN],
    responses: answers(
      {
        200: {
          description: 'JSON: the session and its next address. HTML: a page that asks for a click or for cookies',
          schema: LOGGED_IN,
          media: PAGE,
        },
        303: { description: 'Into the shop' },
      },
      400,
      401,
      404,
      409,
      410,
      503,
    ),
  })),
  ...CALLS.map(([method, suffix]): ApiOperation => ({
    operationId: `sso${suffix}`,
    method,
    path: '/sso',
    summary: 'Log in a buyer sent by a middleware: the same login, with the token only',
    parameters: [TOKEN],
    responses: answers(
      {
        200: {
          description: 'JSON: the session and its next address. HTML: a page that asks for a click or for cookies',
          schema: LOGGED_IN,
          media: PAGE,
        },
        303: { description: 'Into the shop' },
      },
      400,
      401,
      404,
      409,
      410,
      503,
    ),
  })),
  {
    operationId: 'currentSession',
    method: 'get',
    path: '/agiqon/connector/session/get',
    summary: 'The live session of this browser, or the cart that it sent',
    responses: answers(
      {
        200: {
          description: 'The session. After a transfer: no session, and how to send the cart again',
          schema: { anyOf: [SESSION, SENT, NO_SESSION] },
        },
      },
      503,
    ),
  },
  {
    operationId: 'guardDecision',
    method: 'get',
    path: '/agiqon/connector/session/guard',
    summary: 'Whether the route guard blocks a page for this browser, for frontends with client-side navigation',
    parameters: [
      {
        name: 'path',
        in: 'query',
        required: false,
        description: 'Path of the page in the shop',
        schema: { type: 'string' },
      },
      {
        name: 'route',
        in: 'query',
        required: false,
        description: 'Name of the route; either path or route is required',
        schema: { type: 'string' },
      },
    ],
    responses: answers(
      {
        200: {
          description: 'Allowed, or blocked with the address to go to instead',
          schema: { anyOf: [OPEN_PAGE, CLOSED_PAGE] },
        },
      },
      400,
      503,
    ),
  },
  {
    operationId: 'restoredLines',
    method: 'get',
    path: '/agiqon/connector/session/restored',
    summary: 'Shows the buyer which lines of the edited cart differ',
    responses: answers(
      {
        200: { description: 'A page', media: PAGE },
        303: { description: 'Redirect to the cart: all lines are unchanged' },
      },
      409,
      503,
    ),
  },
  {
    operationId: 'restoringLines',
    method: 'get',
    path: '/agiqon/connector/session/restoring',
    summary: 'Waits for the lines of a large edited cart',
    responses: answers(
      {
        200: {
          description: 'Still restoring: a page that reloads, or JSON',
          schema: {
            type: 'object',
            required: ['restoring', 'location'],
            additionalProperties: false,
            properties: { restoring: { type: 'boolean' }, location: { type: 'string' } },
          },
          media: PAGE,
        },
        303: { description: 'They are there' },
      },
      409,
      503,
    ),
  },
  ...['', '/{transmissionId}'].map((about): ApiOperation => ({
    operationId: about === '' ? 'reportRefusedPage' : 'reportRefusedSessionPage',
    method: 'post',
    path: `/agiqon/connector/session/report/{page}${about}`,
    summary: 'For browsers: what the policy of our page made them refuse (report-uri)',
    parameters: [
      {
        name: 'page',
        in: 'path',
        required: true,
        description: 'Kind of the page; a report about any other is dropped',
        schema: { enum: PAGE_KINDS },
      },
      ...(about === '' ? [] : [ID]),
    ],
    bodies: {
      'application/csp-report': { schema: { type: 'object', properties: { 'csp-report': { type: 'object' } } } },
    },
    responses: answers({ 204: { description: 'Taken' } }, 400, 413, 503),
  })),
  ...CALLS.map(([method, suffix]): ApiOperation => ({
    operationId: `logout${suffix}`,
    method,
    path: '/agiqon/connector/session/logout',
    summary: 'End the session: with transferred=1 the cart goes to the buyer',
    parameters: [
      flag('transferred', 'Transfer the cart'),
      flag('unchanged', "With transferred: the buyer's system keeps its cart unchanged"),
      CONFIRMED,
    ],
    responses: answers(
      {
        200: {
          description: 'JSON: the form that carries the cart, or the ended session. HTML: the page that submits it',
          schema: {
            anyOf: [
              NO_SESSION,
              ENDED,
              {
                type: 'object',
                required: ['method', 'action', 'fields', 'target', 'charset', 'payloadId'],
                properties: {
                  method: { const: 'post' },
                  action: { type: 'string' },
                  fields: FIELDS,
                  target: { type: 'string' },
                  charset: { type: 'string' },
                  payloadId: { type: 'string' },
                },
              },
            ],
          },
          media: PAGE,
        },
      },
      400,
      403,
      409,
      410,
      422,
      503,
    ),
  })),
  ...CALLS.map(([method, suffix]): ApiOperation => ({
    operationId: `logoutRedirect${suffix}`,
    method,
    path: '/agiqon/connector/session/logout/redirect',
    summary: 'End the session and go to the shop',
    responses: answers(
      {
        200: { description: 'A page that asks for confirmation: the request came from another site', media: PAGE },
        303: { description: 'To the shop' },
      },
      503,
    ),
  })),
];

function answers(good: ApiOperation['responses'], ...refusals: number[]): ApiOperation['responses'] {
  return {
    ...good,
    ...Object.fromEntries(
      [...refusals, 429].map((status) => [status, { description: REFUSALS[status] ?? '', schema: ERROR, media: PAGE }]),
    ),
  };
}
