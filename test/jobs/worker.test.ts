import { expect, it } from '@jest/globals';
import { startWorker } from '../../src/jobs/worker.js';
import type { Job } from '../../src/ports/job-queue.js';
import { until } from '../support/until.js';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const JOB: Job = { tenantId: 't', jobId: '1', kind: 'clear-cart', input: {}, attempts: 1, lease: 'l' };

/** A queue with one job; what else runs is the test's. */
function run(other: Partial<Parameters<typeof startWorker>[0]>): { done: string[]; stop: () => Promise<void> } {
  const done: string[] = [];
  let due = [JOB];
  const jobs = { add: async () => undefined, take: async () => due.splice(0), done: async ({ jobId }: Job) => void done.push(jobId), retry: async () => void (due = [JOB]) };
  const handler = async (): Promise<void> => undefined;
  const handlers = { 'clear-cart': handler, 'remove-clone': handler, 'restore-cart': handler, 'send-notice': handler, 'place-purchase-order': handler, 'place-order': handler, 'record-order': handler };
  return { done, stop: startWorker({ jobs, handlers, rounds: [], sweeps: [], log: SILENT, ...other }).stop };
}

it.each([
  ['a round that fails', { rounds: [() => Promise.reject(new Error('no'))] }],
  ['a sweep that fails', { sweeps: [{ name: 'a', run: () => Promise.reject(new Error('no')) }] }],
  ['a sweep that has no end', { sweeps: [{ name: 'a', run: async (limit: number) => (await new Promise(setImmediate), limit) }] }],
])('%s keeps no job waiting, and the worker stops', async (_, other) => {
  const { done, stop } = run(other);
  await until(async () => done.length === 1);
  await stop();
  expect(done).toEqual(['1']);
});
