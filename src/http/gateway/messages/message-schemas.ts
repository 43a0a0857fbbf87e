import { MAYBE_TEXT, TIME, dataSchema, record } from '../api/answer-schemas.js';

export const MESSAGES_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 100 },
    cursor: { type: 'string', pattern: '^[0-9]{1,18}$' },
  },
} as const;

export interface MessagesQuery {
  limit?: number;
  cursor?: string;
}

const MESSAGE = record({
  message_id: MAYBE_TEXT,
  session_id: MAYBE_TEXT,
  connection: MAYBE_TEXT,
  at: TIME,
  direction: { enum: ['in', 'out'] },
  kind: { type: 'string' },
  content_type: { type: 'string' },
  payload_id: MAYBE_TEXT,
  code: MAYBE_TEXT,
  reason: MAYBE_TEXT,
  warning: MAYBE_TEXT,
  content: { type: 'string' },
});

export const MESSAGES_ANSWER = dataSchema(
  record({
    messages: { type: 'array', items: MESSAGE },
    pagination: record({ limit: { type: 'integer' }, next_cursor: MAYBE_TEXT }),
  }),
);
