import type { AuditEvent } from '../../domain/access/audit-event.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Feed, ImportIssue, ImportReport } from '../../domain/orders/feed.js';
import type { NoticeState } from '../../domain/orders/order-notice.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { WaitingJob, WaitingJobs } from '../../ports/job-queue.js';
import type { ConnectShops, FeedRepository, HookRepository, HookState } from '../../ports/orders/connect-shops.js';
import type { OrderNotices } from '../../ports/orders/order-repository.js';

interface Deps {
  hooks: Pick<HookRepository, 'list' | 'pause' | 'resume' | 'replay'>;
  feeds: Pick<FeedRepository, 'find' | 'report' | 'reports' | 'save'>;
  orderNotices: Pick<OrderNotices, 'unsent'>;
  connectShops: Pick<ConnectShops, 'list'>;
  jobs: WaitingJobs;
  audit: AuditLog;
}

interface Of {
  tenantId: string;
  /** For the audit. */
  by: string;
}

export interface DeliveryManagement {
  hooks(tenantId: string): Promise<HookState[]>;
  /** Nothing is delivered until it is resumed or replayed. */
  pause(of: Of, hookId: string): Promise<Outcome<HookState>>;
  /** `acceptRevision`: what the subscriber reports is right although less was sent to this address. */
  resume(of: Of, hookId: string, how?: { acceptRevision: boolean }): Promise<Outcome<HookState>>;
  replay(of: Of, hookId: string, revision: string): Promise<Outcome<HookState>>;
  feeds(tenantId: string): Promise<Feed[]>;
  /** One feed with its imports, newest first. Refuses with RESOURCE_NOT_FOUND. */
  feed(tenantId: string, shopId: number): Promise<Outcome<{ feed: Feed; reports: ImportReport[] }>>;
  /** One import with its issues. Refuses with RESOURCE_NOT_FOUND. */
  report(
    tenantId: string,
    shopId: number,
    reportId: number,
  ): Promise<Outcome<{ report: ImportReport; issues: ImportIssue[] }>>;
  /** Has the worker fetch the feed now. Refuses with RESOURCE_NOT_FOUND, and with RESOURCE_CONFLICT while it runs. */
  fetchFeed(of: Of, shopId: number): Promise<Outcome<Feed>>;
  /** Notices to buyers that were not sent, newest first. */
  notices(tenantId: string, limit: number): Promise<NoticeState[]>;
  jobs(tenantId: string, place: { limit: number; after?: string | undefined }): Promise<WaitingJob[]>;
  /** False: no waiting job has this id. */
  retryJob(of: Of, jobId: string): Promise<boolean>;
}

/** What goes to other systems: how far it is, and how it goes on. */
export function deliveryManagement({
  hooks,
  feeds,
  orderNotices,
  connectShops,
  jobs,
  audit,
}: Deps): DeliveryManagement {
  const note = ({ tenantId, by }: Of, event: AuditEvent, details: Record<string, string>): Promise<void> =>
    audit.note({ tenantId, event, actor: by, details });

  async function withHook(
    of: Of,
    hookId: string,
    event: AuditEvent,
    act: (hook: HookState) => Promise<HookState | undefined>,
  ): Promise<Outcome<HookState>> {
    const hook = (await hooks.list(of.tenantId)).find((candidate) => candidate.hookId === hookId);
    const changed = hook === undefined ? undefined : await act(hook);
    if (changed === undefined) return refuse('RESOURCE_NOT_FOUND', 'There is no such hook.');
    await note(of, event, { hook: hookId, url: changed.url, revision: changed.ackedRevision });
    return accept(changed);
  }

  return {
    hooks: (tenantId) => hooks.list(tenantId),
    pause: (of, hookId) =>
      withHook(of, hookId, 'hook-paused', ({ tenantId, shopId, url }) => hooks.pause(tenantId, shopId, url)),
    resume: (of, hookId, { acceptRevision } = { acceptRevision: false }) =>
      withHook(of, hookId, 'hook-resumed', ({ tenantId, shopId, url }) =>
        hooks.resume(tenantId, shopId, url, acceptRevision),
      ),
    replay: (of, hookId, revision) =>
      withHook(of, hookId, 'hook-replayed', ({ tenantId, shopId, url }) =>
        hooks.replay(tenantId, shopId, url, revision),
      ),
    async feeds(tenantId) {
      const suppliers = (await connectShops.list(tenantId)).filter(({ role }) => role === 'supplier');
      const found: Feed[] = [];
      for (const { shopId } of suppliers) {
        const feed = await feeds.find(tenantId, shopId);
        if (feed !== undefined) found.push(feed);
      }
      return found;
    },
    async feed(tenantId, shopId) {
      const feed = await feeds.find(tenantId, shopId);
      return feed === undefined ? unknownFeed : accept({ feed, reports: await feeds.reports(tenantId, shopId) });
    },
    async report(tenantId, shopId, reportId) {
      const found = await feeds.report(tenantId, shopId, reportId);
      return found === undefined ? refuse('RESOURCE_NOT_FOUND', 'This feed has no such report.') : accept(found);
    },
    async fetchFeed(of, shopId) {
      const feed = await feeds.find(of.tenantId, shopId);
      if (feed === undefined) return unknownFeed;
      if (feed.progress !== undefined) return refuse('RESOURCE_CONFLICT', 'The feed is being imported.');
      const due = await feeds.save(of.tenantId, shopId, feed.url);
      await note(of, 'feed-fetched', { shop: String(shopId), url: feed.url });
      return accept(due);
    },
    notices: (tenantId, limit) => orderNotices.unsent(tenantId, limit),
    jobs: (tenantId, place) => jobs.waiting(tenantId, place),
    async retryJob(of, jobId) {
      const isDue = await jobs.hurry(of.tenantId, jobId);
      if (isDue) await note(of, 'job-retried', { job: jobId });
      return isDue;
    },
  };
}

const unknownFeed = refuse('RESOURCE_NOT_FOUND', 'This supplier has no feed.');
