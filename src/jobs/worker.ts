import { setTimeout } from 'node:timers/promises';
import type { Job, JobQueue } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import { places, withinTime, retryDelaySeconds } from './bounds.js';
import type { sweeper } from './upkeep.js';

export type JobHandler = (job: Job) => Promise<unknown>;

interface Deps {
  jobs: JobQueue;
  /** Handler of each kind of job. It may run again after it was interrupted. */
  handlers: Record<Job['kind'], JobHandler>;
  /** Run in every round; true: there is more work now. */
  rounds: (() => Promise<boolean>)[];
  /** Run every 30 s, and again at once after a turn that was not finished; parallel to the jobs. */
  sweep: ReturnType<typeof sweeper>;
  /** Maximum number of parallel jobs. */
  atOnce?: number | undefined;
  log: Logger;
}

export interface Worker {
  /** Resolves when the current work is done. */
  stop(): Promise<void>;
}

const PAUSE_MS = 1_000;
const SWEEP_EVERY_MS = 30_000;
/** A job that waits for another server takes one slot and does not block others. */
const PLACES = 20;
/** Per tenant and kind, so that a slow server blocks neither other tenants nor other work of its tenant. */
const SHARE_OF_OWNER = 1 / 2;
const LEASE_SECONDS = 30;
/** A job that takes longer releases its slot and is retried. Longer than the maximum of one shop operation. */
const LONGEST_SECONDS = 90;

/** Runs the jobs that commits have queued until it is stopped. Several workers may run at the same time. */
export function startWorker({ jobs, handlers, rounds, sweep, atOnce = PLACES, log }: Deps): Worker {
  const pause = new AbortController();
  const held = places(atOnce, Math.ceil(atOnce * SHARE_OF_OWNER));

  async function run(job: Job): Promise<void> {
    try {
      await withinTime(LONGEST_SECONDS, handlers[job.kind](job), `it took longer than ${LONGEST_SECONDS} s`);
      await jobs.done(job);
    } catch (error) {
      const facts = { err: error, tenant: job.tenantId, job: job.jobId, kind: job.kind, attempts: job.attempts };
      log.warn(facts, 'job failed, will be tried again');
      const isGivenUp = await jobs.retry(
        job,
        retryDelaySeconds(job.attempts, Math.random()),
        error instanceof Error ? error.message : 'failed',
      );
      if (isGivenUp) log.error(facts, 'ALARM: a job has failed for three days, it waits for `punchout jobs retry`');
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
      if (await sweep(pause.signal)) continue;
      await setTimeout(SWEEP_EVERY_MS, undefined, { signal: pause.signal }).catch(() => undefined);
    }
  }

  /** A failed round is retried after the pause and does not stop the others. */
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
      // Due jobs may be waiting for a slot of their owner.
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
