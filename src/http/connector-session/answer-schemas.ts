import { PROTOCOLS } from '../../domain/transmission/protocol.js';
import type { MediaBody } from '../openapi/api-operation.js';

/** Answers of the connector session, as JSON Schema (2020-12). */
export const PAGE: Record<string, MediaBody> = { 'text/html': { schema: { type: 'string' } } };
export const ERROR = {
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
export const SESSION = {
  type: 'object',
  required: Object.keys(SESSION_PROPERTIES),
  additionalProperties: false,
  properties: { ...SESSION_PROPERTIES, restored: RESTORED, restoring: RESTORING },
};
export const LOGGED_IN = {
  type: 'object',
  required: [...Object.keys(SESSION_PROPERTIES), 'location', 'restored'],
  additionalProperties: false,
  properties: { ...SESSION_PROPERTIES, location: { type: 'string' }, restored: RESTORED, restoring: RESTORING },
};
export const NO_SESSION = {
  type: 'object',
  required: ['active'],
  additionalProperties: false,
  properties: { active: { const: false } },
};
export const SENT = {
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
export const ENDED = {
  type: 'object',
  required: ['active', 'transmissionId', 'status'],
  additionalProperties: false,
  properties: {
    active: { const: false },
    transmissionId: { type: 'string' },
    status: { enum: ['closed', 'closing', 'transferred', 'order_created', 'cancelled', 'expired'] },
  },
};

export const OPEN_PAGE = {
  type: 'object',
  required: ['active', 'blocked'],
  additionalProperties: false,
  properties: { active: { type: 'boolean' }, blocked: { const: false } },
};
export const CLOSED_PAGE = {
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
/** The form that carries the cart to the buyer's system. */
export const CARRYING_FORM = {
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
};
export const STILL_RESTORING = {
  type: 'object',
  required: ['restoring', 'location'],
  additionalProperties: false,
  properties: { restoring: { type: 'boolean' }, location: { type: 'string' } },
};
