import { LONGEST_TENANT_NAME } from '../../../../domain/access/tenant.js';
import { API_SCOPES } from '../../../../ports/access/client-keys.js';
import { MAYBE_TEXT, TIME, record } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';

const TENANT = record({
  tenant_id: { type: 'string' },
  name: { type: 'string' },
  version: { type: 'integer' },
  settings: { type: 'object' },
});
const SCOPES = { type: 'array', items: { enum: [...API_SCOPES] } } as const;
const MAYBE_TIME = { anyOf: [TIME, { type: 'null' }] } as const;
const KEY = record({
  key_id: { type: 'string' },
  name: { type: 'string' },
  scopes: SCOPES,
  connection: { ...MAYBE_TEXT, description: 'Of the scopes index and open-buy: whose buyers the key is for' },
  state: { enum: ['active', 'expiring', 'expired', 'revoked'] },
  created_at: TIME,
  expires_at: MAYBE_TIME,
  revoked_at: MAYBE_TIME,
});
const MADE_KEY = record({ ...KEY.properties, key: { ...MAYBE_TEXT, description: 'Made just now; shown once' } });

export const TENANT_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminGetTenant',
    method: 'get',
    path: '/tenant',
    summary: "Read the tenant's settings and version",
    data: TENANT,
  }),
  adminOperation({
    operationId: 'adminChangeTenant',
    method: 'patch',
    path: '/tenant',
    summary: 'Change what is named of the tenant, and nothing else',
    guarded: true,
    request: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        name: { type: 'string', description: `For people; 1 to ${LONGEST_TENANT_NAME} characters` },
        settings: { type: 'object', description: 'Merged into those that are there; null takes a setting back' },
        all_settings: { type: 'object', description: 'In place of all that are there' },
      },
    },
    data: TENANT,
  }),
  adminOperation({
    operationId: 'adminListKeys',
    method: 'get',
    path: '/keys',
    summary: 'List the API keys of the tenant',
    data: record({ keys: { type: 'array', items: KEY } }),
  }),
  adminOperation({
    operationId: 'adminCreateKey',
    method: 'post',
    path: '/keys',
    summary: 'Create an API key, which is shown once',
    request: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'scopes'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
        scopes: { ...SCOPES, minItems: 1, uniqueItems: true },
        connection: { type: 'string', description: 'With the scopes index and open-buy, and only with them' },
      },
    },
    data: MADE_KEY,
    status: 201,
  }),
  adminOperation({
    operationId: 'adminRotateKey',
    method: 'post',
    path: '/keys/{key}/rotate',
    summary: 'Create a key with the name and scopes of an old one, which works for some days more',
    request: {
      type: 'object',
      additionalProperties: false,
      properties: { grace_days: { type: 'integer', minimum: 0, maximum: 365, description: '7 by default' } },
    },
    data: MADE_KEY,
    status: 201,
  }),
  adminOperation({
    operationId: 'adminRevokeKey',
    method: 'delete',
    path: '/keys/{key}',
    summary: 'Revoke an API key, at once',
    data: record({ revoked: { const: true } }),
  }),
];
