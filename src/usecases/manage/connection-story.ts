import { type Outcome, accept } from '../../domain/error-codes.js';
import type { AuditReads, AuditRow } from '../../ports/transmission/session-search.js';
import type { MessageLog } from '../../ports/transmission/message-log.js';
import type { MessagePage, MessageReads } from '../history/read-messages.js';
import type { SessionSearches } from '../history/search-sessions.js';
import type { ConnectionReads, ShownConnection } from './read-connections.js';

interface Deps {
  reads: Pick<ConnectionReads, 'show'>;
  sessions: Pick<SessionSearches, 'find'>;
  messages: Pick<MessageReads, 'list'>;
  /** Writes what this process has noted, so that the newest refusal is seen. */
  log: Pick<MessageLog, 'flush'>;
  auditReads: Pick<AuditReads, 'ofConnection'>;
}

export interface ConnectionStory {
  connection: ShownConnection;
  /** The newest session whose cart was sent. */
  lastCart?: { transmissionId: string; at: Date };
  /** Received requests that were refused, newest first. */
  refusals: MessagePage['messages'];
  /** Newest first. */
  changes: AuditRow[];
}

const MOST_REFUSALS = 5;
const MOST_CHANGES = 20;

/** A connection with what it did last and who changed it. */
export function connectionStories({ reads, sessions, messages, log, auditReads }: Deps) {
  return async (tenantId: string, connectionId: string): Promise<Outcome<ConnectionStory>> => {
    const shown = await reads.show(tenantId, connectionId);
    if (!shown.ok) return shown;
    await log.flush();
    const refused = await messages.list(tenantId, { refused: true, connectionId }, { limit: 2 * MOST_REFUSALS });
    const sent = await sessions.find(tenantId, { connectionId, status: 'completed' }, { limit: 1 });
    const [last] = sent.sessions;
    return accept({
      connection: shown.value,
      ...(last === undefined
        ? {}
        : { lastCart: { transmissionId: last.transmissionId, at: last.endedAt ?? last.createdAt } }),
      // Request and answer are two messages.
      refusals: refused.messages.filter(({ direction }) => direction === 'in').slice(0, MOST_REFUSALS),
      changes: await auditReads.ofConnection(tenantId, connectionId, MOST_CHANGES),
    });
  };
}

export type ConnectionStories = ReturnType<typeof connectionStories>;
