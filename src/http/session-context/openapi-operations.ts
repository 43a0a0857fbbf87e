import type { ApiOperation, OperationParameter, OperationResponse } from '../openapi/api-operation.js';
import {
  ATTRIBUTE_BODY,
  CONTEXT_ANSWER,
  CONTEXT_BODY,
  CONTEXT_ERROR,
  OWN_CONTEXT_BODY,
  TOKEN_ANSWER,
  TOKEN_ERROR,
} from './context-schemas.js';
import { SCOPE } from './envelope.js';

const REFUSALS: Record<number, string> = {
  400: 'A field is invalid or unknown, or the shop does not offer the requested value',
  401: 'The token is missing, expired, modified, or belongs to another tenant',
  403: 'The token lacks the scope, or belongs to another customer',
  404: 'Session not found',
  405: 'Method not allowed; Allow lists the allowed methods',
  409: 'metadata.version is missing or stale, the cart is being changed, or the session has ended',
  413: 'The body is larger than allowed',
  429: 'Too many requests; try again after Retry-After seconds',
  503: 'A dependency does not answer; try again after Retry-After seconds',
};

const refused = (...statuses: number[]): ApiOperation['responses'] =>
  Object.fromEntries(
    statuses.map((status) => [status, { description: REFUSALS[status] ?? '', schema: CONTEXT_ERROR }]),
  );
export const SESSION_CONTEXT_OTHER_METHODS: OperationResponse = {
  description: REFUSALS[405] ?? '',
  schema: CONTEXT_ERROR,
};
const ALWAYS = [400, 401, 403, 404, 429, 503];
const DONE = { 204: { description: 'Done' } };

const TENANT: OperationParameter = {
  name: 'tenant',
  in: 'path',
  required: true,
  description: 'Tenant, in lower case',
  schema: { type: 'string', minLength: 3, maxLength: 16, pattern: '^[a-z][a-z0-9]+$' },
};
const SESSION: OperationParameter = {
  name: 'sessionId',
  in: 'path',
  required: true,
  description: 'For a punchout: its session_id',
  schema: { type: 'string' },
};
const NAME: OperationParameter = {
  name: 'name',
  in: 'path',
  required: true,
  description: 'Name of the attribute',
  schema: { type: 'string' },
};
const MANAGED = '/session-context/{tenant}/context/{sessionId}';
const OWN = '/session-context/{tenant}/me/context';

const TOKEN_FORM = {
  type: 'object',
  required: ['grant_type'],
  properties: {
    grant_type: { const: 'client_credentials' },
    client_id: { type: 'string' },
    client_secret: { type: 'string' },
    scope: { type: 'string', description: `Separated by spaces; default is all scopes of the client: ${SCOPE}` },
  },
};

export const SESSION_CONTEXT_OPERATIONS: readonly ApiOperation[] = [
  {
    operationId: 'getAccessToken',
    method: 'post',
    path: '/oauth/token',
    summary: 'Get an access token by client credentials (RFC 6749), with HTTP Basic or in the form',
    open: true,
    bodies: {
      'application/x-www-form-urlencoded': {
        schema: TOKEN_FORM,
        example: 'grant_type=client_credentials&client_id=demo-client&client_secret=…',
      },
    },
    responses: {
      200: { description: 'The token', schema: TOKEN_ANSWER },
      400: { description: 'The request is not valid', schema: TOKEN_ERROR },
      401: { description: 'The client credentials are not valid', schema: TOKEN_ERROR },
      405: { description: REFUSALS[405] ?? '', schema: TOKEN_ERROR },
      413: { description: REFUSALS[413] ?? '', schema: TOKEN_ERROR },
      429: { description: REFUSALS[429] ?? '', schema: TOKEN_ERROR },
      503: { description: REFUSALS[503] ?? '', schema: TOKEN_ERROR },
    },
  },
  {
    operationId: 'getContext',
    method: 'get',
    path: MANAGED,
    summary: 'Retrieve a session context',
    scope: SCOPE,
    parameters: [TENANT, SESSION],
    responses: { 200: { description: 'The context', schema: CONTEXT_ANSWER }, ...refused(...ALWAYS) },
  },
  {
    operationId: 'putContext',
    method: 'put',
    path: MANAGED,
    summary: 'Update a session context; absent fields stay unchanged',
    scope: SCOPE,
    parameters: [
      TENANT,
      SESSION,
      {
        name: 'upsert',
        in: 'query',
        required: false,
        description: 'true creates a context that does not exist',
        schema: { type: 'string', enum: ['true', 'false'] },
      },
      {
        name: 'saas-token',
        in: 'header',
        required: false,
        description:
          "Customer's token if the context belongs to a logged-in customer; must match customerId in the body",
        schema: { type: 'string' },
      },
    ],
    request: CONTEXT_BODY,
    responses: { ...DONE, ...refused(...ALWAYS, 409, 413) },
  },
  {
    operationId: 'addContextAttribute',
    method: 'post',
    path: `${MANAGED}/attributes`,
    summary: 'Set an attribute',
    scope: SCOPE,
    parameters: [TENANT, SESSION],
    request: ATTRIBUTE_BODY,
    responses: { ...DONE, ...refused(...ALWAYS, 413) },
  },
  {
    operationId: 'removeContextAttribute',
    method: 'delete',
    path: `${MANAGED}/attributes/{name}`,
    summary: 'Remove an attribute',
    scope: SCOPE,
    parameters: [TENANT, SESSION, NAME],
    responses: { ...DONE, ...refused(...ALWAYS) },
  },
  {
    operationId: 'getOwnContext',
    method: 'get',
    path: OWN,
    summary: "The session's own context, by its cookie or its customer's token",
    open: true,
    parameters: [TENANT],
    responses: { 200: { description: 'The context', schema: CONTEXT_ANSWER }, ...refused(...ALWAYS) },
  },
  {
    operationId: 'patchOwnContext',
    method: 'patch',
    path: OWN,
    summary: 'Change it; fields that a session may not change are ignored',
    open: true,
    parameters: [TENANT],
    request: OWN_CONTEXT_BODY,
    responses: { ...DONE, ...refused(...ALWAYS, 409, 413) },
  },
  {
    operationId: 'addOwnContextAttribute',
    method: 'post',
    path: `${OWN}/attributes`,
    summary: 'Set an attribute of the own context',
    open: true,
    parameters: [TENANT],
    request: ATTRIBUTE_BODY,
    responses: { 201: { description: 'Its name', schema: { type: 'string' } }, ...refused(...ALWAYS, 413) },
  },
  {
    operationId: 'removeOwnContextAttribute',
    method: 'delete',
    path: `${OWN}/attributes/{name}`,
    summary: 'Remove an attribute of the own context',
    open: true,
    parameters: [TENANT, NAME],
    responses: { ...DONE, ...refused(...ALWAYS) },
  },
];
