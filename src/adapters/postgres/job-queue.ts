import { randomUUID } from 'node:crypto';
import type {
  FairShares,
  HopelessJobs,
  Job,
  JobQueue,
  JobQueueAge,
  JobQueueAges,
  WaitingJob,
  WaitingJobs,
} from '../../ports/job-queue.js';
import { MOST_PUSHES } from '../../ports/index-pushes.js';
import type { Database } from './database/database.js';
import { deleteOldRows, isAmong } from './old-rows.js';
import { indexedNumber } from './orders/order-notices.js';

/**
 * Owners share the jobs that have waited longest, at most this many; owners whose places are all taken are left out
 * first.
 */
const LOOKED_AT = 1_000;
const TAKEN = placesOf(`(tenant_id || ' ' || kind)`, '$4');

/**
 * Taking a job moves `due_at` to the end of the lease: after a worker dies, the job becomes due again by itself (P7).
 * That counts as a failure too.
 */
const TAKE = {
  name: 'job-take',
  text: `
    with waiting as (
      select tenant_id, job_id, kind, due_at, ${TAKEN} as taken from job
      where due_at <= now() and ${TAKEN} < $5::int order by due_at limit ${LOOKED_AT}
    ), placed as (
      select tenant_id, job_id, due_at,
        taken + row_number() over (partition by tenant_id, kind order by due_at) as place from waiting
    ), due as (
      select j.tenant_id, j.job_id from job j join placed p on p.tenant_id = j.tenant_id and p.job_id = j.job_id
      where j.due_at <= now() and p.place <= $5::int order by p.place, p.due_at limit $1 for update of j skip locked
    )
    update job j set due_at = now() + make_interval(secs => $2), lease = $3, attempts = j.attempts + 1,
      failing_since = case when j.lease is null then j.failing_since else coalesce(j.failing_since, now()) end
    from due where j.tenant_id = due.tenant_id and j.job_id = due.job_id
    returning j.tenant_id, j.job_id, j.kind, j.input, j.attempts, j.lease`,
};
const DONE = { name: 'job-done', text: 'delete from job where tenant_id = $1 and job_id = $2 and lease = $3' };
/** Has failed for as long as a hook may (hook-repository.ts). */
const IS_HOPELESS = `failing_since < now() - interval '3 days'`;
/** Older versions leave such a job too. */
const NEVER = `'infinity'::timestamptz`;

const RETRY = {
  name: 'job-retry',
  text: `
    update job set lease = null, last_error = $5, failing_since = coalesce(failing_since, now()),
      due_at = case when ${IS_HOPELESS} then ${NEVER} else now() + make_interval(secs => $4) end,
      given_up_at = case when ${IS_HOPELESS} then now() end
    where tenant_id = $1 and job_id = $2 and lease = $3 returning given_up_at is not null as given_up`,
};
const GIVE_UP = {
  name: 'job-give-up',
  text: `
    update job set lease = null, due_at = ${NEVER}, given_up_at = now(),
      last_error = coalesce(last_error, 'Each process that has begun it has ended before it was done.')
    where ${isAmong(`
      select ctid from job where given_up_at is null and ${IS_HOPELESS} and lease is not null and due_at <= now()
      order by failing_since limit $1 for update skip locked`)} returning 1 as given_up`,
};
const DELETE_GIVEN_UP = deleteOldRows({
  name: 'job-delete-given-up',
  table: 'job',
  where: `given_up_at < now() - interval '90 days'`,
  oldestBy: 'given_up_at',
});

const ADD = {
  name: 'job-add',
  text: 'insert into job (tenant_id, kind, input, due_at) values ($1, $2, $3, now() + make_interval(secs => $4))',
};

const WAITING_COLUMNS = `tenant_id, job_id::text as job_id, kind, attempts, created_at, given_up_at, last_error,
  nullif(due_at, 'infinity') as due_at, lease is not null and due_at > now() as running`;
const WAITING = {
  name: 'job-waiting',
  text: `select ${WAITING_COLUMNS} from job where tenant_id = $1 and job_id > $2::bigint order by job.job_id limit $3`,
};
const PLACING = {
  name: 'job-placing',
  text: `
    select ${WAITING_COLUMNS} from job where tenant_id = $1 and kind = 'place-purchase-order'
      and input->>'connectionId' = $2 and md5(input->>'orderId') = md5($3)`,
};
const PUSHING = {
  name: 'job-pushing',
  text: `
    select distinct on (address_id) ${WAITING_COLUMNS}, coalesce(input->>'addressId', '') as address_id
    from job where tenant_id = $1 and kind = 'push-index' and input->>'connectionId' = $2
    order by address_id, job.job_id desc limit ${MOST_PUSHES}`,
};
const HURRY = {
  name: 'job-hurry',
  text: `
    update job set due_at = now(), failing_since = null, given_up_at = null
    where tenant_id = $1 and job_id::text = $2 and (lease is null or due_at <= now()) returning 1`,
};

const AGES = {
  name: 'job-ages',
  text: `
    select kind, count(*) filter (where given_up_at is null)::int as jobs,
      count(last_error) filter (where given_up_at is null)::int as failing, count(given_up_at)::int as given_up,
      coalesce(extract(epoch from now() - min(due_at) filter (where due_at <= now())), 0)::float8 as overdue
    from job group by kind order by kind`,
};

interface WaitingRow extends Pick<JobRow, 'tenant_id' | 'job_id' | 'kind' | 'attempts'> {
  created_at: Date;
  due_at: Date | null;
  given_up_at: Date | null;
  last_error: string | null;
  running: boolean;
}

interface JobRow {
  tenant_id: string;
  job_id: string;
  kind: Job['kind'];
  input: Record<string, unknown>;
  attempts: number;
  lease: string;
}

export function jobQueue({
  query,
  asTenant,
}: Pick<Database, 'query' | 'asTenant'>): JobQueue & WaitingJobs & HopelessJobs & JobQueueAges {
  return {
    async add({ tenantId, kind, input }, delaySeconds) {
      await query(ADD, [tenantId, kind, JSON.stringify(input), delaySeconds]);
    },
    async take(limit, leaseSeconds, shares) {
      const rows = await query<JobRow>(TAKE, [limit, leaseSeconds, randomUUID(), ...sharesValues(shares)]);
      return rows.map((row) => ({
        tenantId: row.tenant_id,
        jobId: row.job_id,
        kind: row.kind,
        input: row.input,
        attempts: row.attempts,
        lease: row.lease,
      }));
    },
    async done({ tenantId, jobId, lease }) {
      await query(DONE, [tenantId, jobId, lease]);
    },
    async retry({ tenantId, jobId, lease }, delaySeconds, error) {
      const values = [tenantId, jobId, lease, delaySeconds, error.replaceAll('\0', '')];
      return (await query<{ given_up: boolean }>(RETRY, values))[0]?.given_up === true;
    },
    giveUp: async (limit) => (await query(GIVE_UP, [limit])).length,
    deleteGivenUp: async (limit) => (await query(DELETE_GIVEN_UP, [limit])).length,
    waiting: async (tenantId, { limit, after = '0' }) =>
      (await asTenant(tenantId, (read) => read<WaitingRow>(WAITING, [tenantId, after, limit]))).map(waitingOf),
    async ages() {
      const rows = await query<Omit<JobQueueAge, 'givenUp' | 'overdueSeconds'> & { given_up: number; overdue: number }>(
        AGES,
        [],
      );
      return rows.map(({ given_up: givenUp, overdue: overdueSeconds, ...age }): JobQueueAge => ({
        ...age,
        givenUp,
        overdueSeconds,
      }));
    },
    async placing(tenantId, connectionId, orderId) {
      const key = [tenantId, connectionId, indexedNumber(orderId)];
      const [row] = await asTenant(tenantId, (read) => read<WaitingRow>(PLACING, key));
      return row === undefined ? undefined : waitingOf(row);
    },
    async pushing(tenantId, connectionId) {
      const rows = await asTenant(tenantId, (read) =>
        read<WaitingRow & { address_id: string }>(PUSHING, [tenantId, connectionId]),
      );
      return rows.map((row) => ({ ...waitingOf(row), addressId: row.address_id || undefined }));
    },
    hurry: async (tenantId, jobId) => (await query(HURRY, [tenantId, jobId])).length > 0,
  };
}

function waitingOf(row: WaitingRow): WaitingJob {
  return {
    tenantId: row.tenant_id,
    jobId: row.job_id,
    kind: row.kind,
    attempts: row.attempts,
    createdAt: row.created_at,
    running: row.running,
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    ...(row.given_up_at === null ? {} : { givenUpAt: row.given_up_at }),
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
  };
}

const EVERYTHING: FairShares = { taken: {}, most: 2_147_483_647 };

/**
 * As values of a statement: places by owner as JSON, and the maximum per owner. Without them only the waiting time
 * counts.
 */
export function sharesValues({ taken, most } = EVERYTHING): [taken: string, most: number] {
  return [JSON.stringify(taken), most];
}

/** SQL for the number of places that an owner has. `owner` and `values` are SQL too. */
export function placesOf(owner: string, values: string): string {
  return `coalesce((${values}::jsonb ->> ${owner})::int, 0)`;
}
