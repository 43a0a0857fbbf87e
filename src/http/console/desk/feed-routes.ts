import type { RequestHandler } from 'express';
import { type FeedIssue, feedPage } from '../../../console/pages/feed/feed-page.js';
import type { ImportIssue } from '../../../domain/orders/feed.js';
import { feedFaultKind } from '../../../protocols/feed/feed-fault.js';
import type { DeliveryManagement } from '../../../usecases/manage/deliveries.js';
import type { ConsolePages } from '../console-pages.js';
import { type Guard, sendUnknown } from '../guard.js';

export interface FeedDeps {
  pages: ConsolePages;
  deliveries: Pick<DeliveryManagement, 'feed' | 'report'>;
}

const ISSUES = 25;
const NUMBER = /^[1-9]\d{0,8}$/;

/** One feed: what was wrong in an import of it. */
export function feedRoutes({ pages, deliveries }: FeedDeps, guard: Guard): Record<'show', RequestHandler> {
  return {
    show: guard('read_deliveries', async (visit) => {
      const { req, res, frame, used } = visit;
      const { tenantId } = used.operator;
      const shopId = numberOf(req.params['shopId']) ?? 0;
      const shown = await deliveries.feed(tenantId, shopId);
      if (!shown.ok) {
        sendUnknown(pages, visit);
        return;
      }
      const { feed, reports } = shown.value;
      const list = { shopId, url: feed.url, error: feed.lastError, reports };
      const asked = req.query['report'];
      const reportId = asked === undefined ? reports[0]?.reportId : (numberOf(asked) ?? 0);
      if (reportId === undefined) {
        pages.send(res, frame, feedPage(frame, { ...list, issues: [], isFirstPage: true }));
        return;
      }
      const found = await deliveries.report(tenantId, shopId, reportId);
      if (!found.ok) {
        sendUnknown(pages, visit);
        return;
      }
      const { report } = found.value;
      const issues = errorsFirst(found.value.issues);
      // A report never changes, so a number of issues is a place in it.
      const after = numberOf(req.query['after']) ?? 0;
      const end = after + ISSUES;
      const view = {
        ...list,
        report,
        issues: issues.slice(after, end).map((issue): FeedIssue => ({ ...issue, kind: feedFaultKind(issue) })),
        isFirstPage: after === 0,
        next: end < issues.length ? end : undefined,
      };
      pages.send(res, frame, feedPage(frame, view));
    }),
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'string' && NUMBER.test(value) ? Number(value) : undefined;
}

function errorsFirst(issues: readonly ImportIssue[]): ImportIssue[] {
  return [
    ...issues.filter(({ severity }) => severity === 'error'),
    ...issues.filter(({ severity }) => severity === 'warning'),
  ];
}
