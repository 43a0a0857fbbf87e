import { accept } from '../../../domain/error-codes.js';
import type { MessagePage, MessageReads } from '../../../usecases/reading/read-messages.js';
import { queryCheck } from '../../middleware/check-input.js';
import type { ApiCall } from '../api/api-route.js';
import { MESSAGES_QUERY, type MessagesQuery } from './message-schemas.js';

const DEFAULT_LIMIT = 20;
const checkQuery = queryCheck<MessagesQuery>(MESSAGES_QUERY);

/** `GET sessions/{id}/messages` and, for call-ups that became no session, `GET messages`. */
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
      return accept(
        pageView(await reads.refused(tenantId, { limit, ...(cursor === undefined ? {} : { after: cursor }) }), limit),
      );
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
