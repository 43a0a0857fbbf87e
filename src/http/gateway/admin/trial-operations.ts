import { MAYBE_TEXT, TIME, record } from '../api/answer-schemas.js';
import { MOST_REPLAYED } from '../../../usecases/manage/try-settings.js';
import { type AdminOperation, adminOperation } from './admin-operation.js';

const COUNT = { type: 'integer', minimum: 0 } as const;
const FINDING = {
  type: 'object',
  required: ['severity', 'field', 'message', 'platform'],
  properties: { severity: { enum: ['error', 'warning'] } },
} as const;
const FINDINGS = { type: 'array', items: FINDING } as const;
const EDIT = {
  settings: { type: 'object', description: 'Merged into those that were given; null takes a setting back' },
  all_settings: { type: 'object', description: 'In place of all that were given' },
} as const;
const LINE = {
  anyOf: [
    record({
      number: { type: 'integer', minimum: 1 },
      text: { type: 'string' },
      differs: {
        type: 'array',
        items: COUNT,
        minItems: 2,
        maxItems: 2,
        description: 'What differs: from this place in the text, up to and without that one',
      },
    }),
    { type: 'null' },
  ],
} as const;
const REPLAYED = record({
  session_id: { type: 'string' },
  sent_at: TIME,
  refused_before: { ...MAYBE_TEXT, description: 'Why it would not be sent with the saved settings' },
  refused_after: { ...MAYBE_TEXT, description: 'The same with the edited settings' },
  changes: { type: 'array', items: record({ before: LINE, after: LINE }) },
  changes_left_out: COUNT,
  findings_gained: FINDINGS,
  findings_lost: FINDINGS,
});

export const TRIAL_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminPreview',
    method: 'post',
    path: '/connections/{connection}/preview',
    summary: 'The document that a cart would give, with saved or edited settings; nothing is stored',
    changesNothing: true,
    request: {
      type: 'object',
      additionalProperties: false,
      properties: {
        cart: { type: 'object', description: 'As in src/domain/cart/cart.ts; a sample by default' },
        session_id: { type: 'string', maxLength: 60, description: 'The cart that this session has sent' },
        ...EDIT,
      },
    },
    data: record({
      document: { type: 'array', items: { type: 'string' } },
      refused: { ...MAYBE_TEXT, description: 'Why the cart would not be sent' },
      findings: FINDINGS,
    }),
  }),
  adminOperation({
    operationId: 'adminReplay',
    method: 'post',
    path: '/connections/{connection}/replay',
    summary: 'The last carts of a connection through the saved and edited settings: what would change',
    changesNothing: true,
    request: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...EDIT,
        limit: { type: 'integer', minimum: 1, maximum: MOST_REPLAYED, description: `${MOST_REPLAYED} by default` },
      },
    },
    data: record({
      version: { type: 'integer', description: 'Of the connection whose saved settings were used' },
      replayed: COUNT,
      changed: COUNT,
      refused: { ...COUNT, description: 'Sent with the saved settings, refused with the edited ones' },
      mended: { ...COUNT, description: 'Refused with the saved settings, sent with the edited ones' },
      complete: { type: 'boolean', description: 'false: the time was over before all carts were replayed' },
      carts: { type: 'array', items: REPLAYED, description: 'Those that changed, newest first' },
      carts_left_out: COUNT,
    }),
  }),
];
