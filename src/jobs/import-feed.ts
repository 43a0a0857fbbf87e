import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedEncoding } from '../domain/orders/feed.js';
import type { FeedRepository, FeedTurn, LeasedFeed } from '../ports/orders/feed-repository.js';
import type { OutboundStream } from '../ports/outbound-http.js';
import type { Store } from '../ports/store/store.js';
import { FEED_LIMITS, type FeedLimits, fetchFeed } from './fetch-feed.js';
import { hookDelaySeconds } from './hook-delay.js';
import { readFeed } from './read-feed.js';
import { withinTime } from './bounds/within-time.js';

export interface ImportDeps {
  feeds: FeedRepository;
  store: Store;
  stream: OutboundStream;
  /** Aborted once the worker is to stop. */
  stopping: AbortSignal;
  random: () => number;
  /** How often a feed is fetched. Default: an hour. */
  everySeconds?: number;
  limits?: FeedLimits;
}

export const FEED_LEASE_SECONDS = 120;
const RENEW_AFTER_MS = 2_000;
const EVERY_SECONDS = 3_600;

/** A worker that lost its lease, or is to stop: it leaves the feed to the next one. */
class Interrupted extends Error {}

/**
 * One turn of one feed: fetch, compare with the last file, read, report. A file is read whole or again from its start; products that
 * were handed over before are handed over once more, which changes nothing.
 */
export async function importFeed(deps: ImportDeps, feed: LeasedFeed): Promise<FeedTurn> {
  const turn = await outcomeOf(deps, feed);
  await deps.feeds.settle(feed, turn);
  return turn;
}

async function outcomeOf(deps: ImportDeps, feed: LeasedFeed): Promise<FeedTurn> {
  const { everySeconds = EVERY_SECONDS, random } = deps;
  const directory = await mkdtemp(join(tmpdir(), 'headless-punchout-feed-'));
  try {
    return { delaySeconds: everySeconds, ...(await reportOf(deps, feed, join(directory, 'feed.csv'))) };
  } catch (error) {
    if (error instanceof Interrupted || deps.stopping.aborted) return { delaySeconds: 1 };
    return {
      delaySeconds: hookDelaySeconds(feed.attempts, random()),
      error: error instanceof Error ? error.message : 'failed',
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function reportOf(
  { feeds, store, stream, stopping, limits = FEED_LIMITS }: ImportDeps,
  feed: LeasedFeed,
  path: string,
): Promise<Pick<FeedTurn, 'report' | 'issues'>> {
  let renewedAt = performance.now();
  const progress = async (lines: number, products: number): Promise<void> => {
    if (stopping.aborted) throw new Interrupted('the worker stops');
    if (performance.now() - renewedAt < RENEW_AFTER_MS) return;
    renewedAt = performance.now();
    if (!(await feeds.progress(feed, { lines, products }, FEED_LEASE_SECONDS)))
      throw new Interrupted('another worker has the feed');
  };
  const fetched = await fetchFeed(feed.url, path, {
    stream,
    keepGoing: () => progress(0, 0),
    signal: stopping,
    limits,
  });
  if (fetched.md5 === feed.md5) return {};
  const run = randomUUID();
  const { ledger, lines, issueLines, products } = await readFeed(textOf(path, fetched.encoding), {
    async take(batch) {
      const taking = store.importProducts?.(feed.tenantId, run, batch);
      return taking === undefined
        ? { repeated: [] }
        : withinTime(
            FEED_LEASE_SECONDS,
            taking,
            `the shop has not taken ${batch.length} products within ${FEED_LEASE_SECONDS} s`,
          );
    },
    progress,
  });
  return {
    report: {
      ...fetched,
      importedAt: new Date(),
      lines,
      warnings: ledger.warnings,
      errors: ledger.errors,
      issueLines,
      products,
    },
    issues: ledger.issues(),
  };
}

/** Without the mark at its start. */
async function* textOf(path: string, encoding: FeedEncoding): AsyncGenerator<string> {
  const decoder = encoding === 'ISO-8859-1' ? undefined : new TextDecoder(encoding);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a stream without an encoding gives bytes
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
    yield decoder === undefined ? chunk.toString('latin1') : decoder.decode(chunk, { stream: true });
  yield decoder?.decode() ?? '';
}
