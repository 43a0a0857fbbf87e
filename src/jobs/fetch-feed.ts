import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FeedEncoding } from '../domain/orders/feed.js';
import type { OutboundStream } from '../ports/outbound-http.js';
import { ByteSurvey } from '../protocols/feed/byte-survey.js';

/** SECURITY T49: from the first byte to the last. */
const TIMEOUT_MS = 600_000;
export const MOST_FEED_BYTES = 536_870_912;

export interface FetchedFeed {
  md5: string;
  size: number;
  encoding: FeedEncoding;
  modifiedAt: Date;
}

/** Fetches a feed into `path`. Rejects with a sentence for the engineer. Redirects are not followed. */
export async function fetchFeed(stream: OutboundStream, url: string, path: string, keepGoing: () => Promise<void>, maxAnswerBytes: number = MOST_FEED_BYTES): Promise<FetchedFeed> {
  const { status, headers, body } = await stream({ method: 'GET', url, headers: { accept: 'text/csv, text/plain;q=0.9, */*;q=0.1', 'accept-encoding': 'identity', 'user-agent': 'headless-punchout' }, timeoutMs: TIMEOUT_MS, maxAnswerBytes });
  const hash = createHash('md5');
  const survey = new ByteSurvey();
  let size = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    // Also where the status is wrong: the connection has to be given back.
    for await (const chunk of body) {
      if (status !== 200) break;
      await keepGoing();
      hash.update(chunk);
      survey.add(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  if (status !== 200) throw new Error(`GET was answered with status ${status}`);
  const changed = Date.parse(headers['last-modified'] ?? '');
  return { md5: hash.digest('hex'), size, encoding: survey.encoding(), modifiedAt: Number.isNaN(changed) || changed > Date.now() ? new Date() : new Date(changed) };
}
