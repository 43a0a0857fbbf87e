import { setTimeout } from 'node:timers/promises';
import { randomUUID, createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LeasedFeed, FeedRepository, FeedTurn } from '../ports/orders/connect-shops.js';
import type { Logger } from '../ports/logger.js';
import { places, hookDelaySeconds, withinTime } from './bounds.js';
import type { Worker } from './worker.js';
import type { FeedEncoding } from '../domain/orders/feed.js';
import type { OutboundStream, StreamBounds } from '../ports/outbound-http.js';
import type { Store } from '../ports/store/store.js';
import { readFeed } from './read-feed.js';
import { ByteSurvey } from '../protocols/feed/feed-records.js';

interface Deps extends Omit<ImportDeps, 'stopping' | 'random'> {
  /** Maximum number of parallel imports; each may use 512 MiB of disk space. */
  atOnce?: number | undefined;
  log: Logger;
}

const PAUSE_MS = 1_000;
const PLACES = 8;
/** Per tenant, so that slow suppliers of one tenant do not block the others. */
const SHARE_OF_TENANT = 1 / 4;

/** Imports due feeds, tenants in turn, until it is stopped. Several processes may run it at the same time. */
export function startFeedImports({ atOnce = PLACES, log, ...rest }: Deps): Worker {
  const stopping = new AbortController();
  const deps: ImportDeps = { ...rest, random: Math.random, stopping: stopping.signal };
  const held = places(atOnce, Math.ceil(atOnce * SHARE_OF_TENANT));

  async function serve(feed: LeasedFeed): Promise<void> {
    const facts = { tenant: feed.tenantId, shop: feed.shopId };
    try {
      const { error, report } = await importFeed(deps, feed);
      if (error !== undefined)
        log.warn({ ...facts, reason: error }, 'a feed could not be imported, will be tried again');
      else if (report !== undefined)
        log.info(
          {
            ...facts,
            lines: report.lines,
            products: report.products,
            errors: report.errors,
            warnings: report.warnings,
          },
          'feed imported',
        );
    } catch (error) {
      log.warn({ err: error, ...facts }, 'a feed could not be imported, its lease runs out');
    }
  }

  /** False: no free slot, or nothing is due. */
  async function takeOne(): Promise<boolean> {
    const feed = held.free() === 0 ? undefined : await deps.feeds.take(FEED_LEASE_SECONDS, held.shares());
    if (feed !== undefined) held.hold(feed.tenantId, serve(feed));
    return feed !== undefined;
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (await takeOne()) continue;
      } catch (error) {
        log.warn({ err: error }, 'feeds could not be taken');
      }
      const paused = setTimeout(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      await Promise.race([paused, held.released()]);
    }
    await held.allFree();
  }

  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

interface ImportDeps {
  feeds: FeedRepository;
  store: Store;
  stream: OutboundStream;
  /** Aborted when the worker must stop. */
  stopping: AbortSignal;
  random: () => number;
  /** Fetch interval of a feed. Default: an hour. */
  everySeconds?: number;
  limits?: FeedLimits;
}

const FEED_LEASE_SECONDS = 120;
const RENEW_AFTER_MS = 2_000;
const EVERY_SECONDS = 3_600;

/** The worker lost its lease or must stop: the next worker takes the feed. */
class Interrupted extends Error {}

/**
 * One turn of one feed: fetch, compare with the last file, read, report. After an interruption a file is read again
 * from its start; importing a product twice has no further effect.
 */
async function importFeed(deps: ImportDeps, feed: LeasedFeed): Promise<FeedTurn> {
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

/** Without the byte order mark. */
async function* textOf(path: string, encoding: FeedEncoding): AsyncGenerator<string> {
  const decoder = encoding === 'ISO-8859-1' ? undefined : new TextDecoder(encoding);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a stream without an encoding gives bytes
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
    yield decoder === undefined ? chunk.toString('latin1') : decoder.decode(chunk, { stream: true });
  yield decoder?.decode() ?? '';
}

/** T49: limits for a supplier's server and one file. */
interface FeedLimits extends Required<Pick<StreamBounds, 'beginMs' | 'pace'>> {
  /** From the first byte to the last. */
  timeoutMs: number;
  maxAnswerBytes: number;
}

/** Both waits are shorter than the lease, which is renewed as data arrives. */
export const FEED_LIMITS: FeedLimits = {
  timeoutMs: 600_000,
  beginMs: 90_000,
  pace: { bytes: 30_720, ms: 30_000 },
  maxAnswerBytes: 536_870_912,
};

interface FetchedFeed {
  md5: string;
  size: number;
  encoding: FeedEncoding;
  modifiedAt: Date;
}

interface Fetching {
  stream: OutboundStream;
  /** Called for each chunk; may throw to stop. */
  keepGoing: () => Promise<void>;
  signal: AbortSignal;
  limits: FeedLimits;
}

/** Fetches a feed into `path`. Rejects with an error text for the engineer. Redirects are not followed. */
async function fetchFeed(
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
    // Read even if the status is wrong, so that the connection is released.
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
