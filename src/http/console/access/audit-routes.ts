import type { RequestHandler } from 'express';
import { type AuditFilter, type AuditVerdictView, auditPage } from '../../../console/pages/audit/audit-page.js';
import { AUDIT_EVENTS } from '../../../console/ui/audit-events.js';
import type { AuditChain } from '../../../ports/audit-log.js';
import type { AuditReads, AuditRow } from '../../../ports/transmission/session-search.js';
import { cutText, settingsIn, textsIn } from './change-line.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard, Visit } from '../guard.js';
import { dayRange, isDay } from '../history/session-filter.js';

export interface AuditDeps {
  pages: ConsolePages;
  auditReads: Pick<AuditReads, 'list'>;
  auditChain: Pick<AuditChain, 'verify'>;
}

const LINES = 50;
const ROW_ID = /^\d{1,18}$/;

/** The audit of a tenant: the list, and the check of its chain. */
export function auditRoutes(
  { pages, auditReads, auditChain }: AuditDeps,
  guard: Guard,
): Record<'show' | 'verify', RequestHandler> {
  async function show({ req, res, frame, used }: Visit, verdict?: AuditVerdictView): Promise<void> {
    const { filter, hasBadDay } = filterOf(req.query);
    const { after } = req.query;
    const before = typeof after === 'string' && ROW_ID.test(after) ? after : undefined;
    const { who, event, from, to } = filter;
    const found = await auditReads.list(used.operator.tenantId, {
      limit: LINES + 1,
      before,
      event,
      actor: who,
      changesOnly: true,
      ...dayRange(from, to),
    });
    const lines = found.slice(0, LINES).map(lineOf);
    const last = found.length > LINES ? lines.at(-1) : undefined;
    const view = { filter, hasBadDay, lines, isFirstPage: before === undefined, nextCursor: last?.auditId, verdict };
    pages.send(res, frame, auditPage(frame, view));
  }

  return {
    show: guard('read_audit', (visit) => show(visit)),
    verify: guard('read_audit', async (visit) => {
      const { linked, waiting, head, faults } = await auditChain.verify(visit.used.operator.tenantId);
      const anchor = head === undefined ? undefined : `${head.auditId}:${head.hash}`;
      await show(visit, { linked, waiting, anchor, faults });
    }),
  };
}

function filterOf(query: Record<string, unknown>): { filter: AuditFilter; hasBadDay: boolean } {
  const text = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined;
  };
  const [from, to] = [text('from'), text('to')];
  return {
    filter: {
      who: text('who'),
      event: AUDIT_EVENTS.find((event) => event === text('event')),
      from: isDay(from) ? from : undefined,
      to: isDay(to) ? to : undefined,
    },
    hasBadDay: !isDay(from) || !isDay(to),
  };
}

/** `before` and `after` of one value become a change of it; a new thing has no `before`. The rest are facts. */
function lineOf({ auditId, at, actor, event, details }: AuditRow) {
  const { changes, before, after, credentials, ...facts } = details;
  const value = after === undefined ? [] : [{ path: '', before: before ?? 'null', after: cutText(after) }];
  const names = textsIn(credentials).map((text) => ({ name: 'name', text }));
  return {
    auditId,
    at,
    by: actor,
    event,
    settings: [...settingsIn(changes), ...value],
    facts: [...Object.entries(facts).map(([name, text]) => ({ name: name.replaceAll('_', ' '), text })), ...names],
  };
}
