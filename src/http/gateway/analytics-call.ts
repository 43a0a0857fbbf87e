import type { FromSchema } from 'json-schema-to-ts';
import { CURRENCY, dataSchema, record } from './api/answer-schemas.js';
import { MOMENT_PATTERN, momentRange } from './api/moment-parameter.js';
import type { Request } from 'express';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { SalesFigures, FigureBucket, Figures } from '../../ports/transmission/session-history.js';
import type { TenantRepository } from '../../ports/access/connection-repository.js';
import { DEFAULT_CURRENCY } from '../../usecases/history/read-sessions.js';
import { queryCheck } from '../body/check-input.js';
import { currencyDigits } from '../../domain/currency.js';
import { type Decimal, add, divide, formatDecimal, parseDecimal, round, trimZeros } from '../../domain/decimal.js';
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

interface Deps {
  figures: Pick<SalesFigures, 'read'>;
  tenants: Pick<TenantRepository, 'find'>;
}

const checkQuery = queryCheck<AnalyticsQuery>(ANALYTICS_QUERY);
const DAY_MS = 86_400_000;
/** Days that a period covers, including its last day. */
const PERIOD_DAYS = { day: 1, week: 7, month: 30, year: 365 };
const TOP_PRODUCTS = 10;

/**
 * `GET /v1/punchout/analytics`: whole days (UTC). `period` (default month) ends at `to_date` or today. `from_date`
 * overrides it.
 */
export function analyticsCall({
  figures,
  tenants,
}: Deps): (req: Request, owner: { tenantId: string }) => Promise<Outcome<object>> {
  return async (req, { tenantId }) => {
    const query = checkQuery({ ...req.query });
    if (!query.ok) return query;
    const { period = 'month', group_by: groupBy = 'day' } = query.value;
    const range = momentRange(query.value);
    if (!range.ok) return range;
    const last = range.value.before === undefined ? Date.now() : range.value.before.getTime() - 1;
    const first = range.value.from?.getTime() ?? last - (PERIOD_DAYS[period] - 1) * DAY_MS;
    const days = { fromDay: dayOf(Math.min(first, last)), toDay: dayOf(last) };
    const currency = query.value.currency ?? (await tenants.find(tenantId))?.settings.currency ?? DEFAULT_CURRENCY;
    return accept(
      analyticsView(await figures.read(tenantId, { ...days, groupBy, currency, topProducts: TOP_PRODUCTS }), {
        ...days,
        currency,
      }),
    );
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const NOTHING: Decimal = { units: 0n, scale: 0 };

/**
 * Figures of the PunchOut Session API. Session counts cover all currencies. Amounts cover `currency` only and are never
 * summed across currencies: `by_currency` has the others.
 */
function analyticsView(
  { buckets, products }: Figures,
  { currency, fromDay, toDay }: { currency: string; fromDay: string; toDay: string },
): object {
  const total = sumOf(buckets, 'sessions');
  const completed = sumOf(buckets, 'completed');
  const currencies = [...new Set(buckets.map((bucket) => bucket.currency).filter((code) => code !== ''))].toSorted();
  const { average_cart_value, total_revenue } = salesIn(currency, buckets);
  return {
    currency,
    from_date: fromDay,
    to_date: toDay,
    summary: {
      total_sessions: total,
      completed_sessions: completed,
      conversion_rate: rateOf(completed, total),
      average_cart_value,
      total_revenue,
    },
    timeline: byDate(buckets).map((parts) => ({
      date: parts[0]?.date,
      sessions: sumOf(parts, 'sessions'),
      completed: sumOf(parts, 'completed'),
      revenue: salesIn(currency, parts).total_revenue,
    })),
    top_products: products.map(({ sku, name, quantity, revenue }) => ({
      sku,
      name,
      quantity: new ExactNumber(formatDecimal(trimZeros(parseDecimal(quantity)))),
      revenue: amount(parseDecimal(revenue), currency),
    })),
    by_currency: currencies.map((code) => ({ currency: code, ...salesIn(code, buckets) })),
  };
}

/** The buckets are already ordered by date. */
function byDate(buckets: readonly FigureBucket[]): FigureBucket[][] {
  const dates: FigureBucket[][] = [];
  for (const bucket of buckets) {
    const last = dates.at(-1);
    if (last?.[0]?.date === bucket.date) last.push(bucket);
    else dates.push([bucket]);
  }
  return dates;
}

function salesIn(
  currency: string,
  buckets: readonly FigureBucket[],
): { completed_sessions: number; average_cart_value: ExactNumber; total_revenue: ExactNumber } {
  const own = buckets.filter((bucket) => bucket.currency === currency);
  const revenue = own.reduce((sum, bucket) => add(sum, parseDecimal(bucket.revenue)), NOTHING);
  const completed = sumOf(own, 'completed');
  const average =
    completed === 0 ? NOTHING : divide(revenue, { units: BigInt(completed), scale: 0 }, currencyDigits(currency));
  return {
    completed_sessions: completed,
    average_cart_value: amount(average, currency),
    total_revenue: amount(revenue, currency),
  };
}

/** Percent with two digits: 980 of 1250 is 78.4. */
function rateOf(completed: number, total: number): ExactNumber {
  if (total === 0) return new ExactNumber('0');
  return new ExactNumber(
    formatDecimal(
      trimZeros(divide({ units: BigInt(completed) * 100n, scale: 0 }, { units: BigInt(total), scale: 0 }, 2)),
    ),
  );
}

function amount(value: Decimal, currency: string): ExactNumber {
  return new ExactNumber(formatDecimal(round(value, currencyDigits(currency))));
}

function sumOf(buckets: readonly FigureBucket[], field: 'sessions' | 'completed'): number {
  return buckets.reduce((sum, bucket) => sum + bucket[field], 0);
}
