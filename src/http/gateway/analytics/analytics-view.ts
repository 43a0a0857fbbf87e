import { currencyDigits } from '../../../domain/currency.js';
import { type Decimal, add, divide, formatDecimal, parseDecimal, round, trimZeros } from '../../../domain/decimal.js';
import type { FigureBucket, Figures } from '../../../ports/transmission/sales-figures.js';
import { ExactNumber } from '../api/exact-json.js';

const NOTHING: Decimal = { units: 0n, scale: 0 };

/**
 * Source 002, "Session-Analytics". Sessions are counted whatever their currency; amounts are those of `currency` alone, and never
 * summed across currencies: `by_currency` has the others.
 */
export function analyticsView(
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

/** Buckets come ordered by date. */
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

/** Percent, to two digits: 980 of 1250 is 78.4. */
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
