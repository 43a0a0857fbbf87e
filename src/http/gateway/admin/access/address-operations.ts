import { STORE_CUSTOMER_SCHEMA } from '../../../../config/store-account-schema.js';
import { TIME, record } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';

const TEXT = { type: 'string' } as const;
const CUSTOMER = {
  ...STORE_CUSTOMER_SCHEMA,
  type: ['object', 'null'],
  description: "The shop's customer, by number or e-mail; null: the usual one of the connection",
} as const;

export const ADDRESS_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListAddresses',
    method: 'get',
    path: '/connections/{connection}/addresses',
    summary: 'List the ShipTo address ids of a connection with their customers, unknown ones first',
    query: {
      limit: { type: 'integer', minimum: 1, maximum: 100, description: 'Rows of a page, 20 by default' } as {
        description: string;
      },
      cursor: { ...TEXT, description: '`next_cursor` of the page before' },
      unknown: { type: 'boolean', description: 'Only ids that call-ups named and nobody has decided about' } as {
        description: string;
      },
    },
    data: record({
      addresses: {
        type: 'array',
        items: record({
          address_id: TEXT,
          known: { type: 'boolean', description: 'false: a call-up named it, and nobody has decided about it' },
          customer: CUSTOMER,
          place: { ...TEXT, description: 'Postal code, town and country of the first call-up' },
          created_at: TIME,
        }),
      },
      unknown_count: { type: 'integer', description: 'At most 500: more are not recorded' },
      pagination: record({ limit: { type: 'integer' }, next_cursor: { type: ['string', 'null'] } }),
    }),
  }),
  adminOperation({
    operationId: 'adminSaveAddresses',
    method: 'post',
    path: '/connections/{connection}/addresses',
    summary: 'Name the customers of ShipTo address ids: all of the list, or none',
    request: {
      type: 'object',
      additionalProperties: false,
      required: ['addresses'],
      properties: {
        addresses: {
          type: 'array',
          minItems: 1,
          maxItems: 500,
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['address_id', 'customer'],
            properties: { address_id: { type: 'string', minLength: 1, maxLength: 255 }, customer: CUSTOMER },
          },
        },
      },
    },
    data: record({ saved: { type: 'integer' } }),
  }),
  adminOperation({
    operationId: 'adminRemoveAddress',
    method: 'delete',
    path: '/connections/{connection}/addresses/{address}',
    summary: 'Remove an address id; a call-up that names it makes it unknown again',
    data: record({ removed: { const: true } }),
  }),
];
