import { type Outcome, accept, refuse } from '../../../domain/error-codes.js';
import type { Feed } from '../../../domain/orders/feed.js';
import { type KeptOrder, mismatchText } from '../../../domain/orders/purchase-order.js';
import type { WaitingJob } from '../../../ports/job-queue.js';
import type { HookState } from '../../../ports/orders/connect-shops.js';
import type { DeliveryManagement } from '../../../usecases/manage/deliveries.js';
import { purchaseOrderView } from '../sessions/session-view.js';
import type { AdminAnswer, AdminCall, AdminRequest } from './admin-route.js';
import { DEFAULT_LIMIT } from './connection-calls.js';

export function deliveryCalls(deliveries: DeliveryManagement): Record<string, AdminCall> {
  const orderOf = ({ params }: AdminRequest): [connectionId: string, orderId: string] => [
    params['connection'] ?? '',
    params['order'] ?? '',
  ];
  return {
    async adminListOrders({ tenantId, query }: AdminRequest<unknown, { limit?: number }>) {
      const orders = await deliveries.orders(tenantId, query.limit ?? DEFAULT_LIMIT);
      return accept({ data: { orders: orders.map(orderView) } });
    },
    async adminGetOrder(request: AdminRequest) {
      const found = await deliveries.order(request.tenantId, ...orderOf(request));
      if (!found.ok) return found;
      const { documents, notices } = found.value;
      return accept({
        data: {
          documents: documents.map((document) => ({ ...orderView(document), lines: document.order.lines })),
          notices: notices.map((notice) => ({
            status: notice.status,
            supplier_order_id: notice.supplierOrderId,
            noticed_at: notice.noticedAt.toISOString(),
            sent_at: timeText(notice.sentAt),
            given_up_at: timeText(notice.givenUpAt),
            last_error: notice.lastError ?? null,
          })),
        },
      });
    },
    async adminResendNotices(request: AdminRequest) {
      const resent = await deliveries.resend(request, ...orderOf(request));
      return resent.ok ? accept({ data: { queued: resent.value } }) : resent;
    },
    async adminListHooks({ tenantId }) {
      return accept({ data: { hooks: (await deliveries.hooks(tenantId)).map(hookView) } });
    },
    async adminResumeHook(request: AdminRequest) {
      return hookAnswer(await deliveries.resume(request, request.params['hook'] ?? ''));
    },
    async adminReplayHook(request: AdminRequest<{ revision: number }>) {
      const { params, body } = request;
      return hookAnswer(await deliveries.replay(request, params['hook'] ?? '', String(body.revision)));
    },
    async adminListFeeds({ tenantId }) {
      return accept({ data: { feeds: (await deliveries.feeds(tenantId)).map(feedView) } });
    },
    async adminListJobs({ tenantId, query }: AdminRequest<unknown, { limit?: number; cursor?: string }>) {
      const { limit = DEFAULT_LIMIT, cursor } = query;
      const found = await deliveries.jobs(tenantId, { limit: limit + 1, after: cursor });
      const jobs = found.slice(0, limit);
      const next = found.length > limit ? (jobs.at(-1)?.jobId ?? null) : null;
      return accept({ data: { jobs: jobs.map(jobView), pagination: { limit, next_cursor: next } } });
    },
    async adminRetryJob(request: AdminRequest) {
      const retried = await deliveries.retryJob(request, request.params['job'] ?? '');
      return retried ? accept({ data: { due: true } }) : refuse('RESOURCE_NOT_FOUND', 'No waiting job has this id.');
    },
  };
}

function timeText(at: Date | undefined): string | null {
  return at?.toISOString() ?? null;
}

function orderView(order: KeptOrder): object {
  return {
    ...purchaseOrderView(order),
    connection_id: order.connectionId,
    session_id: order.transmissionId ?? null,
    differences: order.mismatches.map(mismatchText),
  };
}

function hookAnswer(outcome: Outcome<HookState>): Outcome<AdminAnswer> {
  return outcome.ok ? accept({ data: hookView(outcome.value) }) : outcome;
}

function hookView(hook: HookState): object {
  return {
    hook_id: hook.hookId,
    shop_id: hook.shopId,
    url: hook.url,
    events: hook.events,
    state: hook.pausedAt !== undefined ? 'paused' : hook.failingSince !== undefined ? 'failing' : 'active',
    acked_revision: hook.ackedRevision,
    last_revision: hook.lastRevision,
    failing_since_at: timeText(hook.failingSince),
    paused_at: timeText(hook.pausedAt),
    last_error: hook.lastError ?? null,
  };
}

function feedView({ shopId, url, dueAt, failingSince, lastError, progress }: Feed): object {
  return {
    shop_id: shopId,
    url,
    due_at: dueAt.toISOString(),
    failing_since_at: timeText(failingSince),
    last_error: lastError ?? null,
    progress: progress ?? null,
  };
}

function jobView({ jobId, kind, attempts, running, createdAt, dueAt, lastError }: WaitingJob): object {
  return {
    job_id: jobId,
    kind,
    attempts,
    running,
    created_at: createdAt.toISOString(),
    due_at: dueAt.toISOString(),
    last_error: lastError ?? null,
  };
}
