import { MOST_ADDRESS_ID } from '../../../../domain/access/choose-customer.js';
import { INDEX_FORMATS } from '../../../../domain/catalogue/catalogue-index.js';
import { MAYBE_TEXT, record, TIME } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';

const FORMAT = { enum: [...INDEX_FORMATS] } as const;
const MAYBE_TIME = { anyOf: [TIME, { type: 'null' }] } as const;
const ADDRESS_ID = { type: 'string', minLength: 1, maxLength: MOST_ADDRESS_ID } as const;
const QUERY = {
  address_id: { ...ADDRESS_ID, description: 'Of ShipTo; absent: the index of the usual customer' } as {
    description: string;
  },
};
const PUSH = record({
  address_id: { ...MAYBE_TEXT, description: 'Of ShipTo, whose index it is; null: that of the usual customer' },
  url: { type: 'string' },
  format: FORMAT,
  has_authorization: { type: 'boolean', description: 'Nobody can read it again' },
  pushed_run: { anyOf: [{ type: 'integer' }, { type: 'null' }], description: 'The run whose file is there' },
  pushed_at: { ...MAYBE_TIME, description: 'When these bytes were pushed' },
  failed_at: { ...MAYBE_TIME, description: 'Of the last attempt, if it failed' },
  last_error: MAYBE_TEXT,
});
const PATH = '/connections/{connection}/index-push';

export const PUSH_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminGetIndexPush',
    method: 'get',
    path: PATH,
    summary: 'Read where the index of a connection is pushed to, and what became of it',
    query: QUERY,
    data: record({
      push: { anyOf: [PUSH, { type: 'null' }] },
      pushes: { type: 'array', items: PUSH, description: 'Of all indexes of the connection' },
    }),
  }),
  adminOperation({
    operationId: 'adminSaveIndexPush',
    method: 'post',
    path: PATH,
    summary: 'Push the index of a connection to this address after each run',
    request: {
      type: 'object',
      additionalProperties: false,
      required: ['url', 'format'],
      properties: {
        url: { type: 'string', minLength: 1, maxLength: 2048, description: 'https, and public' },
        format: FORMAT,
        address_id: { ...ADDRESS_ID, description: 'Of ShipTo, whose index is pushed; absent: the usual customer' },
        authorization: {
          type: ['string', 'null'],
          minLength: 1,
          maxLength: 2000,
          description: 'Text of the header Authorization. Absent: that of the same address stays; null: none',
        },
      },
    },
    data: record({ push: PUSH }),
  }),
  adminOperation({
    operationId: 'adminRemoveIndexPush',
    method: 'delete',
    path: PATH,
    summary: 'Push the index of a connection no more',
    query: QUERY,
    data: record({ removed: { const: true } }),
  }),
];
