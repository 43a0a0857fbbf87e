import type { FromSchema } from 'json-schema-to-ts';

/** Ids come as text or, out of PHP, as numbers. */
const ID = { type: ['string', 'integer'], maxLength: 255 } as const;

/** Source 004, section 1; limits of DESIGN section 5 and SECURITY T54. What else a middleware sends is left alone. */
export const CLONE_BODY = {
  type: 'object',
  required: ['username', 'api_key', 'end_customer_id', 'session_token', 'operation', 'gateway_base_url'],
  properties: {
    username: { type: 'string', minLength: 1, maxLength: 255 },
    api_key: { type: 'string', minLength: 1, maxLength: 255 },
    end_customer_id: { type: ['integer', 'string'], minimum: 0, maximum: 999_999_999_999_999, pattern: '^\\d{1,15}$' },
    session_token: { type: 'string', minLength: 1, maxLength: 4096 },
    operation: { enum: ['create', 'edit', 'inspect'] },
    gateway_base_url: { type: 'string', minLength: 1, maxLength: 2048, pattern: '^[^?#]*$' },
    selected_item: { type: 'object', properties: { supplier_part_id: ID, supplier_part_auxiliary_id: ID } },
    cart_items: {
      type: 'array',
      maxItems: 5000,
      items: {
        type: 'object',
        required: ['quantity'],
        properties: {
          sku: ID,
          product_id: ID,
          quantity: {
            type: ['integer', 'string'],
            minimum: 1,
            maximum: 1_000_000_000,
            pattern: '^(1000000000|[1-9]\\d{0,8})$',
          },
          // Discounts that are lines of their own have a negative one.
          price: { type: ['number', 'string'], minimum: -1e15, maximum: 1e15, pattern: '^-?\\d{1,15}(\\.\\d{1,10})?$' },
          description: { type: 'string', maxLength: 4000 },
          currency: { type: 'string', pattern: '^[A-Za-z]{3}$' },
        },
      },
    },
  },
} as const;

export type CloneBody = FromSchema<typeof CLONE_BODY>;

/** Query of the categories; without `limit` the whole tree comes at once. */
export const CATEGORIES_QUERY = {
  type: 'object',
  required: ['api_key'],
  properties: {
    api_key: { type: 'string', minLength: 1, maxLength: 255 },
    limit: { type: 'integer', minimum: 1, maximum: 10_000 },
    page: { type: 'integer', minimum: 1, maximum: 1_000_000, default: 1 },
  },
} as const;

export const CLONE_ANSWER = {
  type: 'object',
  required: ['status', 'sso_url'],
  properties: { status: { const: 'ok' }, sso_url: { type: 'string', format: 'uri' } },
} as const;

export const CATEGORIES_ANSWER = {
  type: 'object',
  required: ['status', 'categories'],
  properties: {
    status: { const: 'ok' },
    categories: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name', 'parent_id'],
        properties: {
          id: { type: 'integer', minimum: 1 },
          name: { type: 'string' },
          parent_id: { type: 'integer', minimum: 0 },
        },
      },
    },
    page: { type: 'integer', minimum: 1 },
    total: { type: 'integer', minimum: 0 },
    next_page: { type: ['integer', 'null'] },
  },
} as const;

export const ERROR_ANSWER = {
  type: 'object',
  required: ['status', 'error_code', 'message'],
  properties: {
    status: { const: 'error' },
    error_code: { enum: ['invalid_request', 'unauthorized', 'sso_unavailable', 'internal_error'] },
    message: { type: 'string' },
  },
} as const;
