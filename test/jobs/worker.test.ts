import { expect, it } from '@jest/globals';
import { startWorker } from '../../src/jobs/worker.js';
import type { Job } from '../../src/ports/job-queue.js';
import { jobQueue } from '../../src/adapters/postgres/job-queue.js';
import { withinTime } from '../../src/jobs/bounds.js';
import { describeOnDatabases } from '../contracts/databases.js';
import { until } from '../support/until.js';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const JOB: Job = { tenantId: 't', jobId: '1', kind: 'clear-cart', input: {}, attempts: 1, lease: 'l' };

const sweep = async (): Promise<boolean> => false;
const handler = async (): Promise<void> => undefined;
const HANDLERS = {
  'clear-cart': handler,
  'remove-clone': handler,
  'restore-cart': handler,
  'send-notice': handler,
  'place-purchase-order': handler,
  'place-order': handler,
  'record-order': handler,
  'write-index': handler,
  'push-index': handler,
  'compare-prices': handler,
};

/** A queue with one job; the test supplies the rest. */
function run(other: Partial<Parameters<typeof startWorker>[0]>): { done: string[]; stop: () => Promise<void> } {
  const done: string[] = [];
  let due = [JOB];
  const jobs = {
    add: async () => undefined,
    take: async () => due.splice(0),
    done: async ({ jobId }: Job) => void done.push(jobId),
    retry: async () => ((due = [JOB]), false),
  };
  return { done, stop: startWorker({ jobs, handlers: HANDLERS, rounds: [], sweep, log: SILENT, ...other }).stop };
}

it.each([
  ['a round that fails', { rounds: [() => Promise.reject(new Error('no'))] }],
  ['a sweep that never finishes', { sweep: async () => (await new Promise(setImmediate), true) }],
])('%s does not delay jobs, and the worker stops', async (_, other) => {
  const { done, stop } = run(other);
  await until(async () => done.length === 1);
  await stop();
  expect(done).toEqual(['1']);
});

describeOnDatabases('a worker with a slow server on the other side', (database) => {
  it('300 unanswered notices of a tenant take 10 slots; its other jobs, and other tenants, go on', async () => {
    const jobs = jobQueue(database());
    const add = (tenantId: string, kind: Job['kind'], count: number): Promise<unknown> =>
      database().knex.raw(
        `insert into job (tenant_id, kind, input) select ?, ?, '{}' from generate_series(1, ?::int)`,
        [tenantId, kind, count],
      );
    await add('slow', 'send-notice', 300);
    let waiting = 0;
    const over: { resolve?: () => void } = {};
    const answered = new Promise<void>((resolve) => (over.resolve = resolve));
    const done: string[] = [];
    const quick = async ({ tenantId, kind }: Job): Promise<void> => void done.push(`${tenantId} ${kind}`);
    const handlers = {
      ...HANDLERS,
      'clear-cart': quick,
      async 'send-notice'(job: Job) {
        if (job.tenantId !== 'slow') return quick(job);
        waiting += 1;
        await answered;
      },
    };
    const workers = [1, 2].map(() => startWorker({ jobs, handlers, rounds: [], sweep, log: SILENT }));
    try {
      await until(async () => waiting === 20);
      await add('quick', 'send-notice', 25);
      await add('slow', 'clear-cart', 25);
      await until(async () => done.length === 50);
      expect([waiting, done.filter((job) => job === 'quick send-notice').length]).toEqual([20, 25]);
    } finally {
      await database().knex('job').where({ kind: 'send-notice' }).del();
      over.resolve?.();
      await Promise.all(workers.map((worker) => worker.stop()));
    }
  });

  it('endless work releases its slot', async () => {
    await expect(withinTime(0.05, new Promise(() => undefined), 'it took longer than 0.05 s')).rejects.toThrow(
      'it took longer than 0.05 s',
    );
    await expect(withinTime(30, Promise.resolve('done'), 'late')).resolves.toBe('done');
    await expect(withinTime(30, Promise.reject(new Error('no')), 'late')).rejects.toThrow('no');
  });
});
