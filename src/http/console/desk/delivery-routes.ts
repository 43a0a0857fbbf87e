import type { RequestHandler } from 'express';
import { type DeliveriesView, deliveriesPage } from '../../../console/pages/deliveries/deliveries-page.js';
import { roleMay } from '../../../domain/access/operator-roles.js';
import { type Outcome, refuse } from '../../../domain/error-codes.js';
import type { DeliveryManagement } from '../../../usecases/manage/deliveries.js';
import type { OrderDesk } from '../../../usecases/manage/order-desk.js';
import type { ConsolePages } from '../console-pages.js';
import { type Guard, type Visit, sendUnknown } from '../guard.js';
import type { Feed, ImportReport } from '../../../domain/orders/feed.js';
import type { NoticeState } from '../../../domain/orders/order-notice.js';
import type { WaitingJob } from '../../../ports/job-queue.js';
import type { HookState } from '../../../ports/orders/connect-shops.js';

export interface DeliveryDeps {
  pages: ConsolePages;
  deliveries: DeliveryManagement;
  desk: Pick<OrderDesk, 'resend'>;
}

type Done = Extract<DeliveriesView['outcome'], string>;

const JOBS = 25;
const MOST_NOTICES = 50;
const SHOWN_REPORTS = 5;
const JOB_ID = /^\d{1,18}$/;
const REVISION = /^[1-9]\d{0,14}$/;
const DONE: readonly Done[] = ['paused', 'resumed', 'replayed', 'fetched', 'retried', 'resent'];

/** What goes to other systems: hooks, notices, feeds, jobs, and what may be done about them. */
export function deliveryRoutes(
  { pages, deliveries, desk }: DeliveryDeps,
  guard: Guard,
): Record<'show' | 'pause' | 'resume' | 'replay' | 'resend' | 'fetch' | 'retry', RequestHandler> {
  async function show(visit: Visit, outcome: DeliveriesView['outcome'], status = 200): Promise<void> {
    const { req, res, frame, used } = visit;
    const { tenantId, role } = used.operator;
    const asked = req.query['after'];
    const after = typeof asked === 'string' && JOB_ID.test(asked) ? asked : undefined;
    const [hooks, notices, feeds, jobs] = await Promise.all([
      deliveries.hooks(tenantId),
      deliveries.notices(tenantId, MOST_NOTICES + 1),
      deliveries.feeds(tenantId),
      deliveries.jobs(tenantId, { limit: JOBS + 1, after }),
    ]);
    const imports = await Promise.all(
      feeds.map(async (feed) => {
        const shown = await deliveries.feed(tenantId, feed.shopId);
        return { feed, reports: shown.ok ? shown.value.reports.slice(0, SHOWN_REPORTS) : [] };
      }),
    );
    const view: DeliveriesView = {
      ...deliveriesView({ hooks, notices: notices.slice(0, MOST_NOTICES), imports, jobs: jobs.slice(0, JOBS) }),
      hasMoreNotices: notices.length > MOST_NOTICES,
      isFirstPage: after === undefined,
      nextJob: jobs.length > JOBS ? jobs[JOBS - 1]?.jobId : undefined,
      mayAct: roleMay(role, 'change_deliveries'),
      outcome,
    };
    pages.send(res, frame, deliveriesPage(frame, view), status);
  }

  interface Of {
    tenantId: string;
    by: string;
  }

  /** After a change the browser reads the page again: a reload repeats nothing. */
  const changing = (
    done: Done,
    change: (of: Of, visit: Visit, params: Record<string, string>) => Promise<Outcome<unknown>>,
  ): RequestHandler =>
    guard('change_deliveries', async (visit) => {
      const { req, res, used } = visit;
      const { tenantId, email } = used.operator;
      const params = Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]));
      const changed = await change({ tenantId, by: `operator:${email}` }, visit, params);
      if (changed.ok) res.redirect(303, `${pages.base}/deliveries?done=${done}`);
      else if (changed.refusal.code === 'RESOURCE_NOT_FOUND') sendUnknown(pages, visit);
      else {
        const { code, reason = code } = changed.refusal;
        await show(visit, { refused: reason }, code === 'INVALID_REQUEST' ? 400 : 409);
      }
    });

  return {
    show: guard('read_deliveries', (visit) =>
      show(
        visit,
        DONE.find((done) => done === visit.req.query['done']),
      ),
    ),
    pause: changing('paused', (of, _, { hookId = '' }) => deliveries.pause(of, hookId)),
    resume: changing('resumed', (of, _, { hookId = '' }) => deliveries.resume(of, hookId)),
    replay: changing('replayed', async (of, { form }, { hookId = '' }) => {
      const revision = form.get('revision')?.trim() ?? '';
      return REVISION.test(revision)
        ? deliveries.replay(of, hookId, revision)
        : refuse('INVALID_REQUEST', 'The revision is a number from 1 on.', { field: 'revision' });
    }),
    resend: changing('resent', async (of, { form }) => {
      const text = (name: string): string => form.get(name) ?? '';
      const resent = await desk.resend({ ...of, connectionId: text('connection'), orderId: text('order') });
      return resent.ok && resent.value === 0
        ? refuse('RESOURCE_CONFLICT', 'No notice of this order has failed for good.')
        : resent;
    }),
    fetch: changing('fetched', (of, _, { shopId = '' }) =>
      deliveries.fetchFeed(of, /^\d{1,9}$/.test(shopId) ? Number(shopId) : 0),
    ),
    retry: changing('retried', async (of, _, { jobId = '' }) =>
      (await deliveries.retryJob(of, jobId))
        ? { ok: true, value: undefined }
        : refuse('RESOURCE_NOT_FOUND', 'No waiting job has this id.'),
    ),
  };
}

interface Read {
  hooks: readonly HookState[];
  notices: readonly NoticeState[];
  imports: readonly { feed: Feed; reports: readonly ImportReport[] }[];
  jobs: readonly WaitingJob[];
}

function deliveriesView({
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
