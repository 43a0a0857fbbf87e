import { beforeEach, expect, it } from '@jest/globals';
import type { HopelessJobs, JobQueue, WaitingJobs } from '../../src/ports/job-queue.js';

/** `sql` bypasses the port and empties the table. */
export function jobQueueContract(
  open: () => {
    jobs: JobQueue & WaitingJobs & HopelessJobs;
    sql: (text: string) => Promise<Record<string, unknown>[]>;
  },
): void {
  const add = (id: string) =>
    open().sql(
      `insert into job (tenant_id, kind, input) values ('acme', 'clear-cart', '{"cart": {"store": "demo", ` +
        `"id": "${id}"}}')`,
    );

  beforeEach(() => open().sql('delete from job'));

  it('takes due jobs up to the limit, each once while its lease lasts', async () => {
    const { jobs } = open();
    for (const id of ['a', 'b', 'c']) await add(id);
    const first = await jobs.take(2, 60);
    const second = await jobs.take(2, 60);
    expect(await jobs.take(2, 60)).toEqual([]);
    expect(first).toHaveLength(2);
    expect([...first, ...second].map(({ input }) => JSON.stringify(input)).toSorted()).toEqual(
      ['a', 'b', 'c'].map((id) => JSON.stringify({ cart: { id, store: 'demo' } })),
    );
    expect(first[0]).toMatchObject({ tenantId: 'acme', kind: 'clear-cart', attempts: 1 });
  });

  it('removes a finished job', async () => {
    const { jobs, sql } = open();
    await add('a');
    for (const job of await jobs.take(9, 60)) await jobs.done(job);
    expect(await sql('select job_id from job')).toEqual([]);
  });

  it('makes a failed job due again after its delay, and stores the reason', async () => {
    const { jobs, sql } = open();
    await add('a');
    const [job] = await jobs.take(9, 60);
    if (job === undefined) throw new Error('no job');
    await jobs.retry(job, 3600, 'shop\0 is down');
    expect(await jobs.take(9, 60)).toEqual([]);
    expect(await sql('select last_error from job')).toEqual([{ last_error: 'shop is down' }]);
    await jobs.retry(job, 0, 'late');
    expect(await jobs.take(9, 60)).toEqual([]);
    await sql('update job set due_at = now()');
    expect(await jobs.take(9, 60)).toMatchObject([{ jobId: job.jobId, attempts: 2 }]);
  });

  it('P7: makes a job due again when its lease ends; the worker that lost it has no effect', async () => {
    const { jobs, sql } = open();
    await add('a');
    const [lost] = await jobs.take(9, 0);
    const [current] = await jobs.take(9, 60);
    if (lost === undefined || current === undefined) throw new Error('no job');
    expect(current).toMatchObject({ jobId: lost.jobId, attempts: 2 });
    await jobs.done(lost);
    await jobs.retry(lost, 0, 'late');
    expect(await jobs.take(9, 60)).toEqual([]);
    expect(await sql('select last_error from job')).toEqual([{ last_error: null }]);
    await jobs.done(current);
    expect(await sql('select job_id from job')).toEqual([]);
  });

  it('gives up a job that has failed for three days, until a person tries it again', async () => {
    const { jobs, sql } = open();
    await add('a');
    const fail = async (): Promise<boolean | undefined> => {
      const [job] = await jobs.take(9, 60);
      return job && jobs.retry(job, 0, 'shop is down');
    };
    expect(await fail()).toBe(false);
    await sql(`update job set failing_since = now() - interval '71 hours'`);
    expect(await fail()).toBe(false);
    await sql(`update job set failing_since = now() - interval '73 hours'`);
    expect(await fail()).toBe(true);
    expect(await jobs.take(9, 60)).toEqual([]);
    const [given] = await jobs.waiting('acme', { limit: 9 });
    expect(given).toMatchObject({ attempts: 3, givenUpAt: expect.any(Date), lastError: 'shop is down' });
    expect(given).not.toHaveProperty('dueAt');
    expect(await jobs.hurry('acme', given?.jobId ?? '')).toBe(true);
    expect(await fail()).toBe(false);
    expect((await jobs.waiting('acme', { limit: 9 }))[0]).not.toHaveProperty('givenUpAt');
  });

  it('gives up a job that ends each worker, and deletes what has waited for 90 days', async () => {
    const { jobs, sql } = open();
    await add('a');
    for (const _ of [1, 2]) expect(await jobs.take(9, 0)).toHaveLength(1);
    expect(await jobs.giveUp(9)).toBe(0);
    await sql(`update job set failing_since = failing_since - interval '73 hours'`);
    expect(await jobs.giveUp(9)).toBe(1);
    expect(await jobs.take(9, 60)).toEqual([]);
    expect((await jobs.waiting('acme', { limit: 9 }))[0]?.lastError).toMatch(/^Each process that has begun it/);
    await sql(`update job set given_up_at = now() - interval '89 days'`);
    expect(await jobs.deleteGivenUp(9)).toBe(0);
    await sql(`update job set given_up_at = now() - interval '91 days'`);
    expect(await jobs.deleteGivenUp(9)).toBe(1);
  });
}
