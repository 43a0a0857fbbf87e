import { MAYBE_TEXT, TIME, dataSchema, record } from './api/answer-schemas.js';
import type { Request } from 'express';
import { accept, ERROR_CODES, type ErrorCode } from '../../domain/error-codes.js';
import { explainError } from '../../domain/explanations/explain.js';
import { referenceAsKept } from '../../domain/reference.js';
import type { MessageFilter } from '../../ports/transmission/message-log.js';
import { requestLanguage } from '../callers/request-site.js';
import { MOMENT_PATTERN, momentRange } from './api/moment-parameter.js';
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

/** Also which ones: for requests of the tenant, with or without a session. */
export const MESSAGE_LIST_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...MESSAGES_QUERY.properties,
    refused: { enum: ['true'] },
    code: { enum: Object.keys(ERROR_CODES) },
    connection: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{1,47}$' },
    reference: { type: 'string', pattern: '^(?:[0-9A-Za-z]{10}|[0-9A-Za-z._-]{16,64})$' },
    from_date: { type: 'string', pattern: MOMENT_PATTERN },
    to_date: { type: 'string', pattern: MOMENT_PATTERN },
  },
} as const;

interface MessagesQuery {
  limit?: number;
  cursor?: string;
}

interface MessageListQuery extends MessagesQuery {
  refused?: 'true';
  code?: ErrorCode;
  connection?: string;
  reference?: string;
  from_date?: string;
  to_date?: string;
}

export const MESSAGE = record({
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
  reference: MAYBE_TEXT,
  trace_id: MAYBE_TEXT,
  client_address: MAYBE_TEXT,
  explanation: {
    type: ['object', 'null'],
    required: ['meaning', 'remedy'],
    additionalProperties: false,
    properties: { meaning: { type: 'string' }, remedy: { type: 'string' } },
  },
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
const checkListQuery = queryCheck<MessageListQuery>(MESSAGE_LIST_QUERY);

/**
 * `GET sessions/{id}/messages`, and `GET messages`: call-ups that did not become a session, or what `refused`, `code`
 * or `reference` ask for, with and without a session.
 */
export function messageCalls(reads: MessageReads): { ofSession: ApiCall; list: ApiCall } {
  return {
    async ofSession(req, { tenantId }) {
      const query = checkQuery({ ...req.query });
      if (!query.ok) return query;
      const { limit = DEFAULT_LIMIT, cursor } = query.value;
      const page = await reads.ofSession(tenantId, String(req.params['id']), {
        limit,
        after: cursor,
      });
      return page.ok ? accept(pageView(req, page.value, limit)) : page;
    },
    async list(req, { tenantId }) {
      const query = checkListQuery({ ...req.query });
      if (!query.ok) return query;
      const { limit = DEFAULT_LIMIT, cursor, refused, code, connection, reference } = query.value;
      const range = momentRange(query.value);
      if (!range.ok) return range;
      const filter: MessageFilter = {
        refused: refused === 'true',
        withoutSession: refused === undefined && code === undefined && reference === undefined,
        code,
        connectionId: connection,
        reference: reference === undefined ? undefined : referenceAsKept(reference),
        ...range.value,
      };
      return accept(pageView(req, await reads.list(tenantId, filter, { limit, after: cursor }), limit));
    },
  };
}

export function pageView(req: Request, { messages, next }: MessagePage, limit: number): object {
  return {
    messages: messages.map((message) => messageView(req, message)),
    pagination: { limit, next_cursor: next ?? null },
  };
}

export function messageView(req: Request, message: MessagePage['messages'][number]): object {
  return {
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
    reference: message.reference ?? null,
    trace_id: message.traceId ?? null,
    client_address: message.address ?? null,
    explanation: message.code === undefined ? null : explainError(message.code, requestLanguage(req, 'de')),
    content: message.content,
  };
}
