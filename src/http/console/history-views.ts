import type { RefusalMeaning } from '../../console/ui/refusal-meaning.js';
import type { SessionDelivery, SessionDocument, SessionView } from '../../console/pages/session/session-page.js';
import type { TodayView } from '../../console/pages/today/today-page.js';
import type { Language } from '../../console/ui/language.js';
import { type ErrorCode, SENTENCES } from '../../domain/error-codes.js';
import { explainError } from '../../domain/explanations/explain.js';
import { mismatchText } from '../../domain/orders/purchase-order.js';
import type { MessagePage } from '../../usecases/history/read-messages.js';
import type { SessionStory, TodayRead } from '../../usecases/history/read-operations.js';

type Message = MessagePage['messages'][number];

/** Names the stored cart of a session among its documents, since it has no message id. */
export const CART_DOCUMENT = 'cart';

/** A refusal in words. `reason`: as the message log has it. */
export function meaningOf(code: ErrorCode, reason: string | undefined, language: Language): RefusalMeaning {
  const meaning: RefusalMeaning = { code, title: SENTENCES[code][language], ...explainError(code, language) };
  if (reason !== undefined && reason !== SENTENCES[code].en) meaning.reason = reason;
  return meaning;
}

export function todayView(read: TodayRead, language: Language): Omit<TodayView, 'tail'> {
  const { now, before, callUpsByHour, jobs } = read;
  return {
    now,
    before,
    callUpsByHour,
    jobs,
    refusals: read.refusals.map(({ code, reason, times, lastAt, connectionId, connectionName }) => {
      const group: TodayView['refusals'][number] = { meaning: meaningOf(code, reason, language), times, lastAt };
      return connectionId === undefined
        ? group
        : { ...group, connection: { id: connectionId, name: connectionName ?? connectionId } };
    }),
    hooks: read.hooks.map(({ url, lastRevision, ackedRevision, failingSince, pausedAt, lastError }) => {
      const since = failingSince ?? pausedAt ?? new Date();
      const hook: TodayView['hooks'][number] = {
        url,
        behind: String(BigInt(lastRevision) - BigInt(ackedRevision)),
        since,
        isPaused: pausedAt !== undefined,
      };
      return lastError === undefined ? hook : { ...hook, error: lastError };
    }),
  };
}

export function sessionView(story: SessionStory, language: Language, mayReadDocuments: boolean): SessionView {
  const { session, events, messages, connectionName } = story;
  const view: SessionView = {
    transmissionId: session.transmissionId,
    status: session.status,
    protocol: session.protocol,
    connection: { id: session.connectionId, name: connectionName ?? session.connectionId },
    buyer: session.buyer,
    buyerCookie: session.buyerCookie,
    returnUrl: session.returnUrl,
    createdAt: session.createdAt,
    expiresAt: session.expiresAt,
    summary: session.summary,
    steps: events,
    deliveries: story.notices.map(({ noticedAt, sentAt, givenUpAt, status, lastError }) => {
      const state = sentAt !== undefined ? 'sent' : givenUpAt !== undefined ? 'given_up' : 'waiting';
      const delivery: SessionDelivery = { at: sentAt ?? givenUpAt ?? noticedAt, status, state };
      return lastError === undefined || sentAt !== undefined ? delivery : { ...delivery, error: lastError };
    }),
    orders: (session.purchaseOrders ?? []).map((kept) => ({
      orderId: kept.order.orderId,
      at: kept.receivedAt,
      verdict: kept.verdict,
      mismatches: kept.mismatches.map(mismatchText),
      ...(kept.storeNumber === undefined ? {} : { storeNumber: kept.storeNumber }),
      ...(kept.storeRefusal === undefined ? {} : { storeRefusal: kept.storeRefusal }),
    })),
  };
  if (mayReadDocuments) view.documents = messages.map((message) => documentOf(message, language));
  return view;
}

function documentOf(message: Message, language: Language): SessionDocument {
  const { messageId: id = CART_DOCUMENT, at, direction, kind, content, warning, code, reason } = message;
  const document: SessionDocument = { id, at, direction, kind, content };
  if (warning !== undefined) document.warning = warning;
  if (code !== undefined) document.refusal = meaningOf(code, reason, language);
  return document;
}

/** A document as a file. Its name holds nothing that a stranger wrote. */
export function documentFile({ kind, contentType, content, messageId = CART_DOCUMENT }: Message, sessionId: string) {
  const ending = /xml/i.test(contentType) ? 'xml' : /json/i.test(contentType) ? 'json' : 'txt';
  const plain = kind.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40);
  return {
    name: `${sessionId.replace(/[^a-z0-9_]/g, '')}-${plain}-${messageId}.${ending}`,
    bytes: Buffer.from(content, 'utf8'),
  };
}
