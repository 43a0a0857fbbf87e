import type { RequestHandler } from 'express';
import { type RefusedRequest, type RefusalsView, refusalsPage } from '../../../console/pages/refusals/refusals-page.js';
import { queryText } from '../../../console/ui/addresses.js';
import type { Language } from '../../../console/ui/language.js';
import { roleMay } from '../../../domain/access/operator-roles.js';
import { type ErrorCode, SENTENCES } from '../../../domain/error-codes.js';
import type { ConnectionRepository } from '../../../ports/access/connection-repository.js';
import type { LoggedMessage, MessageFilter } from '../../../ports/transmission/message-log.js';
import type { MessageReads } from '../../../usecases/history/read-messages.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard } from '../guard.js';
import { meaningOf } from './history-views.js';

export interface RefusalDeps {
  pages: ConsolePages;
  messages: Pick<MessageReads, 'list'>;
  connections: Pick<ConnectionRepository, 'list'>;
}

/** Requests and answers are two messages each. */
const PAGE_SIZE = 40;
const CONNECTION_ID = /^[a-z0-9][a-z0-9-]{1,47}$/;
const MESSAGE_ID = /^\d{1,18}$/;
export const REFERENCE = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/** Refused requests of one cause, one connection or one reference, with what was received and answered. */
export function refusalList({ pages, messages, connections }: RefusalDeps, guard: Guard): RequestHandler {
  return guard('read_sessions', async ({ req, res, frame, used }) => {
    const { tenantId, role } = used.operator;
    const text = (name: string, pattern: RegExp): string | undefined => {
      const value = req.query[name];
      return typeof value === 'string' && pattern.test(value) ? value : undefined;
    };
    const code = text('code', /^[A-Z_]{3,40}$/);
    const wanted = {
      code: isCode(code) ? code : undefined,
      connection: text('connection', CONNECTION_ID),
      reference: text('reference', REFERENCE),
    };
    const after = text('after', MESSAGE_ID);
    const filter: MessageFilter = { refused: true };
    if (wanted.code !== undefined) filter.code = wanted.code;
    if (wanted.connection !== undefined) filter.connectionId = wanted.connection;
    if (wanted.reference !== undefined) filter.reference = wanted.reference;
    const page = await messages.list(
      tenantId,
      filter,
      after === undefined ? { limit: PAGE_SIZE } : { limit: PAGE_SIZE, after },
    );
    const names = new Map((await connections.list(tenantId)).map(({ connectionId, name }) => [connectionId, name]));
    const mayReadDocuments = roleMay(role, 'read_documents');
    const address = (more: Record<string, string | undefined>): string =>
      `${pages.base}/refusals${queryText({ ...wanted, ...more })}`;
    const view: RefusalsView = {
      mayReadDocuments,
      requests: requestsOf(page.messages, names, frame.language, mayReadDocuments),
    };
    if (wanted.code !== undefined) view.cause = meaningOf(wanted.code, undefined, frame.language);
    if (wanted.reference !== undefined) view.reference = wanted.reference;
    if (after !== undefined) view.first = address({});
    if (page.next !== undefined) view.next = address({ after: page.next });
    pages.send(res, frame, refusalsPage(frame, view));
  });
}

function isCode(text: string | undefined): text is ErrorCode {
  return text !== undefined && Object.hasOwn(SENTENCES, text);
}

type Message = Omit<LoggedMessage, 'messageId'> & { messageId?: string };

/** Newest first. Request and answer have one reference; rows of earlier versions have none and stand alone. */
function requestsOf(
  messages: readonly Message[],
  names: ReadonlyMap<string, string>,
  language: Language,
  mayReadDocuments: boolean,
): RefusedRequest[] {
  const requests = new Map<string, RefusedRequest & { documents: RefusedRequest['documents'][number][] }>();
  for (const message of messages) {
    const { code, reason, at, connectionId, transmissionId, reference, address, messageId = '' } = message;
    if (code === undefined) continue;
    const key = reference ?? messageId;
    const known = requests.get(key);
    const request = known ?? { at, refusal: meaningOf(code, reason, language), documents: [] };
    if (known === undefined) {
      requests.set(key, request);
      if (connectionId !== undefined) request.connection = names.get(connectionId) ?? connectionId;
      if (transmissionId !== undefined) request.sessionId = transmissionId;
      if (reference !== undefined) request.reference = reference;
      if (address !== undefined && mayReadDocuments) request.address = address;
    }
    const { direction, kind, content } = message;
    if (mayReadDocuments && content !== '') request.documents.unshift({ id: messageId, direction, kind, content });
  }
  return [...requests.values()];
}
