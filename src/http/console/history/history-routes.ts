import type { RequestHandler } from 'express';
import { type ConnectionLine, connectionsPage } from '../../../console/pages/connections/connections-page.js';
import { sessionPage } from '../../../console/pages/session/session-page.js';
import { type SessionsView, sessionsPage } from '../../../console/pages/sessions/sessions-page.js';
import { todayPage } from '../../../console/pages/today/today-page.js';
import { roleMay } from '../../../domain/access/operator-roles.js';
import type { MessagePage } from '../../../usecases/history/read-messages.js';
import type { OperationReads } from '../../../usecases/history/read-operations.js';
import type { ShownSession } from '../../../usecases/history/read-sessions.js';
import type { SessionSearches } from '../../../usecases/history/search-sessions.js';
import { type Guard, sendUnknown } from '../guard.js';
import { REFERENCE, type RefusalDeps, refusalList } from './refusal-routes.js';
import { type TailDeps, tailStream, tailView } from './tail-routes.js';
import { cursorOf, cursorText, filterOf, fits, historyFilterOf } from './session-filter.js';
import { CART_DOCUMENT, documentFile, sendFile, sessionView, todayView } from './history-views.js';

export interface HistoryDeps extends RefusalDeps, TailDeps {
  reads: OperationReads;
  /** Redis is away. */
  isDegraded: () => Promise<boolean>;
  sessions: Pick<SessionSearches, 'find'>;
}

const PAGE_SIZE = 25;
const MOST_FOUND = 50;

/** What happened: today, sessions, connections. */
export function historyRoutes(
  deps: HistoryDeps,
  guard: Guard,
): Record<
  'today' | 'events' | 'refusals' | 'list' | 'session' | 'document' | 'refusedDocument' | 'connections',
  RequestHandler
> {
  const { pages, reads, sessions, connections, messages } = deps;

  async function connectionsOf(tenantId: string): Promise<SessionsView['connections']> {
    return (await connections.list(tenantId)).map(({ connectionId: id, name }) => ({ id, name }));
  }

  function linesOf(found: readonly ShownSession[], known: SessionsView['connections']): SessionsView['sessions'] {
    const names = new Map(known.map(({ id, name }) => [id, name]));
    return found.map((session) => ({
      ...session,
      connectionName: names.get(session.connectionId) ?? session.connectionId,
    }));
  }

  /** A message by its id: the first one before the next id. */
  async function messageOf(tenantId: string, id: bigint): Promise<MessagePage['messages'][number] | undefined> {
    const page = await messages.list(tenantId, { refused: true }, { limit: 1, after: String(id + 1n) });
    return page.messages.find(({ messageId }) => messageId === String(id));
  }

  return {
    today: guard('read_today', async ({ req, res, frame, used }) => {
      const [read, isDegraded, tail] = await Promise.all([
        reads.today(used.operator.tenantId),
        deps.isDegraded(),
        tailView(deps, req, used.operator, frame.language),
      ]);
      const html = todayPage(frame, { ...todayView(read, frame.language), isDegraded, tail });
      pages.send(res, frame, html, 200, ["connect-src 'self'"]);
    }),
    events: tailStream(deps, guard),
    refusals: refusalList(deps, guard),
    list: guard('read_sessions', async ({ req, res, frame, used }) => {
      const { tenantId } = used.operator;
      const { filter, hasBadDay } = filterOf(req.query);
      const wanted = historyFilterOf(filter);
      const after = cursorOf(req.query['cursor']);
      const known = await connectionsOf(tenantId);
      const limit = filter.q === undefined ? PAGE_SIZE : MOST_FOUND;
      const wish = { ...wanted, text: filter.q, connectionId: filter.connection };
      const found = await sessions.find(tenantId, wish, { limit, after });
      if (found.sessions.length === 0 && filter.q !== undefined && REFERENCE.test(filter.q)) {
        res.redirect(303, `${pages.base}/refusals?reference=${filter.q}`);
        return;
      }
      const fitting = found.sessions.filter((session) => fits(wanted, session));
      const view: SessionsView = {
        filter,
        hasBadDay,
        connections: known,
        sessions: linesOf(fitting, known),
        isFirstPage: after === undefined,
      };
      if (filter.q !== undefined) view.most = MOST_FOUND;
      else if (found.next !== undefined) view.nextCursor = cursorText(found.next);
      pages.send(res, frame, sessionsPage(frame, view));
    }),
    session: guard('read_sessions', async (visit) => {
      const { req, res, frame, used } = visit;
      const story = await reads.story(used.operator.tenantId, String(req.params['sessionId']));
      if (!story.ok) {
        sendUnknown(pages, visit);
        return;
      }
      const mayReadDocuments = roleMay(used.operator.role, 'read_documents');
      pages.send(res, frame, sessionPage(frame, sessionView(story.value, frame.language, mayReadDocuments)));
    }),
    document: guard('read_documents', async (visit) => {
      const { req, res, used } = visit;
      const story = await reads.story(used.operator.tenantId, String(req.params['sessionId']));
      const id = String(req.params['documentId']);
      const found = story.ok
        ? story.value.messages.find(({ messageId = CART_DOCUMENT }) => messageId === id)
        : undefined;
      if (found === undefined) {
        sendUnknown(pages, visit);
        return;
      }
      sendFile(res, documentFile(found, String(req.params['sessionId'])));
    }),
    refusedDocument: guard('read_documents', async (visit) => {
      const id = String(visit.req.params['documentId']);
      const found = /^\d{1,18}$/.test(id) ? await messageOf(visit.used.operator.tenantId, BigInt(id)) : undefined;
      if (found === undefined) sendUnknown(pages, visit);
      else sendFile(visit.res, documentFile(found, 'refused'));
    }),
    connections: guard('read_connections', async ({ res, frame, used }) => {
      const found = await reads.connections(used.operator.tenantId);
      const lines = found.map(({ connection, day }): ConnectionLine => {
        const { connectionId, name, protocol, demo, settings, disabledAt } = connection;
        const line: ConnectionLine = {
          connectionId,
          name,
          protocol,
          demo,
          isDisabled: disabledAt !== undefined,
          returnOrigins: settings.returnOrigins,
          callUps: day.callUps,
          transfers: day.transfers,
        };
        if (settings.profile !== undefined) line.platform = settings.profile;
        if (day.lastTransferAt !== undefined) line.lastTransferAt = day.lastTransferAt;
        if (day.newestSecretAt !== undefined) line.newestSecretAt = day.newestSecretAt;
        return line;
      });
      pages.send(res, frame, connectionsPage(frame, lines, roleMay(used.operator.role, 'change_connections')));
    }),
  };
}
