import type { Job, JobQueue } from '../ports/job-queue.js';
import type { IndexRunKey } from '../ports/index-runs.js';

/** Shorter than the lease of a job, so that no other worker takes it meanwhile. */
const PATIENCE_MS = 15_000;

interface Deps {
  /** True: the run has ended. */
  work: (key: IndexRunKey, time: { patienceMs: number; now: () => number }) => Promise<boolean>;
  jobs: Pick<JobQueue, 'add'>;
}

/** Works on an index for a while, and queues the rest, so that a large catalogue holds no place of the worker. */
export function writeIndex({ work, jobs }: Deps): (job: Job) => Promise<void> {
  return async ({ tenantId, kind, input }) => {
    const { connectionId, runId } = input;
    if (typeof connectionId !== 'string' || typeof runId !== 'number') throw new TypeError('the job names no run');
    const time = { patienceMs: PATIENCE_MS, now: () => performance.now() };
    if (!(await work({ tenantId, connectionId, runId }, time))) await jobs.add({ tenantId, kind, input }, 0);
  };
}
