import { setTimeout } from 'node:timers/promises';
import type { Job, JobQueue } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import { places, withinTime, retryDelaySeconds } from './bounds.js';
import { type Sweep, sweeper } from './upkeep.js';

export type JobHandler = (job: Job) => Promise<unknown>;

interface Deps {
  jobs: JobQueue;
  /** What does the jobs of each kind. A handler may be run again after it was cut off. */
  handlers: Record<Job['kind'], JobHandler>;
  /** Run in every round; true: there is more to do at once. */
  rounds: (() => Promise<boolean>)[];
  /** Run every 30 s, beside the jobs: expiry and clearing away. */
  sweeps: Sweep[];
  log: Logger;
}

export interface Worker {
  /** Resolves when the work in hand is done. */
  stop(): Promise<void>;
}

const PAUSE_MS = 1_000;
const SWEEP_EVERY_MS = 30_000;
/** Jobs under way at the same time: one that waits for somebody else's server takes a place, and no other's. */
const PLACES = 20;
/** Of one tenant and kind, so that a slow server holds up nobody else, and nothing else of that tenant. */
const PLACES_OF_OWNER = 10;
const LEASE_SECONDS = 30;
/** A job that takes longer gives its place back and is tried again: longer than a shop may take for one operation. */
const LONGEST_SECONDS = 90;

/** Does what commits have left to do, again and again until it is stopped; any number of workers may run side by side. */
export function startWorker({ jobs, handlers, rounds, sweeps, log }: Deps): Worker {
  const pause = new AbortController();
  const sweep = sweeper(sweeps, log);
  const held = places(PLACES, PLACES_OF_OWNER);

  async function run(job: Job): Promise<void> {
    try {
      await withinTime(LONGEST_SECONDS, handlers[job.kind](job), `it took longer than ${LONGEST_SECONDS} s`);
      await jobs.done(job);
    } catch (error) {
      log.warn(
        { err: error, job: job.jobId, kind: job.kind, attempts: job.attempts },
        'job failed, will be tried again',
      );
      await jobs.retry(
        job,
        retryDelaySeconds(job.attempts, Math.random()),
        error instanceof Error ? error.message : 'failed',
      );
    }
  }

  async function runDue(): Promise<boolean> {
    const free = held.free();
    const due = free === 0 ? [] : await jobs.take(free, LEASE_SECONDS, held.shares());
    for (const job of due) {
      const done = run(job).catch((error: unknown) =>
        log.warn({ err: error, job: job.jobId }, 'a job could not be put back, its lease runs out'),
      );
      held.hold(`${job.tenantId} ${job.kind}`, done);
    }
    return due.length > 0;
  }

  async function sweepAgainAndAgain(): Promise<void> {
    while (!pause.signal.aborted) {
      await sweep(pause.signal);
      await setTimeout(SWEEP_EVERY_MS, undefined, { signal: pause.signal }).catch(() => undefined);
    }
  }

  /** One that fails is tried again after the pause, and stops no other. */
  async function attempt(round: () => Promise<boolean>): Promise<boolean> {
    try {
      return await round();
    } catch (error) {
      log.warn({ err: error }, 'worker could not reach its database');
      return false;
    }
  }

  async function loop(): Promise<void> {
    while (!pause.signal.aborted) {
      let more = false;
      for (const round of [...rounds, runDue]) more = (await attempt(round)) || more;
      if (more) continue;
      const paused = setTimeout(PAUSE_MS, undefined, { signal: pause.signal }).catch(() => undefined);
      // What is due may wait for a place of its owner.
      await Promise.race([paused, held.released()]);
    }
    await held.allFree();
  }

  const running = Promise.all([loop(), sweepAgainAndAgain()]);
  return {
    async stop() {
      pause.abort();
      await running;
    },
  };
}
