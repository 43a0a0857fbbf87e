import { PROFILE_NAMES } from '../../../domain/access/connection.js';
import { PROTOCOLS } from '../../../domain/transmission/protocol.js';
import { MAYBE_TEXT, TIME, record } from '../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from './admin-operation.js';

export const PAGE_QUERY = {
  limit: { type: 'integer', minimum: 1, maximum: 100, description: 'Most rows of a page, 20 by default' },
  cursor: { type: 'string', minLength: 1, maxLength: 300, description: 'next_cursor of the page before' },
} as const;
export const PAGINATION = record({ limit: { type: 'integer' }, next_cursor: MAYBE_TEXT });

const NAME = { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' } as const;
const CREDENTIAL_NAME = {
  type: 'object',
  additionalProperties: false,
  required: ['identity'],
  properties: {
    domain: { type: 'string', maxLength: 255, description: 'Of cXML; absent for OCI' },
    identity: { type: 'string', minLength: 1, maxLength: 255 },
  },
} as const;
const SECRET_WISH = {
  type: 'object',
  additionalProperties: false,
  properties: {
    secret: { type: 'string', minLength: 1, maxLength: 1000, description: 'Absent: one is made, and shown once' },
    recoverable: { type: 'boolean', description: 'Keep a sealed copy too, which a CredentialMac needs' },
  },
} as const;
const SETTINGS = { type: 'object', description: 'As in docs/reference/connection-settings' } as const;

const SECRET = record({ secret_id: { type: 'string' }, created_at: TIME, recoverable: { type: 'boolean' } });
const CREDENTIAL = record({
  credential_id: { type: 'string' },
  domain: MAYBE_TEXT,
  identity: { type: 'string' },
  created_at: TIME,
});
const CONNECTION_MEMBERS = {
  connection_id: { type: 'string' },
  name: { type: 'string' },
  protocol: { enum: PROTOCOLS },
  disabled: { type: 'boolean' },
  disabled_at: { anyOf: [TIME, { type: 'null' }] },
  version: { type: 'integer' },
  created_at: TIME,
  credentials: { type: 'array', items: CREDENTIAL },
  secrets: { type: 'array', items: SECRET },
} as const;
const LISTED_CONNECTION = record(CONNECTION_MEMBERS);
const CONNECTION = record({
  ...CONNECTION_MEMBERS,
  given_settings: { type: 'object', description: 'What somebody has set' },
  settings: { type: 'object', description: 'With the presets of the profile, the defaults of the tenant and ours' },
});
const MADE = record({ ...CONNECTION.properties, secret: { ...MAYBE_TEXT, description: 'Made just now; shown once' } });

export const CONNECTION_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListConnections',
    method: 'get',
    path: '/connections',
    summary: 'List the connections by id, with credentials and the ages of secrets',
    query: PAGE_QUERY,
    data: record({ connections: { type: 'array', items: LISTED_CONNECTION }, pagination: PAGINATION }),
  }),
  adminOperation({
    operationId: 'adminCreateConnection',
    method: 'post',
    path: '/connections',
    summary: 'Create a connection, with a secret that is shown once',
    request: {
      type: 'object',
      additionalProperties: false,
      required: ['connection_id', 'name', 'protocol', 'settings'],
      properties: {
        connection_id: { type: 'string', maxLength: 60 },
        name: NAME,
        protocol: { enum: PROTOCOLS },
        settings: SETTINGS,
        credentials: { type: 'array', maxItems: 20, items: CREDENTIAL_NAME },
        secret: SECRET_WISH,
      },
    },
    data: MADE,
    status: 201,
  }),
  adminOperation({
    operationId: 'adminGetConnection',
    method: 'get',
    path: '/connections/{connection}',
    summary: 'Read a connection with its settings and version',
    data: CONNECTION,
  }),
  adminOperation({
    operationId: 'adminChangeConnection',
    method: 'patch',
    path: '/connections/{connection}',
    summary: 'Change what is named of a connection, and nothing else',
    guarded: true,
    request: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        name: NAME,
        settings: { ...SETTINGS, description: 'Merged into those that were given; null takes a setting back' },
        all_settings: { ...SETTINGS, description: 'In place of all that were given' },
        disabled: { type: 'boolean', description: 'A disabled connection is refused like an unknown one' },
      },
    },
    data: CONNECTION,
  }),
  adminOperation({
    operationId: 'adminRemoveConnection',
    method: 'delete',
    path: '/connections/{connection}',
    summary: 'Remove a connection without live sessions; past sessions stay',
    guarded: true,
    data: record({ removed: { const: true } }),
  }),
  adminOperation({
    operationId: 'adminAddCredential',
    method: 'post',
    path: '/connections/{connection}/credentials',
    summary: 'Add a name that the connection is called up by',
    guarded: true,
    request: CREDENTIAL_NAME,
    data: CONNECTION,
  }),
  adminOperation({
    operationId: 'adminRemoveCredential',
    method: 'delete',
    path: '/connections/{connection}/credentials/{credential}',
    summary: 'Remove a name of a connection',
    guarded: true,
    data: CONNECTION,
  }),
  adminOperation({
    operationId: 'adminAddSecret',
    method: 'post',
    path: '/connections/{connection}/secrets',
    summary: 'Add a secret; the two newest are valid, and none can be read again',
    guarded: true,
    request: SECRET_WISH,
    data: MADE,
    status: 201,
  }),
  adminOperation({
    operationId: 'adminRevokeSecret',
    method: 'delete',
    path: '/connections/{connection}/secrets/{secret}',
    summary: 'Revoke a secret, at once',
    guarded: true,
    data: CONNECTION,
  }),
  adminOperation({
    operationId: 'adminListProfiles',
    method: 'get',
    path: '/profiles',
    summary: 'List the platforms with presets',
    data: record({
      profiles: {
        type: 'array',
        items: record({
          name: { enum: PROFILE_NAMES },
          platform: { type: 'string' },
          protocol: { enum: ['cxml', 'oci'] },
          settings: { type: 'object' },
        }),
      },
    }),
  }),
];
