import { type Outcome, accept, refuse } from '../../../../domain/error-codes.js';
import { type Feed, type ImportIssue, type ImportReport, issueText } from '../../../../domain/orders/feed.js';
import type { NoticeState } from '../../../../domain/orders/order-notice.js';
import type { WaitingJob } from '../../../../ports/job-queue.js';
import type { HookState } from '../../../../ports/orders/connect-shops.js';
import type { DeliveryManagement } from '../../../../usecases/manage/deliveries.js';
import type { AdminAnswer, AdminCall, AdminRequest } from '../admin-route.js';
import { DEFAULT_LIMIT } from '../connection-calls.js';

export function deliveryCalls(deliveries: DeliveryManagement): Record<string, AdminCall> {
  return {
    async adminListHooks({ tenantId }) {
      return accept({ data: { hooks: (await deliveries.hooks(tenantId)).map(hookView) } });
    },
    async adminPauseHook(request: AdminRequest) {
      return hookAnswer(await deliveries.pause(request, request.params['hook'] ?? ''));
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
    async adminListReports({ tenantId, params }: AdminRequest) {
      const found = await deliveries.feed(tenantId, numberIn(params, 'shop'));
      return found.ok ? accept({ data: { reports: found.value.reports.map(reportView) } }) : found;
    },
    async adminGetReport({ tenantId, params }: AdminRequest) {
      const found = await deliveries.report(tenantId, numberIn(params, 'shop'), numberIn(params, 'report'));
      if (!found.ok) return found;
      const { report, issues } = found.value;
      return accept({ data: { ...reportView(report), issue_lines: report.issueLines, issues: issues.map(issueView) } });
    },
    async adminFetchFeed(request: AdminRequest) {
      const fetched = await deliveries.fetchFeed(request, numberIn(request.params, 'shop'));
      return fetched.ok ? accept({ data: feedView(fetched.value) }) : fetched;
    },
    async adminListNotices({ tenantId, query }: AdminRequest<unknown, { limit?: number }>) {
      const notices = await deliveries.notices(tenantId, query.limit ?? DEFAULT_LIMIT);
      return accept({
        data: {
          notices: notices.map((notice) => ({
            connection_id: notice.connectionId,
            order_id: notice.orderId,
            ...noticeView(notice),
          })),
        },
      });
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

/** 0 for anything but a number; no shop and no report has it, so the call answers 404. */
function numberIn(params: Record<string, string>, name: 'shop' | 'report'): number {
  const text = params[name] ?? '';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
}

export function noticeView(notice: NoticeState) {
  return {
    status: notice.status,
    supplier_order_id: notice.supplierOrderId,
    noticed_at: notice.noticedAt.toISOString(),
    sent_at: timeText(notice.sentAt),
    given_up_at: timeText(notice.givenUpAt),
    last_error: notice.lastError ?? null,
  };
}

function reportView(report: ImportReport): object {
  return {
    report_id: report.reportId,
    imported_at: report.importedAt.toISOString(),
    modified_at: report.modifiedAt.toISOString(),
    size: report.size,
    encoding: report.encoding,
    lines: report.lines,
    products: report.products,
    errors: report.errors,
    warnings: report.warnings,
  };
}

function issueView(issue: ImportIssue): object {
  const { severity, lines, field, value = null, productId, productTitle } = issue;
  return {
    severity,
    text: issueText(issue),
    lines,
    field,
    value,
    product_id: productId,
    product_title: productTitle,
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

function jobView({ jobId, kind, attempts, running, createdAt, dueAt, givenUpAt, lastError }: WaitingJob): object {
  return {
    job_id: jobId,
    kind,
    attempts,
    running,
    created_at: createdAt.toISOString(),
    due_at: timeText(dueAt),
    given_up_at: timeText(givenUpAt),
    last_error: lastError ?? null,
  };
}
