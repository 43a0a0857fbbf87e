import { setTimeout } from 'node:timers/promises';
import type { Logger } from '../ports/logger.js';
import { FEED_LEASE_SECONDS, type ImportDeps, importFeed } from './import-feed.js';
import type { Worker } from './worker.js';

interface Deps extends Omit<ImportDeps, 'isStopping' | 'random'> {
  log: Logger;
}

const PAUSE_MS = 1_000;

/** Imports feeds that are due, one after the other, until it is stopped; any number of processes may do it side by side. */
export function startFeedImports({ log, ...rest }: Deps): Worker {
  const stopping = new AbortController();
  const deps: ImportDeps = { ...rest, random: Math.random, isStopping: () => stopping.signal.aborted };

  async function serveOne(): Promise<boolean> {
    const feed = await deps.feeds.take(FEED_LEASE_SECONDS);
    if (feed === undefined) return false;
    const facts = { tenant: feed.tenantId, shop: feed.shopId };
    const { error, report } = await importFeed(deps, feed);
    if (error !== undefined) log.warn({ ...facts, reason: error }, 'a feed could not be imported, will be tried again');
    else if (report !== undefined) log.info({ ...facts, lines: report.lines, products: report.products, errors: report.errors, warnings: report.warnings }, 'feed imported');
    return true;
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (await serveOne()) continue;
      } catch (error) {
        log.warn({ err: error }, 'feeds could not be taken');
      }
      await setTimeout(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
