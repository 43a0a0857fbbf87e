import type { Request } from 'express';
import { type Outcome, accept } from '../../../domain/error-codes.js';
import type { AuditRow } from '../../../ports/transmission/session-search.js';
import { PRODUCT } from '../../../protocols/cxml/cxml-protocol.js';
import { withSecretTexts } from '../../../protocols/secret-texts.js';
import type { SessionSearches, Timeline } from '../../../usecases/history/search-sessions.js';
import type { ConnectionReads } from '../../../usecases/manage/read-connections.js';
import { messageView } from '../message-calls.js';
import { sessionView } from '../sessions/session-view.js';

export interface BundleDeps {
  sessions: Pick<SessionSearches, 'timeline'>;
  connections: Pick<ConnectionReads, 'show'>;
}

/** One document for a support case: session, steps, documents and settings, without any secret. */
export async function supportBundle(
  { sessions, connections }: BundleDeps,
  req: Request,
  tenantId: string,
  sessionId: string,
): Promise<Outcome<object>> {
  const read = await sessions.timeline(tenantId, sessionId);
  if (!read.ok) return read;
  const connection = await connections.show(tenantId, read.value.session.connectionId);
  const bundle = {
    product: PRODUCT,
    made_at: new Date().toISOString(),
    ...timelineView(req, read.value),
    connection: connection.ok
      ? {
          name: connection.value.name,
          protocol: connection.value.protocol,
          version: connection.value.version,
          given_settings: connection.value.given,
          settings: connection.value.settings,
        }
      : {},
  };
  return accept(withSecretTexts(bundle, () => '[redacted]'));
}

export function timelineView(req: Request, { session, events, messages }: Timeline): object {
  return {
    session: sessionView(session),
    connection_id: session.connectionId,
    events: events.map(auditRowView),
    messages: messages.map((message) => messageView(req, message)),
  };
}

export function auditRowView(row: AuditRow): object {
  return {
    audit_id: row.auditId,
    session_id: row.transmissionId === '' ? null : row.transmissionId,
    at: row.at.toISOString(),
    event: row.event,
    actor: row.actor,
    from_status: row.from ?? null,
    to_status: row.to ?? null,
    details: row.details,
  };
}
