import type { DeliveriesView } from '../../../console/pages/deliveries/deliveries-page.js';
import type { Feed, ImportReport } from '../../../domain/orders/feed.js';
import type { NoticeState } from '../../../domain/orders/order-notice.js';
import type { WaitingJob } from '../../../ports/job-queue.js';
import type { HookState } from '../../../ports/orders/connect-shops.js';

interface Read {
  hooks: readonly HookState[];
  notices: readonly NoticeState[];
  imports: readonly { feed: Feed; reports: readonly ImportReport[] }[];
  jobs: readonly WaitingJob[];
}

export function deliveriesView({
  hooks,
  notices,
  imports,
  jobs,
}: Read): Pick<DeliveriesView, 'hooks' | 'notices' | 'feeds' | 'jobs'> {
  return {
    hooks: hooks.map(({ hookId, shopId, url, ackedRevision, lastRevision, pausedAt, failingSince, lastError }) => ({
      hookId,
      shopId,
      url,
      state: pausedAt !== undefined ? ('paused' as const) : failingSince !== undefined ? 'failing' : 'active',
      since: pausedAt ?? failingSince,
      ackedRevision,
      lastRevision,
      behind: String(BigInt(lastRevision) - BigInt(ackedRevision)),
      error: lastError,
    })),
    notices: notices.map(({ connectionId, orderId, status, givenUpAt, noticedAt, lastError }) => ({
      connectionId,
      orderId,
      status,
      isGivenUp: givenUpAt !== undefined,
      since: givenUpAt ?? noticedAt,
      error: lastError,
    })),
    feeds: imports.map(({ feed: { shopId, url, dueAt, lastError: error, progress }, reports }) => ({
      shopId,
      url,
      dueAt,
      error,
      progress,
      reports,
    })),
    jobs: jobs.map(({ jobId, kind, attempts, running, dueAt, lastError }) => ({
      jobId,
      kind,
      attempts,
      isRunning: running,
      dueAt,
      error: lastError,
    })),
  };
}
