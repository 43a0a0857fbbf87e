import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FeedEncoding } from '../domain/orders/feed.js';
import type { OutboundStream, StreamBounds } from '../ports/outbound-http.js';
import { ByteSurvey } from '../protocols/feed/byte-survey.js';

/** SECURITY T49: what a supplier's server may take of us for one file. */
export interface FeedLimits extends Required<Pick<StreamBounds, 'beginMs' | 'pace'>> {
  /** From the first byte to the last. */
  timeoutMs: number;
  maxAnswerBytes: number;
}

/** Both waits are shorter than the lease, which is renewed with what comes. */
export const FEED_LIMITS: FeedLimits = {
  timeoutMs: 600_000,
  beginMs: 90_000,
  pace: { bytes: 30_720, ms: 30_000 },
  maxAnswerBytes: 536_870_912,
};

export interface FetchedFeed {
  md5: string;
  size: number;
  encoding: FeedEncoding;
  modifiedAt: Date;
}

interface Fetching {
  stream: OutboundStream;
  /** Called with what comes; may throw to end it. */
  keepGoing: () => Promise<void>;
  signal: AbortSignal;
  limits: FeedLimits;
}

/** Fetches a feed into `path`. Rejects with a sentence for the engineer. Redirects are not followed. */
export async function fetchFeed(
  url: string,
  path: string,
  { stream, keepGoing, signal, limits }: Fetching,
): Promise<FetchedFeed> {
  const headers = {
    accept: 'text/csv, text/plain;q=0.9, */*;q=0.1',
    'accept-encoding': 'identity',
    'user-agent': 'headless-punchout',
  };
  const { status, headers: answered, body } = await stream({ method: 'GET', url, headers, signal, ...limits });
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
  const changed = Date.parse(answered['last-modified'] ?? '');
  return {
    md5: hash.digest('hex'),
    size,
    encoding: survey.encoding(),
    modifiedAt: Number.isNaN(changed) || changed > Date.now() ? new Date() : new Date(changed),
  };
}
