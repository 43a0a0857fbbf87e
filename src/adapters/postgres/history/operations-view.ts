import { PROTOCOLS } from '../../../domain/transmission/protocol.js';
import type { BuyerWait, FailingJobs, OperationsView } from '../../../ports/transmission/operations-view.js';
import type { Database } from '../database/database.js';

/** Ranges of the index transmission_history (migrations/session-history.ts), in the words of its expression. */
const WORD = `(case when t.status in ('open', 'active') then 'active'
  when t.status in ('transferred', 'order_created') then 'completed'
  when t.status = 'expired' then 'expired' else 'cancelled' end)`;
const RANGES = ['active', 'completed', 'cancelled', 'expired'].flatMap((word) =>
  PROTOCOLS.map((protocol) => `${WORD} = '${word}' and t.protocol = '${protocol}'`),
);
/** Of each range; one with more has its oldest left out. */
const MOST_ROWS = 50_000;

function fromRanges(columns: string, where: string, limit: number): string {
  return RANGES.map(
    (range) => `(select ${columns} from transmission t where t.tenant_id = $1 and ${range}
      and not t.uncounted ${where} order by t.created_at desc, t.transmission_id desc limit ${limit})`,
  ).join('\nunion all\n');
}

const WAITS = {
  name: 'operations-waits',
  text: `
    select until, count(*)::int as times, percentile_cont(0.5) within group (order by ms) as half,
      percentile_cont(0.95) within group (order by ms) as most
    from (${fromRanges(
      `t.created_at, t.logged_in_at, t.ended_at, t.status`,
      `and t.created_at > now() - interval '24 hours' and t.logged_in_at is not null`,
      MOST_ROWS,
    )}) recent
    cross join lateral (
      select 'login' as until, extract(epoch from logged_in_at - created_at) * 1000 as ms
      union all
      select 'transfer', extract(epoch from ended_at - logged_in_at) * 1000
        where status in ('transferred', 'order_created') and ended_at is not null
    ) wait
    group by until order by until`,
};

const FAILING_JOBS = {
  name: 'operations-failing-jobs',
  text: `
    select kind, count(*)::int as jobs, count(given_up_at)::int as given_up,
      min(created_at) as since, max(last_error) as last_error from job
    where tenant_id = $1 and last_error is not null group by kind order by kind`,
};

const SECRETS = {
  name: 'operations-secrets',
  text: `
    select connection_id, count(*)::int as secrets, max(created_at) as newest_secret_at
    from (
      select connection_id, created_at from connection_secret where tenant_id = $1
      union all select connection_id, created_at from middleware_key where tenant_id = $1
    ) s group by 1`,
};

export function operationsView({ asTenant }: Pick<Database, 'asTenant'>): OperationsView {
  return {
    async waits(tenantId) {
      const rows = await asTenant(tenantId, (read) =>
        read<{ until: BuyerWait['until']; times: number; half: number; most: number }>(WAITS, [tenantId]),
      );
      return rows.map(({ until, times, half, most }) => ({ until, times, halfMs: half, mostMs: most }));
    },
    async failingJobs(tenantId) {
      const rows = await asTenant(tenantId, (read) =>
        read<Omit<FailingJobs, 'givenUp' | 'lastError'> & { given_up: number; last_error: string }>(FAILING_JOBS, [
          tenantId,
        ]),
      );
      return rows.map(({ given_up: givenUp, last_error: lastError, ...rest }) => ({ ...rest, givenUp, lastError }));
    },
    async secrets(tenantId) {
      const rows = await asTenant(tenantId, (read) =>
        read<{ connection_id: string; secrets: number; newest_secret_at: Date }>(SECRETS, [tenantId]),
      );
      return rows.map(({ connection_id: connectionId, secrets, newest_secret_at: newestSecretAt }) => ({
        connectionId,
        secrets,
        newestSecretAt,
      }));
    },
  };
}
