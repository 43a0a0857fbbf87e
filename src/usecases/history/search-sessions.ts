import { type Outcome, accept } from '../../domain/error-codes.js';
import type { HistoryFilter, HistoryMark } from '../../ports/transmission/session-history.js';
import type { AuditReads, AuditRow, SessionSearch } from '../../ports/transmission/session-search.js';
import type { MessagePage, MessageReads } from './read-messages.js';
import type { SessionReads, ShownSession } from './read-sessions.js';

interface Deps {
  search: SessionSearch;
  reads: SessionReads;
  messages: MessageReads;
  auditReads: AuditReads;
}

export interface SearchWish extends HistoryFilter {
  /** A session id, BuyerCookie, e-mail, payloadID or order number: one whole name, not a part. */
  text?: string | undefined;
  connectionId?: string | undefined;
}

export interface Timeline {
  session: ShownSession;
  events: AuditRow[];
  messages: MessagePage['messages'];
}

export interface SessionSearches {
  /** Newest first. A text finds at most one page. */
  find(
    tenantId: string,
    wish: SearchWish,
    place: { limit: number; after?: HistoryMark | undefined },
  ): Promise<{ sessions: ShownSession[]; next?: HistoryMark }>;
  /** Everything known about one session. Documents are without secrets. */
  timeline(tenantId: string, sessionId: string): Promise<Outcome<Timeline>>;
}

/** Most documents of a timeline: 100 of each page, and 4 MiB. */
const MOST_PAGES = 5;

export function sessionSearches({ search, reads, messages, auditReads }: Deps): SessionSearches {
  async function shown(tenantId: string, ids: readonly string[]): Promise<ShownSession[]> {
    return (await reads.many(tenantId, ids)).flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  }

  return {
    async find(tenantId, { text, connectionId, ...filter }, { limit, after }) {
      if (text !== undefined) {
        const found = await shown(tenantId, await search.find(tenantId, text, limit));
        return { sessions: found.filter((session) => fits(session, connectionId)) };
      }
      if (connectionId === undefined) {
        const { sessions, next } = await reads.list(
          tenantId,
          filter,
          after === undefined ? { limit, skip: 0 } : { limit, after },
        );
        return next === undefined ? { sessions } : { sessions, next };
      }
      const { transmissionIds, next } = await search.ofConnection(tenantId, connectionId, filter, { limit, after });
      const sessions = await shown(tenantId, transmissionIds);
      return next === undefined ? { sessions } : { sessions, next };
    },

    async timeline(tenantId, sessionId) {
      const session = await reads.one(tenantId, sessionId);
      if (!session.ok) return session;
      const documents: MessagePage['messages'] = [];
      let after: string | undefined = '0';
      for (let page = 0; page < MOST_PAGES && after !== undefined; page += 1) {
        const read: Outcome<MessagePage> = await messages.ofSession(tenantId, sessionId, { limit: 100, after });
        if (!read.ok) return read;
        documents.push(...read.value.messages);
        after = read.value.next;
      }
      const events = await auditReads.ofTransmission(tenantId, sessionId);
      return accept({ session: session.value, events, messages: documents });
    },
  };
}

function fits(session: ShownSession, connectionId: string | undefined): boolean {
  return connectionId === undefined || session.connectionId === connectionId;
}
