import { PROTOCOLS } from '../../../domain/transmission/protocol.js';
import {
  type BuyerWait,
  type FailingJobs,
  MOST_WAITS,
  type OperationsView,
} from '../../../ports/transmission/operations-view.js';
import type { Database } from '../database/database.js';
import { WORD, WORDS } from './session-history.js';

/** One range of an index for each status word and protocol, merged by PostgreSQL: see session-history.ts. */
const RANGES = WORDS.flatMap((word) =>
  PROTOCOLS.map(
    (protocol) => `
        (select t.created_at, t.transmission_id, t.logged_in_at, t.ended_at, t.status from transmission t
        where t.tenant_id = $1 and ${WORD} = '${word}' and t.protocol = '${protocol}' and not t.uncounted
          and t.created_at > now() - interval '24 hours'
        order by t.created_at desc, t.transmission_id desc limit ${MOST_WAITS})`,
  ),
);

const WAITS = {
  name: 'operations-waits',
  text: `
    with recent as (
      select * from (${RANGES.join(' union all ')}) day
      order by day.created_at desc, day.transmission_id desc limit ${MOST_WAITS}
    )
    select until, count(*)::int as times, percentile_cont(0.5) within group (order by ms) as half,
      percentile_cont(0.95) within group (order by ms) as most, (select count(*) from recent)::int as sessions
    from recent
    cross join lateral (
      select 'login' as until, extract(epoch from logged_in_at - created_at) * 1000 as ms
        where logged_in_at is not null
      union all
      select 'transfer', extract(epoch from ended_at - logged_in_at) * 1000
        where logged_in_at is not null and status in ('transferred', 'order_created') and ended_at is not null
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
        read<{ until: BuyerWait['until']; times: number; half: number; most: number; sessions: number }>(WAITS, [
          tenantId,
        ]),
      );
      return {
        sampled: rows.some(({ sessions }) => sessions === MOST_WAITS) ? MOST_WAITS : undefined,
        steps: rows.map(({ until, times, half, most }) => ({ until, times, halfMs: half, mostMs: most })),
      };
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
