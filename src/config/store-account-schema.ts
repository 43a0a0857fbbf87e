import { CUSTOMER_SESSIONS } from '../domain/access/connection.js';
import { SHIP_TO_POLICIES } from '../domain/access/store-customer.js';

/** A customer of the shop (domain/access/store-customer.ts). */
export const STORE_CUSTOMER_SCHEMA = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: {
    number: { type: 'string', minLength: 1, maxLength: 255 },
    email: { type: 'string', minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' },
  },
} as const;

/** Whose prices a connection's buyers get, and in which sessions (domain/access/connection.ts). */
export const STORE_ACCOUNT_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  default: {},
  properties: {
    customer: STORE_CUSTOMER_SCHEMA,
    customerRules: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        required: ['customer'],
        // The customer, and one thing that a call-up says.
        minProperties: 2,
        maxProperties: 2,
        additionalProperties: false,
        properties: {
          extrinsic: {
            type: 'object',
            required: ['name', 'value'],
            additionalProperties: false,
            properties: {
              name: { type: 'string', minLength: 1, maxLength: 255 },
              value: { type: 'string', minLength: 1, maxLength: 255 },
            },
          },
          credential: {
            type: 'object',
            required: ['identity'],
            additionalProperties: false,
            properties: {
              domain: { type: 'string', minLength: 1, maxLength: 100 },
              identity: { type: 'string', minLength: 1, maxLength: 255 },
            },
          },
          customer: STORE_CUSTOMER_SCHEMA,
        },
      },
      default: [],
    },
    shipTo: { enum: SHIP_TO_POLICIES, default: 'ignore' },
    session: { enum: CUSTOMER_SESSIONS },
  },
} as const;
