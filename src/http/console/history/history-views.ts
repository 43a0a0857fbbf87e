import type { Response } from 'express';
import type { RefusalMeaning } from '../../../console/ui/refusal-notice.js';
import type { SessionDelivery, SessionDocument, SessionView } from '../../../console/pages/session/session-page.js';
import type { TodayView } from '../../../console/pages/today/today-page.js';
import type { FindingGroup } from '../../../console/ui/documents/explained-findings.js';
import type { Language } from '../../../console/ui/language.js';
import { type ErrorCode, SENTENCES } from '../../../domain/error-codes.js';
import { explainError, explainFinding } from '../../../domain/explanations/explain.js';
import type { PreflightFinding } from '../../../domain/transmission/transfer-payload.js';
import { readCxmlForm } from '../../../protocols/cxml/cxml-form.js';
import { DRIFT_KIND, readDrift } from '../../../domain/orders/price-drift.js';
import { mismatchText } from '../../../domain/orders/purchase-order.js';
import type { MessagePage } from '../../../usecases/history/read-messages.js';
import type { SessionStory, TodayRead } from '../../../usecases/history/read-operations.js';

type Message = MessagePage['messages'][number];

/** Names the stored cart of a session among its documents, since it has no message id. */
export const CART_DOCUMENT = 'cart';

/** A refusal in words. `reason`: as the message log has it. */
export function meaningOf(code: ErrorCode, reason: string | undefined, language: Language): RefusalMeaning {
  const meaning: RefusalMeaning = { code, title: SENTENCES[code][language], ...explainError(code, language) };
  if (reason !== undefined && reason !== SENTENCES[code].en) meaning.reason = reason;
  return meaning;
}

export function todayView(read: TodayRead, language: Language): Omit<TodayView, 'tail' | 'isDegraded'> {
  const { now, before, callUpsByHour, jobs, sweeps } = read;
  return {
    now,
    before,
    callUpsByHour,
    jobs,
    sweeps,
    times: read.times,
    refusals: read.refusals.map(({ code, lastReason, count: times, last: lastAt, connectionId, connectionName }) => {
      const reason = lastReason === '' ? undefined : lastReason;
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
    isTest: session.isTest,
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
  const { messageId: id = CART_DOCUMENT, at, direction, kind, warning, code, reason, cart } = message;
  const document: SessionDocument = { id, at, direction, kind, content: contentOf(message) };
  if (cart?.findings !== undefined) document.findings = findingGroups(cart.findings, language);
  else if (warning !== undefined) document.warning = warning;
  if (code !== undefined) document.refusal = meaningOf(code, reason, language);
  if (kind === DRIFT_KIND && message.messageId !== undefined) document.drift = readDrift(message.content);
  return document;
}

/** A cart as the document that the buyer's system reads, or its form line by line. Other documents as they are. */
function contentOf({ cart, content }: Pick<Message, 'cart' | 'content'>): string {
  if (cart === undefined) return content;
  const document = cart.kind === 'cxml' ? readCxmlForm(cart.fields) : undefined;
  if (document?.ok === true)
    return typeof document.value === 'string' ? document.value : Buffer.from(document.value).toString('utf8');
  return cart.fields.map(({ name, value }) => `${name}=${value}`).join('\n');
}

function findingGroups(findings: readonly PreflightFinding[], language: Language): FindingGroup[] {
  const groups = new Map<string, FindingGroup & { places: FindingGroup['places'][number][] }>();
  for (const { code, severity, line, sku, field, message } of findings) {
    const key = `${severity} ${code ?? ''}`;
    const group = groups.get(key) ?? {
      code,
      severity,
      places: [],
      ...(code === undefined ? {} : explainFinding(code, language)),
    };
    group.places.push({ line, sku, field, message });
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A document as a file. Its name holds nothing that a stranger wrote. */
export function documentFile(message: Message, sessionId: string): { name: string; bytes: Buffer } {
  const { kind, contentType, messageId = CART_DOCUMENT } = message;
  const content = contentOf(message);
  const ending =
    /xml/i.test(contentType) || message.cart?.kind === 'cxml'
      ? 'xml'
      : /json/i.test(contentType) && message.cart === undefined
        ? 'json'
        : 'txt';
  const plain = kind.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40);
  return {
    name: `${sessionId.replace(/[^a-z0-9_]/g, '')}-${plain}-${messageId}.${ending}`,
    bytes: Buffer.from(content, 'utf8'),
  };
}

/** Sent to be saved, never shown as a page of ours, whatever it holds. */
export function sendFile(res: Response, { name, bytes }: { name: string; bytes: Buffer }): void {
  res.set({
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
  res.send(bytes);
}
