import { setTimeout } from 'node:timers/promises';
import type { LeasedFeed } from '../ports/orders/feed-repository.js';
import type { Logger } from '../ports/logger.js';
import { FEED_LEASE_SECONDS, type ImportDeps, importFeed } from './import-feed.js';
import { places } from './bounds.js';
import type { Worker } from './worker.js';

interface Deps extends Omit<ImportDeps, 'stopping' | 'random'> {
  log: Logger;
}

const PAUSE_MS = 1_000;
/** Feeds that are imported at the same time; each may have a file of 512 MiB on the disk. */
const PLACES = 8;
/** Of one tenant, whose slow suppliers hold up nobody else. */
const PLACES_OF_TENANT = 2;

/** Imports feeds that are due, tenants in turn, until it is stopped; any number of processes may do it side by side. */
export function startFeedImports({ log, ...rest }: Deps): Worker {
  const stopping = new AbortController();
  const deps: ImportDeps = { ...rest, random: Math.random, stopping: stopping.signal };
  const held = places(PLACES, PLACES_OF_TENANT);

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

  /** False: no place is free, or nothing is due. */
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
