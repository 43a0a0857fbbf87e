import type { FromSchema } from 'json-schema-to-ts';
import { CURRENCY, dataSchema, record } from './api/answer-schemas.js';
import { MOMENT_PATTERN, momentRange } from './api/moment-parameter.js';
import type { Request } from 'express';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { Analytics, AnalyticsReads, AnalyticsWish, SalesIn } from '../../usecases/history/read-analytics.js';
import { queryCheck } from '../body/check-input.js';
import { ExactNumber } from './json-envelope.js';

/** Parameters of `GET /v1/punchout/analytics`. */
export const ANALYTICS_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    period: { type: 'string', enum: ['day', 'week', 'month', 'year'] },
    from_date: { type: 'string', pattern: MOMENT_PATTERN },
    to_date: { type: 'string', pattern: MOMENT_PATTERN },
    group_by: { type: 'string', enum: ['day', 'week', 'month'] },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  },
} as const;
type AnalyticsQuery = FromSchema<typeof ANALYTICS_QUERY>;

const COUNT = { type: 'integer', minimum: 0 } as const;
const AMOUNT = { type: 'number' } as const;

export const FIGURES = record({
  currency: CURRENCY,
  from_date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  to_date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  summary: record({
    total_sessions: COUNT,
    completed_sessions: COUNT,
    conversion_rate: { type: 'number', minimum: 0, maximum: 100 },
    average_cart_value: AMOUNT,
    total_revenue: AMOUNT,
  }),
  timeline: {
    type: 'array',
    items: record({
      date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
      sessions: COUNT,
      completed: COUNT,
      revenue: AMOUNT,
    }),
  },
  top_products: {
    type: 'array',
    maxItems: 10,
    items: record({ sku: { type: 'string' }, name: { type: 'string' }, quantity: AMOUNT, revenue: AMOUNT }),
  },
  by_currency: {
    type: 'array',
    items: record({
      currency: CURRENCY,
      completed_sessions: COUNT,
      average_cart_value: AMOUNT,
      total_revenue: AMOUNT,
    }),
  },
});
export const ANALYTICS_ANSWER = dataSchema(FIGURES);

const checkQuery = queryCheck<AnalyticsQuery>(ANALYTICS_QUERY);
const DAY_MS = 86_400_000;
/** Days that a period covers, including its last day. */
const PERIOD_DAYS = { day: 1, week: 7, month: 30, year: 365 };

/**
 * `GET /v1/punchout/analytics`: whole days (UTC). `period` (default month) ends at `to_date` or today. `from_date`
 * overrides it.
 */
export function analyticsCall(
  reads: Pick<AnalyticsReads, 'sales'>,
): (req: Request, owner: { tenantId: string }) => Promise<Outcome<object>> {
  return async (req, { tenantId }) => {
    const wish = analyticsWish(req);
    return wish.ok ? accept(analyticsView(await reads.sales(tenantId, wish.value))) : wish;
  };
}

/** The days and the currency that a request asks for. */
export function analyticsWish(req: Request): Outcome<AnalyticsWish> {
  const query = checkQuery({ ...req.query });
  if (!query.ok) return query;
  const { period = 'month', group_by: groupBy = 'day', currency } = query.value;
  const range = momentRange(query.value);
  if (!range.ok) return range;
  const last = range.value.before === undefined ? Date.now() : range.value.before.getTime() - 1;
  const first = range.value.from?.getTime() ?? last - (PERIOD_DAYS[period] - 1) * DAY_MS;
  return accept({ fromDay: dayOf(Math.min(first, last)), toDay: dayOf(last), groupBy, currency });
}

export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Figures as the PunchOut Session API writes them. */
export function analyticsView(read: Analytics): object {
  const { average_cart_value, total_revenue } = salesView(read.sales);
  return {
    currency: read.currency,
    from_date: read.fromDay,
    to_date: read.toDay,
    summary: {
      total_sessions: read.sessions,
      completed_sessions: read.completed,
      conversion_rate: new ExactNumber(read.conversionRate),
      average_cart_value,
      total_revenue,
    },
    timeline: read.timeline.map((bucket) => ({ ...bucket, revenue: new ExactNumber(bucket.revenue) })),
    top_products: read.topProducts.map(({ sku, name, quantity, revenue }) => ({
      sku,
      name,
      quantity: new ExactNumber(quantity),
      revenue: new ExactNumber(revenue),
    })),
    by_currency: read.byCurrency.map(({ currency, ...sales }) => ({ currency, ...salesView(sales) })),
  };
}

function salesView({ completed, averageCart, revenue }: SalesIn) {
  return {
    completed_sessions: completed,
    average_cart_value: new ExactNumber(averageCart),
    total_revenue: new ExactNumber(revenue),
  };
}
