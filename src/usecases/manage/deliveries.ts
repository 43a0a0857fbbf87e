import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Feed } from '../../domain/orders/feed.js';
import type { NoticeState } from '../../domain/orders/order-notice.js';
import type { KeptOrder } from '../../domain/orders/purchase-order.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { WaitingJob, WaitingJobs } from '../../ports/job-queue.js';
import type { ConnectShops, FeedRepository, HookRepository, HookState } from '../../ports/orders/connect-shops.js';
import type { OrderNotices, PurchaseOrders } from '../../ports/orders/order-repository.js';

interface Deps {
  purchaseOrders: Pick<PurchaseOrders, 'find' | 'list'>;
  orderNotices: Pick<OrderNotices, 'ofOrder' | 'resend'>;
  hooks: Pick<HookRepository, 'list' | 'resume' | 'replay'>;
  feeds: Pick<FeedRepository, 'find'>;
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
  /** Newest first. */
  orders(tenantId: string, limit: number): Promise<KeptOrder[]>;
  order(
    tenantId: string,
    connectionId: string,
    orderId: string,
  ): Promise<Outcome<{ documents: KeptOrder[]; notices: NoticeState[] }>>;
  /** How many failed notices are queued again. */
  resend(of: Of, connectionId: string, orderId: string): Promise<Outcome<number>>;
  hooks(tenantId: string): Promise<HookState[]>;
  resume(of: Of, hookId: string): Promise<Outcome<HookState>>;
  replay(of: Of, hookId: string, revision: string): Promise<Outcome<HookState>>;
  feeds(tenantId: string): Promise<Feed[]>;
  jobs(tenantId: string, place: { limit: number; after?: string | undefined }): Promise<WaitingJob[]>;
  /** False: no waiting job has this id. */
  retryJob(of: Of, jobId: string): Promise<boolean>;
}

/** What goes to other systems: how far it is, and how it goes on. */
export function deliveryManagement({
  purchaseOrders,
  orderNotices,
  hooks,
  feeds,
  connectShops,
  jobs,
  audit,
}: Deps): DeliveryManagement {
  const note = ({ tenantId, by }: Of, event: string, details: Record<string, string>): Promise<void> =>
    audit.note({ tenantId, event, actor: by, details });

  async function withHook(
    of: Of,
    hookId: string,
    event: string,
    act: (hook: HookState) => Promise<HookState | undefined>,
  ): Promise<Outcome<HookState>> {
    const hook = (await hooks.list(of.tenantId)).find((candidate) => candidate.hookId === hookId);
    const changed = hook === undefined ? undefined : await act(hook);
    if (changed === undefined) return refuse('RESOURCE_NOT_FOUND', 'There is no such hook.');
    await note(of, event, { hook: hookId, url: changed.url, revision: changed.ackedRevision });
    return accept(changed);
  }

  return {
    orders: (tenantId, limit) => purchaseOrders.list(tenantId, limit),
    async order(tenantId, connectionId, orderId) {
      const documents = await purchaseOrders.find(tenantId, connectionId, orderId);
      return documents.length === 0
        ? unknownOrder
        : accept({ documents, notices: await orderNotices.ofOrder(tenantId, connectionId, orderId) });
    },
    async resend(of, connectionId, orderId) {
      if ((await purchaseOrders.find(of.tenantId, connectionId, orderId)).length === 0) return unknownOrder;
      const queued = await orderNotices.resend(of.tenantId, connectionId, orderId);
      if (queued > 0)
        await note(of, 'notices-resent', { connection: connectionId, order: orderId, queued: String(queued) });
      return accept(queued);
    },
    hooks: (tenantId) => hooks.list(tenantId),
    resume: (of, hookId) =>
      withHook(of, hookId, 'hook-resumed', ({ tenantId, shopId, url }) => hooks.resume(tenantId, shopId, url)),
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
    jobs: (tenantId, place) => jobs.waiting(tenantId, place),
    async retryJob(of, jobId) {
      const isDue = await jobs.hurry(of.tenantId, jobId);
      if (isDue) await note(of, 'job-retried', { job: jobId });
      return isDue;
    },
  };
}

const unknownOrder = refuse('RESOURCE_NOT_FOUND', 'There is no such order.');
