import type { Request, RequestHandler } from 'express';
import { comparisonPage, type ComparisonView } from '../../../console/pages/comparison/comparison-page.js';
import { noticePage } from '../../../console/pages/notice/notice-page.js';
import { roleMay } from '../../../domain/access/operator-roles.js';
import type { Outcome } from '../../../domain/error-codes.js';
import type { OperationReads } from '../../../usecases/history/read-operations.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard, Visit } from '../guard.js';
import { sendFile, sessionView } from './history-views.js';

export interface ComparisonDeps {
  pages: ConsolePages;
  reads: Pick<OperationReads, 'comparison'>;
  /** The support bundle of a session, as JSON. */
  bundle: (req: Request, tenantId: string, sessionId: string) => Promise<Outcome<string>>;
}

/** A session beside the last good one, and as one file for a support case. */
export function comparisonRoutes(
  { pages, reads, bundle: bundleOf }: ComparisonDeps,
  guard: Guard,
): Record<'compare' | 'bundle', RequestHandler> {
  function sendUnknown({ res, frame }: Visit): void {
    pages.send(res, frame, noticePage(frame, { kind: 'unknown' }), 404);
  }

  return {
    compare: guard('read_sessions', async (visit) => {
      const { req, res, frame, used } = visit;
      const { tenantId, role } = used.operator;
      const compared = await reads.comparison(tenantId, String(req.params['sessionId']));
      if (!compared.ok) {
        sendUnknown(visit);
        return;
      }
      const { session, good } = compared.value;
      const may = roleMay(role, 'read_documents');
      const shown = sessionView(session, frame.language, may);
      const view: ComparisonView = { connection: shown.connection, session: shown };
      if (good !== undefined) view.good = sessionView(good, frame.language, may);
      pages.send(res, frame, comparisonPage(frame, view));
    }),
    bundle: guard('read_documents', async (visit) => {
      const { req, res, used } = visit;
      const sessionId = String(req.params['sessionId']);
      const bundle = await bundleOf(req, used.operator.tenantId, sessionId);
      if (!bundle.ok) {
        sendUnknown(visit);
        return;
      }
      const name = `${sessionId.replace(/[^a-z0-9_]/g, '')}-support.json`;
      sendFile(res, { name, bytes: Buffer.from(bundle.value, 'utf8') });
    }),
  };
}
