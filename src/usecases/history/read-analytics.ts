import { currencyDigits } from '../../domain/currency.js';
import {
  type Decimal,
  type DecimalText,
  add,
  divide,
  formatDecimal,
  parseDecimal,
  round,
  trimZeros,
} from '../../domain/decimal.js';
import { notLater } from '../../domain/last-moment.js';
import type { TenantRepository } from '../../ports/access/connection-repository.js';
import type { FigureBucket, SalesFigures } from '../../ports/transmission/session-history.js';
import type { ConnectionFunnel, FunnelFigures, FunnelRange } from '../../ports/transmission/session-search.js';
import { DEFAULT_CURRENCY } from './read-sessions.js';

interface Deps {
  figures: Pick<SalesFigures, 'read'>;
  funnel: Pick<FunnelFigures, 'read'>;
  tenants: Pick<TenantRepository, 'find'>;
}

export interface AnalyticsWish {
  /** UTC days (`YYYY-MM-DD`) of the call-up, both inclusive. */
  fromDay: string;
  toDay: string;
  groupBy: 'day' | 'week' | 'month';
  /** Of the amounts; the tenant's by default. */
  currency?: string | undefined;
}

export interface SalesIn {
  completed: number;
  averageCart: DecimalText;
  revenue: DecimalText;
}

/**
 * Figures of whole days. Session counts cover all currencies. Amounts cover `currency` only and are never summed across
 * currencies: `byCurrency` has the others.
 */
export interface Analytics {
  currency: string;
  fromDay: string;
  toDay: string;
  sessions: number;
  completed: number;
  /** Percent with two digits: 980 of 1250 is 78.4. */
  conversionRate: DecimalText;
  sales: SalesIn;
  /** Without buckets that have no sessions. */
  timeline: { date: string; sessions: number; completed: number; revenue: DecimalText }[];
  topProducts: { sku: string; name: string; quantity: DecimalText; revenue: DecimalText }[];
  byCurrency: ({ currency: string } & SalesIn)[];
}

export type FunnelCounts = Pick<ConnectionFunnel, 'callUps' | 'logins' | 'transfers' | 'orders'>;

export interface AnalyticsReads {
  sales(tenantId: string, wish: AnalyticsWish): Promise<Analytics>;
  /** How far the sessions of a time came, of each connection and of all. */
  funnel(tenantId: string, range: FunnelRange): Promise<{ connections: ConnectionFunnel[]; all: FunnelCounts }>;
}

const TOP_PRODUCTS = 10;
const DAY_MS = 86_400_000;

export function analyticsReads({ figures, funnel, tenants }: Deps): AnalyticsReads {
  return {
    async sales(tenantId, { fromDay, toDay, groupBy, currency: wanted }) {
      const currency = wanted ?? (await tenants.find(tenantId))?.settings.currency ?? DEFAULT_CURRENCY;
      const wish = { fromDay, toDay, groupBy, currency, topProducts: TOP_PRODUCTS };
      const { buckets, products } = await figures.read(tenantId, wish);
      const [sessions, completed] = [sumOf(buckets, 'sessions'), sumOf(buckets, 'completed')];
      const currencies = [...new Set(buckets.map((bucket) => bucket.currency).filter((code) => code !== ''))];
      return {
        currency,
        fromDay,
        toDay,
        sessions,
        completed,
        conversionRate: rateOf(completed, sessions),
        sales: salesIn(currency, buckets),
        timeline: byDate(buckets).map((parts) => ({
          date: parts[0]?.date ?? fromDay,
          sessions: sumOf(parts, 'sessions'),
          completed: sumOf(parts, 'completed'),
          revenue: salesIn(currency, parts).revenue,
        })),
        topProducts: products.map(({ sku, name, quantity, revenue }) => ({
          sku,
          name,
          quantity: formatDecimal(trimZeros(parseDecimal(quantity))),
          revenue: amount(parseDecimal(revenue), currency),
        })),
        byCurrency: currencies.toSorted().map((code) => ({ currency: code, ...salesIn(code, buckets) })),
      };
    },

    async funnel(tenantId, range) {
      const connections = await funnel.read(tenantId, range);
      return { connections, all: sumOfFunnel(connections) };
    },
  };
}

export function sumOfFunnel(connections: readonly ConnectionFunnel[]): FunnelCounts {
  const sum = { callUps: 0, logins: 0, transfers: 0, orders: 0 };
  for (const { callUps, logins, transfers, orders } of connections) {
    sum.callUps += callUps;
    sum.logins += logins;
    sum.transfers += transfers;
    sum.orders += orders;
  }
  return sum;
}

/** The time of whole days, both inclusive. */
export function timeOf({ fromDay, toDay }: Pick<AnalyticsWish, 'fromDay' | 'toDay'>): { from: Date; before: Date } {
  return { from: new Date(fromDay), before: notLater(Date.parse(toDay) + DAY_MS) };
}

const NOTHING: Decimal = { units: 0n, scale: 0 };

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

function salesIn(currency: string, buckets: readonly FigureBucket[]): SalesIn {
  const own = buckets.filter((bucket) => bucket.currency === currency);
  const revenue = own.reduce((sum, bucket) => add(sum, parseDecimal(bucket.revenue)), NOTHING);
  const completed = sumOf(own, 'completed');
  const average =
    completed === 0 ? NOTHING : divide(revenue, { units: BigInt(completed), scale: 0 }, currencyDigits(currency));
  return { completed, averageCart: amount(average, currency), revenue: amount(revenue, currency) };
}

function rateOf(completed: number, total: number): DecimalText {
  if (total === 0) return '0';
  const whole = { units: BigInt(total), scale: 0 };
  return formatDecimal(trimZeros(divide({ units: BigInt(completed) * 100n, scale: 0 }, whole, 2)));
}

function amount(value: Decimal, currency: string): DecimalText {
  return formatDecimal(round(value, currencyDigits(currency)));
}

function sumOf(buckets: readonly FigureBucket[], field: 'sessions' | 'completed'): number {
  return buckets.reduce((sum, bucket) => sum + bucket[field], 0);
}
