import type { Request } from 'express';
import { type Outcome, accept } from '../../../domain/error-codes.js';
import type { AuditChain, AuditLog } from '../../../ports/audit-log.js';
import type { PersonalData } from '../../../ports/personal-data.js';
import type { AuditReads, ConnectionFunnel, SessionSearch } from '../../../ports/transmission/session-search.js';
import { momentRange } from '../api/moment-parameter.js';
import type { ExactNumber } from '../json-envelope.js';
import type { AdminCall, AdminRequest } from './admin-route.js';
import { DEFAULT_LIMIT } from './connection-calls.js';
import { csvText } from './csv-text.js';
import { boundedRange } from './session-calls.js';
import { auditRowView } from './support-bundle.js';

interface Deps {
  /** The figures of the session API. */
  figures: (req: Request, tenantId: string) => Promise<Outcome<object>>;
  search: Pick<SessionSearch, 'funnel'>;
  auditReads: Pick<AuditReads, 'list'>;
  auditChain: Pick<AuditChain, 'verify'>;
  personalData: Pick<PersonalData, 'erase'>;
  audit: AuditLog;
}

const DAY_MS = 86_400_000;
const USUAL_MS = 30 * DAY_MS;

export function recordCalls(deps: Deps): Record<string, AdminCall> {
  return {
    async adminAnalytics({ tenantId, req }: AdminRequest) {
      const figures = await deps.figures(req, tenantId);
      if (!figures.ok) return figures;
      const { from_date: from, to_date: to, timeline } = figures.value as FigureParts;
      const range = { from: new Date(from), before: new Date(Date.parse(to) + DAY_MS) };
      const steps = await deps.search.funnel(tenantId, range);
      const sum = (of: (one: ConnectionFunnel) => number): number => steps.reduce((all, one) => all + of(one), 0);
      const funnel = {
        call_ups: sum(({ callUps }) => callUps),
        logins: sum(({ logins }) => logins),
        transfers: sum(({ transfers }) => transfers),
        orders: sum(({ orders }) => orders),
      };
      const rows = timeline.map(({ date, sessions, completed, revenue }) => [date, sessions, completed, revenue.text]);
      const head = ['date', 'sessions', 'completed', 'revenue'];
      return accept({ data: { ...figures.value, funnel }, ...(wantsCsv(req) ? { csv: csvText(head, rows) } : {}) });
    },

    async adminAnalyticsByConnection({
      tenantId,
      query,
      req,
    }: AdminRequest<unknown, { from_date?: string; to_date?: string }>) {
      const range = momentRange(query);
      if (!range.ok) return range;
      const { from, before } = boundedRange(range.value, USUAL_MS);
      const connections = (await deps.search.funnel(tenantId, { from, before })).map(stepsView);
      const rows = connections.map((one) => HEAD.map((name) => one[name]));
      return accept({
        data: { from: from.toISOString(), to: before.toISOString(), connections },
        ...(wantsCsv(req) ? { csv: csvText(HEAD, rows) } : {}),
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

/** Of the figures of the session API. */
interface FigureParts {
  from_date: string;
  to_date: string;
  timeline: { date: string; sessions: number; completed: number; revenue: ExactNumber }[];
}

const HEAD = ['connection_id', 'call_ups', 'logins', 'transfers', 'orders', 'last_transfer_at'] as const;

function stepsView(steps: ConnectionFunnel): Record<(typeof HEAD)[number], string | number | null> {
  const { connectionId, callUps, logins, transfers, orders, lastTransfer } = steps;
  return {
    connection_id: connectionId,
    call_ups: callUps,
    logins,
    transfers,
    orders,
    last_transfer_at: lastTransfer?.toISOString() ?? null,
  };
}

/** JSON unless the caller prefers CSV. */
function wantsCsv(req: Request): boolean {
  return req.accepts(['application/json', 'text/csv']) === 'text/csv';
}
