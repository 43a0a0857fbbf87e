import { type Outcome, SENTENCES, accept, refuse } from '../../../domain/error-codes.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { HistoryMark } from '../../../ports/transmission/session-history.js';
import type { CountRefusals } from '../../../usecases/history/count-refusals.js';
import type { MessageReads } from '../../../usecases/history/read-messages.js';
import type { SessionSearches } from '../../../usecases/history/search-sessions.js';
import type { ConnectionReads } from '../../../usecases/manage/read-connections.js';
import { requestLanguage } from '../../callers/request-site.js';
import { type MomentRange, momentRange } from '../api/moment-parameter.js';
import { pageView } from '../message-calls.js';
import { readCursor, writeCursor } from '../sessions/session-calls.js';
import { sessionLineView } from '../sessions/session-view.js';
import { supportBundle, timelineView } from './support-bundle.js';
import type { AdminCall, AdminRequest } from './admin-route.js';
import { DEFAULT_LIMIT } from './connection-calls.js';

interface Deps {
  sessions: SessionSearches;
  messages: MessageReads;
  countRefusals: CountRefusals;
  connections: Pick<ConnectionReads, 'show'>;
}

interface SessionQuery {
  q?: string;
  connection?: string;
  status?: 'active' | 'completed' | 'cancelled' | 'expired';
  protocol?: Protocol;
  from_date?: string;
  to_date?: string;
  limit?: number;
  cursor?: string;
}

const DAY_MS = 86_400_000;
const MOST_GROUPS = 100;

export function sessionCalls({ sessions, messages, countRefusals, connections }: Deps): Record<string, AdminCall> {
  return {
    async adminSearchSessions({ tenantId, query }: AdminRequest<unknown, SessionQuery>) {
      const { q: text, connection: connectionId, limit = DEFAULT_LIMIT, status, protocol } = query;
      const range = momentRange(query);
      if (!range.ok) return range;
      const after = markOf(query.cursor);
      if (!after.ok) return after;
      const found = await sessions.find(
        tenantId,
        {
          text,
          connectionId,
          ...(status === undefined ? {} : { status }),
          ...(protocol === undefined ? {} : { protocol }),
          ...range.value,
        },
        { limit, after: after.value },
      );
      const next = found.next === undefined ? null : writeCursor({ page: 1, after: found.next });
      return accept({
        data: {
          sessions: found.sessions.map((session) => ({
            ...sessionLineView(session),
            connection_id: session.connectionId,
            buyer_cookie: session.buyerCookie,
          })),
          pagination: { limit, next_cursor: next },
        },
      });
    },

    async adminGetSession({ tenantId, params, req }: AdminRequest) {
      const read = await sessions.timeline(tenantId, params['session'] ?? '');
      return read.ok ? accept({ data: timelineView(req, read.value) }) : read;
    },

    async adminSupportBundle({ tenantId, params, req }: AdminRequest) {
      const bundle = await supportBundle({ sessions, connections }, req, tenantId, params['session'] ?? '');
      return bundle.ok ? accept({ data: bundle.value }) : bundle;
    },

    async adminListRefusals({ tenantId, query, req }: AdminRequest<unknown, { limit?: number; cursor?: string }>) {
      const { limit = DEFAULT_LIMIT, cursor } = query;
      const place = cursor === undefined ? { limit } : { limit, after: cursor };
      return accept({ data: pageView(req, await messages.list(tenantId, { refused: true }, place), limit) });
    },

    async adminGroupRefusals({
      tenantId,
      query,
      req,
    }: AdminRequest<unknown, { from_date?: string; to_date?: string }>) {
      const range = momentRange(query);
      if (!range.ok) return range;
      const { from, before } = boundedRange(range.value, DAY_MS);
      const language = requestLanguage(req, 'de') === 'de' ? 'de' : 'en';
      const groups = await countRefusals(tenantId, { from, before }, MOST_GROUPS);
      return accept({
        data: {
          from: from.toISOString(),
          to: before.toISOString(),
          groups: groups.map(({ connectionId, code, count, first, last, lastReason, lastMessageId }) => ({
            connection_id: connectionId ?? null,
            code,
            message: SENTENCES[code][language],
            count,
            first_at: first.toISOString(),
            last_at: last.toISOString(),
            last_reason: lastReason,
            last_message_id: lastMessageId,
          })),
        },
      });
    },
  };
}

/** Until now, and as long as `usualMs`, where the range names no ends. */
export function boundedRange({ from, before }: MomentRange, usualMs: number): { from: Date; before: Date } {
  const end = before ?? new Date(Date.now() + 1);
  return { from: from ?? new Date(end.getTime() - usualMs), before: end };
}

function markOf(cursor: string | undefined): Outcome<HistoryMark | undefined> {
  if (cursor === undefined) return accept(undefined);
  const read = readCursor(cursor);
  return read === undefined
    ? refuse(
        'INVALID_REQUEST',
        'cursor is not the next_cursor of an earlier page: copy it unchanged, or leave it out.',
        {
          field: 'cursor',
        },
      )
    : accept(read.after);
}
