import { MAYBE_TEXT, TIME, dataSchema, record } from './api/answer-schemas.js';
import { accept } from '../../domain/error-codes.js';
import type { MessagePage, MessageReads } from '../../usecases/history/read-messages.js';
import { queryCheck } from '../body/check-input.js';
import type { ApiCall } from './api/api-route.js';

export const MESSAGES_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 100 },
    cursor: { type: 'string', pattern: '^[0-9]{1,18}$' },
  },
} as const;

interface MessagesQuery {
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

const DEFAULT_LIMIT = 20;
const checkQuery = queryCheck<MessagesQuery>(MESSAGES_QUERY);

/** `GET sessions/{id}/messages`, and `GET messages` for call-ups that did not become a session. */
export function messageCalls(reads: MessageReads): { ofSession: ApiCall; refused: ApiCall } {
  return {
    async ofSession(req, { tenantId }) {
      const query = checkQuery({ ...req.query });
      if (!query.ok) return query;
      const { limit = DEFAULT_LIMIT, cursor } = query.value;
      const page = await reads.ofSession(tenantId, String(req.params['id']), {
        limit,
        ...(cursor === undefined ? {} : { after: cursor }),
      });
      return page.ok ? accept(pageView(page.value, limit)) : page;
    },
    async refused(req, { tenantId }) {
      const query = checkQuery({ ...req.query });
      if (!query.ok) return query;
      const { limit = DEFAULT_LIMIT, cursor } = query.value;
      return accept(pageView(await reads.list(tenantId, { withoutSession: true }, { limit, after: cursor }), limit));
    },
  };
}

function pageView({ messages, next }: MessagePage, limit: number): object {
  return {
    messages: messages.map((message) => ({
      message_id: message.messageId ?? null,
      session_id: message.transmissionId ?? null,
      connection: message.connectionId ?? null,
      at: message.at.toISOString(),
      direction: message.direction,
      kind: message.kind,
      content_type: message.contentType,
      payload_id: message.payloadId ?? null,
      code: message.code ?? null,
      reason: message.reason ?? null,
      warning: message.warning ?? null,
      content: message.content,
    })),
    pagination: { limit, next_cursor: next ?? null },
  };
}
