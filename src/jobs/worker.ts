import { setTimeout } from 'node:timers/promises';
import type { JobQueue } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import type { SalesFigures } from '../ports/sales-figures.js';
import type { Store } from '../ports/store.js';
import type { TransmissionRepository } from '../ports/transmission-repository.js';
import { clearCart } from './clear-cart.js';
import { foldSales } from './fold-sales.js';
import { retryDelaySeconds } from './retry-delay.js';

interface Deps {
  jobs: JobQueue;
  transmissions: Pick<TransmissionRepository, 'expireDue'>;
  store: Store;
  /** Sweeps sessions that are over, where no Redis does it. */
  sweepSessions?: () => Promise<unknown>;
  sweepIdempotencyKeys?: () => Promise<unknown>;
  /** Folds what transfers counted into the daily figures. */
  figures?: Pick<SalesFigures, 'fold'>;
  log: Logger;
}

export interface Worker {
  /** Resolves when the work in hand is done. */
  stop(): Promise<void>;
}

const PAUSE_MS = 1_000;
const SWEEP_EVERY_MS = 30_000;
const BATCH = 20;
const LEASE_SECONDS = 30;

/** Does what commits have left to do, again and again until it is stopped; any number of workers may run side by side. */
export function startWorker({ jobs, transmissions, store, sweepSessions, sweepIdempotencyKeys, figures, log }: Deps): Worker {
  const pause = new AbortController();
  const fold = figures === undefined ? undefined : foldSales(figures, log);
  let sweptAt = performance.now() - SWEEP_EVERY_MS;

  async function runDue(): Promise<number> {
    const due = await jobs.take(BATCH, LEASE_SECONDS);
    for (const job of due) {
      try {
        await clearCart(store, job);
        await jobs.done(job);
      } catch (error) {
        log.warn({ err: error, job: job.jobId, attempts: job.attempts }, 'job failed, will be tried again');
        await jobs.retry(job, retryDelaySeconds(job.attempts, Math.random()), error instanceof Error ? error.message : 'failed');
      }
    }
    return due.length;
  }

  async function sweep(): Promise<void> {
    if (performance.now() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = performance.now();
    await transmissions.expireDue(500);
    await sweepSessions?.();
    await sweepIdempotencyKeys?.();
  }

  async function loop(): Promise<void> {
    while (!pause.signal.aborted) {
      try {
        await sweep();
        const more = await fold?.();
        if ((await runDue()) === BATCH || more === true) continue;
      } catch (error) {
        log.warn({ err: error }, 'worker could not reach its database');
      }
      await setTimeout(PAUSE_MS, undefined, { signal: pause.signal }).catch(() => undefined);
    }
  }

  const running = loop();
  return {
    async stop() {
      pause.abort();
      await running;
    },
  };
}
