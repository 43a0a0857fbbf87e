import { ACCEPTANCE_STEPS } from '../../../domain/access/acceptance.js';
import { PROFILE_NAMES } from '../../../domain/access/connection.js';
import { PROTOCOLS } from '../../../domain/transmission/protocol.js';
import { MAYBE_TEXT, TIME, record } from '../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from './admin-operation.js';

const TEXT = { type: 'string' } as const;

export const HAND_OVER_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminGetHandOver',
    method: 'get',
    path: '/connections/{connection}/hand-over',
    summary: "Read what the buyer's IT enters: addresses, names, sample documents; no secret",
    data: record({
      name: TEXT,
      protocol: { enum: PROTOCOLS },
      profile: { anyOf: [{ enum: PROFILE_NAMES }, { type: 'null' }] },
      addresses: { type: 'array', items: record({ use: { enum: ['call_up', 'order', 'open_buy'] }, url: TEXT }) },
      access: {
        type: 'array',
        items: record({ field: TEXT, value: { ...MAYBE_TEXT, description: 'null: the secret, which is not shown' } }),
      },
      return_origins: { type: 'array', items: TEXT },
      samples: { type: 'array', items: record({ kind: { enum: ['call_up', 'cart'] }, content: TEXT }) },
    }),
  }),
  adminOperation({
    operationId: 'adminGetAcceptance',
    method: 'get',
    path: '/connections/{connection}/acceptance',
    summary: "Read what the buyer's system has done: called up, logged in, sent a cart, ordered",
    data: record({
      name: TEXT,
      protocol: { enum: PROTOCOLS },
      accepted: { type: 'boolean', description: 'Every step was seen' },
      steps: {
        type: 'array',
        items: record({
          step: { enum: ACCEPTANCE_STEPS, description: 'order: only of a connection that speaks cXML' },
          seen_at: { ...MAYBE_TEXT, description: 'The newest time; null: not seen' },
          session_id: MAYBE_TEXT,
        }),
      },
    }),
  }),
  adminOperation({
    operationId: 'adminMakeHandOver',
    method: 'post',
    path: '/connections/{connection}/hand-over',
    summary: "Make a link that shows the buyer's IT the sheet once, with a new secret if wanted",
    guarded: true,
    request: {
      type: 'object',
      additionalProperties: false,
      properties: {
        with_secret: { type: 'boolean', description: 'Make a secret that only the link shows; false by default' },
      },
    },
    data: record({ url: { ...MAYBE_TEXT, description: 'Shown once; null in a repeated answer' }, expires_at: TIME }),
    status: 201,
  }),
];
