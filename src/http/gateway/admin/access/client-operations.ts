import { OAUTH_SCOPES } from '../../../../ports/access/client-keys.js';
import { MAYBE_TEXT, TIME, record } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';

const SCOPES = { type: 'array', items: { enum: OAUTH_SCOPES } } as const;
const CLIENT = record({
  client_id: { type: 'string' },
  name: { type: 'string' },
  scopes: SCOPES,
  connection: { ...MAYBE_TEXT, description: 'Of the scope open-buy: whose buyers the client searches for' },
  state: { enum: ['active', 'revoked'] },
  secrets: {
    type: 'array',
    items: record({ secret_id: { type: 'string' }, created_at: TIME }),
    description: 'Newest first; nobody can read a secret again',
  },
});
const MADE_CLIENT = record({
  ...CLIENT.properties,
  secret: { ...MAYBE_TEXT, description: 'Made just now; shown once' },
});
const SECRET = { type: 'string', minLength: 16, maxLength: 500, description: 'Without it one is made' } as const;

export const CLIENT_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListClients',
    method: 'get',
    path: '/oauth-clients',
    summary: 'List the OAuth clients, which manage session contexts or search for a buyer (Open Buy)',
    data: record({ clients: { type: 'array', items: CLIENT } }),
  }),
  adminOperation({
    operationId: 'adminAddClient',
    method: 'post',
    path: '/oauth-clients',
    summary: 'Add an OAuth client with a secret, which is shown once',
    request: {
      type: 'object',
      additionalProperties: false,
      required: ['client_id', 'name'],
      properties: {
        client_id: { type: 'string', minLength: 3, maxLength: 100, description: 'Unique among all tenants' },
        name: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
        scopes: { ...SCOPES, uniqueItems: true, description: 'sessioncontext.context_manage by default' },
        connection: { type: 'string', description: 'With the scope open-buy, and only with it' },
        secret: SECRET,
      },
    },
    data: MADE_CLIENT,
    status: 201,
  }),
  adminOperation({
    operationId: 'adminAddClientSecret',
    method: 'post',
    path: '/oauth-clients/{client}/secrets',
    summary: 'Add a secret to an OAuth client; the two newest are valid',
    request: { type: 'object', additionalProperties: false, properties: { secret: SECRET } },
    data: MADE_CLIENT,
    status: 201,
  }),
  adminOperation({
    operationId: 'adminRevokeClientSecret',
    method: 'delete',
    path: '/oauth-clients/{client}/secrets/{secret}',
    summary: 'Revoke a secret of an OAuth client, at once',
    data: CLIENT,
  }),
  adminOperation({
    operationId: 'adminRevokeClient',
    method: 'delete',
    path: '/oauth-clients/{client}',
    summary: 'End an OAuth client with its secrets and tokens, at once',
    data: record({ revoked: { const: true } }),
  }),
];
