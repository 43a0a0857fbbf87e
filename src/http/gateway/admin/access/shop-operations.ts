import { DELIVERY_KEYS, REQUEST_SIGNATURES, SHOP_ROLES } from '../../../../domain/orders/connect-shop.js';
import { MAYBE_TEXT, TIME, record } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';

const SHOP_ID = { type: 'integer', minimum: 1, maximum: 999_999_999 } as const;
const ROLE = { enum: SHOP_ROLES } as const;
const DELIVERY_KEY = {
  enum: DELIVERY_KEYS,
  description: "Key that signs requests to hooks: the hook secret (own), or the shop's key (shared)",
} as const;
const REQUEST_SIGNATURE = {
  enum: REQUEST_SIGNATURES,
  description: "Whether the shop's calls need X-Punchout-Signature",
} as const;
const KEY = { type: 'string', minLength: 16, maxLength: 500, description: 'Without it one is made' } as const;
const SHOP = record({
  shop_id: SHOP_ID,
  name: { type: 'string' },
  role: ROLE,
  connection: { ...MAYBE_TEXT, description: 'Of a merchant: the connection whose orders it gets' },
  delivery_key: DELIVERY_KEY,
  request_signature: REQUEST_SIGNATURE,
  keys: {
    type: 'array',
    items: record({
      key_id: { type: 'string' },
      created_at: TIME,
      expires_at: { anyOf: [TIME, { type: 'null' }] },
    }),
    description: 'Those that are valid, oldest first; nobody can read a key again',
  },
});
const MADE_KEY = record({
  ...SHOP.properties,
  key_id: { ...MAYBE_TEXT, description: 'Of the key that was added just now' },
  key: { ...MAYBE_TEXT, description: 'Made just now; shown once' },
  hook_secret: { ...MAYBE_TEXT, description: 'Verifies our requests to hooks, and nothing else; shown once' },
});

export const SHOP_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListShops',
    method: 'get',
    path: '/shops',
    summary: 'List the ConnectShops with the ids of their keys',
    data: record({ shops: { type: 'array', items: SHOP } }),
  }),
  adminOperation({
    operationId: 'adminSaveShop',
    method: 'post',
    path: '/shops',
    summary: 'Add a ConnectShop with a first key, which is shown once, or change an own one',
    request: {
      type: 'object',
      additionalProperties: false,
      required: ['shop_id', 'name', 'role'],
      properties: {
        shop_id: { ...SHOP_ID, description: 'Unique among all tenants' },
        name: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
        role: ROLE,
        connection: {
          type: 'string',
          minLength: 1,
          maxLength: 100,
          description: SHOP.properties.connection.description,
        },
        delivery_key: DELIVERY_KEY,
        request_signature: REQUEST_SIGNATURE,
      },
    },
    data: MADE_KEY,
  }),
  adminOperation({
    operationId: 'adminAddShopKey',
    method: 'post',
    path: '/shops/{shop}/keys',
    summary: 'Add a key to a ConnectShop; the earlier ones work for some days more',
    request: {
      type: 'object',
      additionalProperties: false,
      properties: {
        grace_days: { type: 'integer', minimum: 0, maximum: 365, description: '7 by default' },
        key: KEY,
      },
    },
    data: MADE_KEY,
    status: 201,
  }),
  adminOperation({
    operationId: 'adminRevokeShopKey',
    method: 'delete',
    path: '/shops/{shop}/keys/{key}',
    summary: 'Revoke a key of a ConnectShop, at once; without keys the shop can call nothing',
    data: SHOP,
  }),
];
