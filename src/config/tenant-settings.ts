import { Ajv, type ValidateFunction } from 'ajv';
import { ORDER_STATUSES } from '../domain/orders/connect-order.js';
import { ACCESS_POLICY_PROPERTIES, isNetworkText } from './network-text.js';
import { type Outcome, accept } from '../domain/error-codes.js';
import type { TenantSettings } from '../domain/access/tenant.js';
import { faultOf, refuseSettings } from './connection-settings.js';

/** The JSON settings document of a tenant (fields: domain/access/tenant.ts). */
export const TENANT_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    frontendOrigins: { type: 'array', maxItems: 50, items: { type: 'string', format: 'origin' }, default: [] },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    messageDays: { type: 'integer', minimum: 1, maximum: 400 },
    cartDays: { type: 'integer', minimum: 1, maximum: 4000 },
    sessionDays: { type: 'integer', minimum: 1, maximum: 4000 },
    customerKeys: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        required: ['kid', 'alg'],
        // `d` and `k` are the private parts.
        properties: { kid: { type: 'string' }, alg: { type: 'string' }, d: false, k: false },
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

function compiled(): ValidateFunction<TenantSettings> {
  const ajv = new Ajv({ allErrors: true, useDefaults: true, strictTypes: false, verbose: true });
  ajv.addFormat('origin', (text: string) => URL.canParse(text) && new URL(text).origin === text);
  ajv.addFormat('network', isNetworkText);
  return ajv.compile<TenantSettings>(TENANT_SCHEMA);
}

/** Compiled by the first use, so that the start is quick. */
let check: ValidateFunction<TenantSettings> | undefined;

/** A tenant's settings; refuses INVALID_REQUEST with the paths of all faults at once. */
export function tenantSettings(document: unknown): Outcome<TenantSettings> {
  const validate = (check ??= compiled());
  const settings: unknown = structuredClone(document);
  return validate(settings) ? accept(settings) : refuseSettings((validate.errors ?? []).map(faultOf));
}
