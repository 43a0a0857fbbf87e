import type { FigureBucket, Figures, SalesFigures } from '../../../ports/transmission/session-history.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';

/**
 * Exactly once by one statement: it deletes facts and adds them to the roll-ups, or does neither. Roll-up rows are
 * locked in the order of their keys, so that two concurrent folds wait for each other and cannot deadlock.
 */
const FOLD: NamedStatement = {
  name: 'sales-fold',
  text: `
    with taken as (
      delete from sales_fact f using (
        select tenant_id, fact_id from sales_fact order by tenant_id, fact_id limit $1 for update skip locked
      ) due
      where f.tenant_id = due.tenant_id and f.fact_id = due.fact_id
      returning f.*
    ), days as (
      insert into sales_day as r (tenant_id, day, currency, sessions, completed, revenue)
      select tenant_id, day, currency, sum(sessions), sum(completed), sum(revenue)
        from taken group by 1, 2, 3 order by 1, 2, 3
      on conflict (tenant_id, day, currency) do update
      set sessions = r.sessions + excluded.sessions, completed = r.completed + excluded.completed,
        revenue = r.revenue + excluded.revenue
    ), sold as (
      select tenant_id, day, currency, fact_id, line->>0 as sku, line->>1 as name, (line->>2)::numeric as quantity,
        (line->>3)::numeric as revenue
      from taken, jsonb_array_elements(taken.lines) line
    ), product_days as (${foldProducts('product_day', 'day')}
    ), product_months as (${foldProducts('product_month', `date_trunc('month', day::timestamp)::date`)}
    )
    select count(*)::int as folded from taken`,
};

function foldProducts(table: string, day: string): string {
  return `
      insert into ${table} as r (tenant_id, day, currency, sku, name, quantity, revenue)
      select tenant_id, ${day}, currency, sku, (array_agg(name order by fact_id desc))[1], sum(quantity), sum(revenue)
        from sold group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (tenant_id, day, currency, sku) do update
      set name = excluded.name, quantity = r.quantity + excluded.quantity, revenue = r.revenue + excluded.revenue`;
}

/** `group_by` selects one of these; it never becomes SQL (T66). */
const BUCKETS = {
  day: 'day',
  week: `date_trunc('week', day::timestamp)`,
  month: `date_trunc('month', day::timestamp)`,
};

function bucketsBy(groupBy: keyof typeof BUCKETS): NamedStatement {
  return {
    name: `sales-buckets-${groupBy}`,
    text: `
      select to_char(${BUCKETS[groupBy]}, 'YYYY-MM-DD') as date, currency, sum(sessions)::int as sessions,
        sum(completed)::int as completed, sum(revenue)::text as revenue
      from (
        select day, currency, sessions, completed, revenue from sales_day where tenant_id = $1 and day between $2 and $3
        union all
        select day, currency, sessions, completed, revenue from sales_fact
        where tenant_id = $1 and day between $2 and $3
      ) f
      group by 1, 2 order by 1, 2`,
  };
}

/**
 * $5 and $6 bound the whole months of the range, which are read from the monthly roll-up; the days before and after
 * them come from the daily roll-up.
 */
const PRODUCTS: NamedStatement = {
  name: 'sales-products',
  text: `
    select sku, (array_agg(name order by day desc))[1] as name, sum(quantity)::text as quantity,
      sum(revenue)::text as revenue
    from (
      select day, sku, name, quantity, revenue from product_month
      where tenant_id = $1 and currency = $4 and day >= $5 and day < $6
      union all
      select day, sku, name, quantity, revenue from product_day
      where tenant_id = $1 and currency = $4 and day >= $2 and day < $5
      union all
      select day, sku, name, quantity, revenue from product_day
      where tenant_id = $1 and currency = $4 and day >= $6 and day <= $3
      union all
      select day, line->>0, line->>1, (line->>2)::numeric, (line->>3)::numeric
      from sales_fact, jsonb_array_elements(lines) line where tenant_id = $1 and currency = $4 and day between $2 and $3
    ) sold
    group by sku order by sum(revenue) desc, sku limit $7`,
};

export function salesFigures({ query, asTenant }: Database): SalesFigures {
  return {
    read(tenantId, { fromDay, toDay, groupBy, currency, topProducts }) {
      const [firstMonth, pastMonths] = wholeMonths(fromDay, toDay);
      return asTenant(tenantId, async (ask): Promise<Figures> => ({
        buckets: await ask<FigureBucket>(bucketsBy(groupBy), [tenantId, fromDay, toDay]),
        products: await ask<Figures['products'][number]>(PRODUCTS, [
          tenantId,
          fromDay,
          toDay,
          currency,
          firstMonth,
          pastMonths,
          topProducts,
        ]),
      }));
    },
    async fold(limit) {
      return (await query<{ folded: number }>(FOLD, [limit]))[0]?.folded ?? 0;
    },
  };
}

/**
 * First day of the first whole month and the day after the last; where there is no whole month, the first day of the
 * range twice.
 */
function wholeMonths(fromDay: string, toDay: string): [string, string] {
  const first = fromDay.endsWith('-01') ? fromDay : monthAfter(fromDay);
  const dayAfter = new Date(Date.parse(toDay) + 86_400_000).toISOString().slice(0, 10);
  const past = `${dayAfter.slice(0, 7)}-01`;
  return first < past ? [first, past] : [fromDay, fromDay];
}

function monthAfter(day: string): string {
  const at = new Date(`${day.slice(0, 7)}-01`);
  at.setUTCMonth(at.getUTCMonth() + 1);
  return at.toISOString().slice(0, 10);
}
