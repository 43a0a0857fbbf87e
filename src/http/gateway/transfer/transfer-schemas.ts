import { CURRENCY, SESSION_ID, dataSchema, record } from '../api/answer-schemas.js';

/** Query of both transfers; which session is meant, for a caller with an API key. */
export const TRANSFER_QUERY = {
  type: 'object',
  properties: { session_id: { type: 'string', maxLength: 200 } },
} as const;

const FIELD = record({ name: { type: 'string' }, value: { type: 'string' } });

/**
 * Something in the cart that the document for the buyer cannot hold. `line` counts the lines of the cart as it came.
 */
const NOT_CARRIED = {
  type: 'object',
  required: ['field', 'reason'],
  additionalProperties: false,
  properties: { line: { type: 'integer', minimum: 1 }, field: { type: 'string' }, reason: { type: 'string' } },
} as const;

const TRANSFERRED = record({
  session_id: SESSION_ID,
  status: { const: 'completed' },
  payload_id: { type: 'string' },
  items_count: { type: 'number' },
  total_amount: { type: 'number' },
  currency: CURRENCY,
  return_page_url: { type: 'string', format: 'uri' },
  form: record({
    method: { enum: ['post', 'get'] },
    action: { type: 'string' },
    target: { type: 'string' },
    charset: { type: 'string' },
    fields: { type: 'array', items: FIELD },
  }),
});

/**
 * The stored payload, and the address of the page that submits it. `not_carried` is absent when everything is carried.
 */
export const TRANSFER_ANSWER = dataSchema({
  ...TRANSFERRED,
  properties: { ...TRANSFERRED.properties, not_carried: { type: 'array', items: NOT_CARRIED } },
});
