import { ORDER_STATUSES } from '../domain/orders/order-status.js';
import { ACCESS_POLICY_PROPERTIES } from './access-policy-schema.js';

/** The one JSON document of a tenant (domain/access/tenant.ts says what each field means). */
export const TENANT_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    frontendOrigins: { type: 'array', maxItems: 50, items: { type: 'string', format: 'origin' }, default: [] },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    messageDays: { type: 'integer', minimum: 1, maximum: 400 },
    cartDays: { type: 'integer', minimum: 1, maximum: 4000 },
    customerKeys: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        required: ['kid', 'alg'],
        properties: { kid: { type: 'string' }, alg: { type: 'string' } },
      },
    },
    orderSteps: {
      type: 'object',
      required: ORDER_STATUSES,
      propertyNames: { enum: ORDER_STATUSES },
      additionalProperties: { type: 'array', items: { enum: ORDER_STATUSES } },
    },
    connectionDefaults: { type: 'object', additionalProperties: false, properties: ACCESS_POLICY_PROPERTIES },
  },
} as const;
