import { digestOf } from '../domain/digest.js';
import { type NoticeKey, type NoticeState, noticePayloadId } from '../domain/orders/order-notice.js';
import type { Connection } from '../domain/access/connection.js';
import type { ConnectionRepository } from '../ports/access/connection-repository.js';
import type { Job } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import type { OrderNotices } from '../ports/orders/order-repository.js';
import type { OutboundAnswer, OutboundHttp } from '../ports/outbound-http.js';
import type { MessageLog } from '../ports/transmission/message-log.js';
import { parseCxml } from '../protocols/cxml/parse-cxml.js';
import { writeOrderNotice } from '../protocols/cxml/write/write-order-notice.js';
import { redactXml } from '../protocols/redact.js';

interface Deps {
  notices: OrderNotices;
  connections: Pick<ConnectionRepository, 'find' | 'recoverableSecrets'>;
  send: OutboundHttp;
  messages: Pick<MessageLog, 'note'>;
  /** Host of our payload ids. */
  host: string;
  userAgent: string;
  log: Logger;
}

const TIMEOUT_MS = 10_000;
const MOST_ANSWER_BYTES = 262_144;
const PATIENCE_MS = 3 * 24 * 60 * 60 * 1_000;

/** Result of an answer for the notice; a permanent error is not retried. */
type Verdict = 'taken' | { reason: string; forGood: boolean };

/**
 * Sends the status of a purchase order to the buyer's system: one document at a time and in order, until its Status
 * confirms it. Throws to be retried later. A permanent refusal, or three days without success, raises an alarm and
 * waits for `punchout orders resend`.
 */
export function sendNotice({
  notices,
  connections,
  send,
  messages,
  host,
  userAgent,
  log,
}: Deps): (job: Job) => Promise<void> {
  async function documentOf(
    notice: NoticeState,
    earlier: NoticeState[],
    { settings: { cxml, language } }: Connection,
  ): Promise<{ payloadId: string; document: string }> {
    const payloadId = noticePayloadId(notice, host);
    const confirmed =
      notice.status === 'canceled'
        ? earlier.find(({ status, sentAt }) => status === 'in_process' && sentAt !== undefined)
        : undefined;
    const [sharedSecret] = await connections.recoverableSecrets(notice.tenantId, notice.connectionId);
    const document = writeOrderNotice({
      notice,
      payloadId,
      at: new Date(),
      language,
      version: cxml.version,
      supplier: cxml.supplier,
      buyer: cxml.buyer ?? { domain: 'NetworkId', identity: notice.connectionId },
      userAgent,
      sharedSecret,
      replaces: confirmed === undefined ? undefined : noticePayloadId(confirmed, host),
    });
    return { payloadId, document };
  }

  function keep(
    { tenantId, transmissionId, connectionId, status }: NoticeState,
    { payloadId, document }: { payloadId: string; document: string },
    answer: OutboundAnswer | undefined,
    verdict: Verdict,
  ): void {
    const at = new Date();
    const common = {
      tenantId,
      connectionId,
      transmissionId,
      at,
      reason: verdict === 'taken' ? undefined : verdict.reason,
    };
    messages.note({
      ...common,
      direction: 'out',
      kind: status === 'shipped' ? 'ShipNoticeRequest' : 'ConfirmationRequest',
      contentType: 'text/xml',
      content: redactXml(document),
      payloadId,
      digest: digestOf(document),
    });
    if (answer !== undefined)
      messages.note({
        ...common,
        direction: 'in',
        kind: 'Response',
        contentType: answer.headers['content-type'] ?? '',
        content: redactXml(answer.body),
      });
  }

  return async ({ tenantId, input }) => {
    const key = { tenantId, ...(input as Omit<NoticeKey, 'tenantId'>) };
    const notice = await notices.find(key);
    if (notice === undefined || notice.sentAt !== undefined || notice.givenUpAt !== undefined) return;
    const { connectionId, orderId, noticedAt } = notice;
    const facts = { tenant: tenantId, connection: connectionId, order: orderId, status: notice.status };
    const giveUp = async (reason: string): Promise<void> => {
      await notices.failed(key, reason, true);
      log.error(
        { ...facts, reason },
        'ALARM: a notice of an order has failed for good, it waits for `punchout orders resend`',
      );
    };

    const connection = await connections.find(tenantId, connectionId);
    const url = connection?.settings.cxml.noticeUrl;
    if (connection === undefined || url === undefined) return giveUp('The connection has no cxml.noticeUrl any more.');
    const earlier = (await notices.ofOrder(tenantId, connectionId, orderId)).filter(
      (other) =>
        other.transactionId === notice.transactionId &&
        other.supplierShop === notice.supplierShop &&
        other.noticedAt < noticedAt,
    );
    if (earlier.some(({ sentAt, givenUpAt }) => sentAt === undefined && givenUpAt === undefined))
      throw new Error('the previous notice is still pending');

    const written = await documentOf(notice, earlier, connection);
    let answer: OutboundAnswer | undefined;
    let verdict: Verdict;
    try {
      answer = await send({
        method: 'POST',
        url,
        headers: {
          'content-type': 'text/xml; charset=UTF-8',
          accept: 'text/xml, application/xml',
          'user-agent': userAgent,
        },
        body: written.document,
        timeoutMs: TIMEOUT_MS,
        maxAnswerBytes: MOST_ANSWER_BYTES,
      });
      verdict = verdictOf(answer);
    } catch (error) {
      verdict = { reason: error instanceof Error ? error.message : 'There was no answer.', forGood: false };
    }
    keep(notice, written, answer, verdict);
    if (verdict === 'taken') return notices.sent(key);
    if (verdict.forGood || Date.now() - noticedAt.getTime() > PATIENCE_MS) return giveUp(verdict.reason);
    await notices.failed(key, verdict.reason, false);
    throw new Error(verdict.reason);
  };
}

/** cxml.md 3: the Status decides, and only without one the HTTP status. Errors of the 500 range are temporary. */
function verdictOf({ status, headers, body }: OutboundAnswer): Verdict {
  const parsed = parseCxml(Buffer.from(body), headers['content-type']);
  const said = parsed.ok && parsed.value.kind === 'Response' ? parsed.value.response : undefined;
  if (said === undefined) {
    const passes = status < 400 || status >= 500 || status === 408 || status === 425 || status === 429;
    return { reason: `HTTP ${status} without a cXML Status`, forGood: !passes };
  }
  const code = Number(said.code);
  if (code >= 200 && code <= 299) return 'taken';
  return {
    reason: `Status ${said.code} ${said.reason ?? said.text}`.slice(0, 500),
    forGood: code >= 400 && code <= 499,
  };
}
