import type { RequestHandler, Response } from 'express';
import { type AnalyticsView, CSV_PARTS, analyticsPage } from '../../../console/pages/analytics/analytics-page.js';
import type { ConnectionRepository } from '../../../ports/access/connection-repository.js';
import {
  type Analytics,
  type AnalyticsReads,
  type AnalyticsWish,
  timeOf,
} from '../../../usecases/history/read-analytics.js';
import { connectionsCsv, productsCsv, timelineCsv } from '../../answers/analytics-csv.js';
import type { ConsolePages } from '../console-pages.js';
import { type Guard, type Visit, sendUnknown } from '../guard.js';

export interface AnalyticsDeps {
  pages: ConsolePages;
  analytics: AnalyticsReads;
  connections: Pick<ConnectionRepository, 'list'>;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const MOST_DAYS = 5 * 366;
/** More bars than this are too thin to point at. */
const MOST_DAY_BARS = 92;
const MOST_WEEK_BARS = 400;
const PRESETS = ['7', '30', '90', '365'] as const;

interface Period extends AnalyticsWish {
  days: number;
  fault?: AnalyticsView['fault'];
}

/** Figures of a time: the page, and each of its tables as CSV. The same figures as `/v1/admin/analytics`. */
export function analyticsRoutes(
  { pages, analytics, connections }: AnalyticsDeps,
  guard: Guard,
): Record<'show' | 'csv', RequestHandler> {
  return {
    show: guard('read_analytics', async ({ req, res, frame, used }) => {
      const { tenantId } = used.operator;
      const period = periodOf(req.query, frame.now);
      const [sales, funnel, known] = await Promise.all([
        analytics.sales(tenantId, period),
        analytics.funnel(tenantId, timeOf(period)),
        connections.list(tenantId),
      ]);
      const names = new Map(known.map(({ connectionId, name }) => [connectionId, name]));
      const view: AnalyticsView = {
        ...sales,
        sales: { ...sales.sales, currency: sales.currency },
        days: period.days,
        groupBy: period.groupBy,
        fault: period.fault,
        timeline: everyBucket(sales, period),
        funnel: funnel.all,
        connections: funnel.connections.map(({ connectionId: id, lastTransfer, ...counts }) => ({
          ...counts,
          id,
          name: names.get(id) ?? id,
          lastTransferAt: lastTransfer,
        })),
        presets: PRESETS.map((days) => {
          const range = endingToday(Number(days), frame.now);
          const isShown = range.fromDay === sales.fromDay && range.toDay === sales.toDay;
          return { days, ...range, isShown };
        }),
      };
      pages.send(res, frame, analyticsPage(frame, view));
    }),

    csv: guard('read_analytics', async (visit) => {
      const { req, res, frame, used } = visit;
      const { tenantId } = used.operator;
      const part = CSV_PARTS.find((name) => `${name}.csv` === req.params['file']);
      const period = periodOf(req.query, frame.now);
      if (part === undefined) sendUnknown(pages, visit);
      else if (part === 'connections')
        sendCsv(res, part, period, connectionsCsv((await analytics.funnel(tenantId, timeOf(period))).connections));
      else {
        const sales = await analytics.sales(tenantId, { ...period, groupBy: 'day' });
        sendCsv(res, part, period, part === 'timeline' ? timelineCsv(sales) : productsCsv(sales));
      }
    }),
  };
}

/** The days of an address; the last 30 where they are absent or wrong. */
function periodOf(query: Visit['req']['query'], now: Date): Period {
  const text = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [from, to, code] = [text('from'), text('to'), text('currency')];
  const currency = code !== undefined && /^[A-Z]{3}$/.test(code) ? code : undefined;
  const usual = endingToday(USUAL_DAYS, now);
  const isWrong = [from, to].some((day) => day !== undefined && !isDay(day));
  const toDay = to ?? usual.toDay;
  const fromDay = from ?? (isWrong ? toDay : dayOf(Date.parse(toDay) - (USUAL_DAYS - 1) * DAY_MS));
  const days = isWrong ? 0 : daysOf(fromDay, toDay);
  if (isWrong || days < 1 || days > MOST_DAYS)
    return { ...usual, currency, days: USUAL_DAYS, groupBy: 'day', fault: isWrong ? 'bad_day' : 'bad_range' };
  const groupBy = days <= MOST_DAY_BARS ? 'day' : days <= MOST_WEEK_BARS ? 'week' : 'month';
  return { fromDay, toDay, currency, days, groupBy };
}

function isDay(text: string): boolean {
  return DAY.test(text) && text >= '1970' && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;
}

function daysOf(fromDay: string, toDay: string): number {
  return Math.round((Date.parse(toDay) - Date.parse(fromDay)) / DAY_MS) + 1;
}

function endingToday(days: number, now: Date): { fromDay: string; toDay: string } {
  return { fromDay: dayOf(now.getTime() - (days - 1) * DAY_MS), toDay: dayOf(now.getTime()) };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Adds the buckets without sessions, which the figures leave out. */
function everyBucket({ timeline, fromDay, toDay }: Analytics, { groupBy }: Period): Analytics['timeline'] {
  const known = new Map(timeline.map((bucket) => [bucket.date, bucket]));
  const at = new Date(fromDay);
  if (groupBy === 'week') at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  if (groupBy === 'month') at.setUTCDate(1);
  const all: Analytics['timeline'] = [];
  const last = Date.parse(toDay);
  // Not by text: the day after 9999-12-31 sorts before it.
  while (at.getTime() <= last) {
    const date = dayOf(at.getTime());
    all.push(known.get(date) ?? { date, sessions: 0, completed: 0, revenue: '0' });
    if (groupBy === 'month') at.setUTCMonth(at.getUTCMonth() + 1);
    else at.setUTCDate(at.getUTCDate() + (groupBy === 'week' ? 7 : 1));
  }
  return all;
}

function sendCsv(res: Response, part: string, { fromDay, toDay }: Period, text: string): void {
  res.set({
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${part}-${fromDay}-${toDay}.csv"`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
  res.send(text);
}
