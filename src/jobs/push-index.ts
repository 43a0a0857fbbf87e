import { type IndexFormat, indexFileName } from '../domain/catalogue/catalogue-index.js';
import type { IndexPushes, SentPush } from '../ports/index-pushes.js';
import type { IndexFile, IndexOwner, IndexRunKey, IndexRuns } from '../ports/index-runs.js';
import type { Job } from '../ports/job-queue.js';
import type { OutboundHttp } from '../ports/outbound-http.js';
import type { MessageLog } from '../ports/transmission/message-log.js';

interface Deps {
  pushes: Pick<IndexPushes, 'findToSend' | 'note'>;
  runs: Pick<IndexRuns, 'newestFile'>;
  pieces: (key: IndexRunKey, format: IndexFormat, after: number) => AsyncIterable<string>;
  /** Of a file. */
  kindOf: (format: IndexFormat) => { contentType: string; extension: string };
  send: OutboundHttp;
  messages: Pick<MessageLog, 'note'>;
  userAgent: string;
}

/** Shorter than the lease of a job, so that no other worker sends the file meanwhile. */
const TIMEOUT_MS = 25_000;
const MOST_ANSWER_BYTES = 65_536;

/**
 * Pushes the file of a run, unless the same bytes are there, or a newer run has one. Throws to be tried again, as every
 * job is: for three days.
 */
export function pushIndex({
  pushes,
  runs,
  pieces,
  kindOf,
  send,
  messages,
  userAgent,
}: Deps): (job: Job) => Promise<void> {
  async function sent(push: SentPush, { runId, bytes }: IndexFile): Promise<void> {
    const { tenantId, connectionId, addressId, format, authorization } = push;
    const { contentType, extension } = kindOf(format);
    const { status } = await send({
      method: 'POST',
      url: push.url,
      headers: {
        'content-type': contentType,
        'content-disposition': `attachment; filename="${indexFileName({ connectionId, addressId }, extension)}"`,
        'user-agent': userAgent,
        ...(bytes === undefined ? {} : { 'content-length': String(bytes) }),
        ...(authorization === undefined ? {} : { authorization }),
      },
      pieces: pieces({ tenantId, connectionId, runId }, format, -1),
      timeoutMs: TIMEOUT_MS,
      maxAnswerBytes: MOST_ANSWER_BYTES,
    });
    if (status < 200 || status > 299) throw new Error(`POST was answered with status ${status}`);
  }

  function keep(push: SentPush, { runId, bytes }: IndexFile, reason?: string): void {
    const { tenantId, connectionId, addressId, url, format } = push;
    const { origin, pathname } = new URL(url);
    const whose = addressId === undefined ? '' : `, address id ${addressId}`;
    const size = bytes === undefined ? '' : `, ${bytes} bytes`;
    messages.note({
      tenantId,
      connectionId,
      at: new Date(),
      direction: 'out',
      kind: 'Index',
      contentType: 'text/plain',
      content: `POST ${origin}${pathname}\nrun ${runId}, ${format}${whose}${size}`,
      reason,
    });
  }

  return async ({ tenantId, input: { connectionId, addressId: address, runId } }) => {
    if (typeof connectionId !== 'string' || typeof runId !== 'number') throw new TypeError('the job names no run');
    const owner: IndexOwner = { tenantId, connectionId, addressId: typeof address === 'string' ? address : undefined };
    const push = await pushes.findToSend(owner);
    if (push === undefined) return;
    const file = await runs.newestFile(owner, push.format);
    if (file === undefined || file.runId !== runId) return;
    const isThere = file.digest !== undefined && file.digest === push.pushedDigest;
    try {
      if (!isThere) await sent(push, file);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'There was no answer.';
      keep(push, file, reason);
      await pushes.note(push, { error: reason });
      throw error;
    }
    if (!isThere) keep(push, file);
    await pushes.note(push, { runId, digest: file.digest });
  };
}
