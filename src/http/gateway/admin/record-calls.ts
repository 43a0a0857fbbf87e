import type { Request } from 'express';
import { accept } from '../../../domain/error-codes.js';
import type { AuditChain, AuditLog } from '../../../ports/audit-log.js';
import type { PersonalData } from '../../../ports/personal-data.js';
import type { AuditReads } from '../../../ports/transmission/session-search.js';
import { type AnalyticsReads, timeOf } from '../../../usecases/history/read-analytics.js';
import { momentRange } from '../api/moment-parameter.js';
import { analyticsView, analyticsWish } from '../analytics-call.js';
import { connectionsCsv, stepsView, timelineCsv } from '../../answers/analytics-csv.js';
import type { AdminCall, AdminRequest } from './admin-route.js';
import { DEFAULT_LIMIT } from './connection-calls.js';
import { boundedRange } from './session-calls.js';
import { auditRowView } from './support-bundle.js';

interface Deps {
  analytics: AnalyticsReads;
  auditReads: Pick<AuditReads, 'list'>;
  auditChain: Pick<AuditChain, 'verify'>;
  personalData: Pick<PersonalData, 'erase'>;
  audit: AuditLog;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const USUAL_MS = 30 * DAY_MS;

export function recordCalls(deps: Deps): Record<string, AdminCall> {
  return {
    async adminAnalytics({ tenantId, req }: AdminRequest) {
      const wish = analyticsWish(req);
      if (!wish.ok) return wish;
      const sales = await deps.analytics.sales(tenantId, wish.value);
      const { all } = await deps.analytics.funnel(tenantId, timeOf(sales));
      const funnel = { call_ups: all.callUps, logins: all.logins, transfers: all.transfers, orders: all.orders };
      const csv = wantsCsv(req) ? { csv: timelineCsv(sales) } : {};
      return accept({ data: { ...analyticsView(sales), funnel }, ...csv });
    },

    async adminAnalyticsByConnection({
      tenantId,
      query,
      req,
    }: AdminRequest<unknown, { from_date?: string; to_date?: string }>) {
      const range = momentRange(query);
      if (!range.ok) return range;
      const { from: start, before } = boundedRange(range.value, USUAL_MS);
      // Whole hours come from the roll-ups alone.
      const from = range.value.from ?? new Date(Math.floor(start.getTime() / HOUR_MS) * HOUR_MS);
      const { connections } = await deps.analytics.funnel(tenantId, { from, before: range.value.before });
      return accept({
        data: { from: from.toISOString(), to: before.toISOString(), connections: connections.map(stepsView) },
        ...(wantsCsv(req) ? { csv: connectionsCsv(connections) } : {}),
      });
    },

    async adminListAudit({ tenantId, query }: AdminRequest<unknown, AuditQuery>) {
      const { limit = DEFAULT_LIMIT, cursor: before, event, actor, about } = query;
      const range = momentRange(query);
      if (!range.ok) return range;
      const { from, before: until } = range.value;
      const changesOnly = about === 'changes';
      const wish = { limit: limit + 1, before, event, actor, from, until, changesOnly };
      const found = await deps.auditReads.list(tenantId, wish);
      const rows = found.slice(0, limit);
      const next = found.length > limit ? (rows.at(-1)?.auditId ?? null) : null;
      return accept({ data: { rows: rows.map(auditRowView), pagination: { limit, next_cursor: next } } });
    },

    async adminVerifyAudit({ tenantId }: AdminRequest) {
      const { linked, waiting, head, faults } = await deps.auditChain.verify(tenantId);
      return accept({
        data: {
          unchanged: faults.length === 0,
          linked,
          waiting,
          anchor: head === undefined ? null : `${head.auditId}:${head.hash}`,
          faults: faults.map(({ auditId, transmissionId, what }) => ({
            audit_id: auditId,
            session_id: transmissionId === '' ? null : transmissionId,
            what,
          })),
        },
      });
    },

    async adminErasePerson({ tenantId, by, body }: AdminRequest<{ email: string }>) {
      const erased = await deps.personalData.erase(tenantId, body.email);
      const { sessions, documents, live } = erased;
      // No name: audit rows stay when the person is erased.
      await deps.audit.note({
        tenantId,
        event: 'person-erased',
        actor: by,
        details: { sessions: String(sessions), documents: String(documents), live: String(live) },
      });
      return accept({ data: { sessions, documents, live } });
    },
  };
}

interface AuditQuery {
  limit?: number;
  cursor?: string;
  event?: string;
  actor?: string;
  about?: 'changes';
  from_date?: string;
  to_date?: string;
}

/** JSON unless the caller prefers CSV. */
function wantsCsv(req: Request): boolean {
  return req.accepts(['application/json', 'text/csv']) === 'text/csv';
}
