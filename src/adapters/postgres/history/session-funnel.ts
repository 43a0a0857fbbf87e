import { PROTOCOLS } from '../../../domain/transmission/protocol.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { ConnectionFunnel, FunnelFigures } from '../../../ports/transmission/session-search.js';
import type { Database } from '../database/database.js';
import { WORD, WORDS } from './session-history.js';

/**
 * Rows of sessions with a call-up in that time, for what is less than a whole hour: one range of the index
 * transmission_history for each status word and protocol.
 */
function rowsOf(from: string, before: string): string {
  return WORDS.flatMap((word) =>
    PROTOCOLS.map(
      (protocol) => `
        select t.connection_id, 1 as call_ups, (t.logged_in_at is not null)::int as logins,
          (t.status in ('transferred', 'order_created'))::int as transfers,
          (t.status = 'order_created')::int as orders,
          case when t.status in ('transferred', 'order_created') then t.created_at end as last_transfer
        from transmission t
        where t.tenant_id = $1 and ${WORD} = '${word}' and t.protocol = '${protocol}' and t.created_at >= ${from}
          and t.created_at < ${before} and not t.uncounted`,
    ),
  ).join(' union all ');
}

const COUNTS = 'connection_id, call_ups, logins, transfers, orders, last_transfer';

type Edge = 'start' | 'end';

/**
 * $2 to $5, ascending: first whole hour; first whole day; day after the last whole one; hour after the last whole one.
 * $6 and $7: the whole days again, as hours. Then start and end, if less than an hour is left there, which is read from
 * the rows.
 */
function readOf(edges: readonly Edge[]): NamedStatement {
  const rows = {
    start: rowsOf('$8::timestamptz', '$2::timestamptz'),
    end: rowsOf('$5::timestamptz', `${edges.length === 2 ? '$9' : '$8'}::timestamptz`),
  };
  return {
    name: ['session-funnel-read', ...edges].join('-'),
    text: `
    select f.connection_id, sum(f.call_ups)::int as call_ups, sum(f.logins)::int as logins,
      sum(f.transfers)::int as transfers, sum(f.orders)::int as orders, max(f.last_transfer) as last_transfer
    from (
      select ${COUNTS} from funnel_day where tenant_id = $1 and day >= $3::date and day < $4::date
      union all
      select ${COUNTS} from funnel_hour where tenant_id = $1 and hour >= $2::timestamptz and hour < $6::timestamptz
      union all
      select ${COUNTS} from funnel_hour where tenant_id = $1 and hour >= $7::timestamptz and hour < $5::timestamptz
      union all
      select ${COUNTS} from funnel_fact where tenant_id = $1 and hour >= $2::timestamptz and hour < $5::timestamptz
      ${edges.map((edge) => `union all ${rows[edge]}`).join(' ')}
    ) f
    group by f.connection_id having sum(f.call_ups) > 0 order by f.connection_id`,
  };
}

const HOURS: NamedStatement = {
  name: 'session-funnel-hours',
  text: `
    select f.hour, sum(f.call_ups)::int as call_ups from (
      select hour, call_ups from funnel_hour where tenant_id = $1 and hour >= $2::timestamptz
      union all
      select hour, call_ups from funnel_fact where tenant_id = $1 and hour >= $2::timestamptz
    ) f group by f.hour having sum(f.call_ups) > 0 order by f.hour`,
};

/** Exactly once: see sales-figures.ts. */
const FOLD: NamedStatement = {
  name: 'session-funnel-fold',
  text: `
    with taken as (
      delete from funnel_fact f using (
        select tenant_id, fact_id from funnel_fact order by tenant_id, fact_id limit $1 for update skip locked
      ) due
      where f.tenant_id = due.tenant_id and f.fact_id = due.fact_id
      returning f.*
    ), hours as (${foldInto('funnel_hour', 'hour', 'hour')}
    ), days as (${foldInto('funnel_day', 'day', `(hour at time zone 'UTC')::date`)}
    )
    select count(*)::int as folded from taken`,
};

function foldInto(table: string, column: string, time: string): string {
  return `
      insert into ${table} as r (tenant_id, ${column}, connection_id, call_ups, logins, transfers, orders,
        last_transfer)
      select tenant_id, ${time}, connection_id, sum(call_ups), sum(logins), sum(transfers), sum(orders),
        max(last_transfer)
        from taken group by 1, 2, 3 order by 1, 2, 3
      on conflict (tenant_id, ${column}, connection_id) do update
      set call_ups = r.call_ups + excluded.call_ups, logins = r.logins + excluded.logins,
        transfers = r.transfers + excluded.transfers, orders = r.orders + excluded.orders,
        last_transfer = greatest(r.last_transfer, excluded.last_transfer)`;
}

interface FunnelRow {
  connection_id: string;
  call_ups: number;
  logins: number;
  transfers: number;
  orders: number;
  last_transfer: Date | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function sessionFunnel({ query, asTenant }: Pick<Database, 'query' | 'asTenant'>): FunnelFigures {
  return {
    async read(tenantId, { from, before }) {
      const { edges, places } = placesOf(from.getTime(), before?.getTime() ?? afterNow());
      return (await asTenant(tenantId, (ask) => ask<FunnelRow>(readOf(edges), [tenantId, ...places]))).map(funnelOf);
    },
    async hours(tenantId, from) {
      const rows = await asTenant(tenantId, (ask) =>
        ask<{ hour: Date; call_ups: number }>(HOURS, [tenantId, new Date(up(from.getTime(), HOUR_MS))]),
      );
      return rows.map(({ hour, call_ups: callUps }) => ({ hour, callUps }));
    },
    async fold(limit) {
      return (await query<{ folded: number }>(FOLD, [limit]))[0]?.folded ?? 0;
    },
  };
}

const up = (ms: number, unit: number): number => Math.ceil(ms / unit) * unit;
const down = (ms: number, unit: number): number => Math.floor(ms / unit) * unit;

/** The end of the next hour: this one is counted whole, and the clock of the database may be ahead. */
function afterNow(): number {
  return down(Date.now(), HOUR_MS) + 2 * HOUR_MS;
}

/** What `readOf` takes for a time. Without a whole hour the rows alone are read, without a whole day hours and rows. */
function placesOf(from: number, before: number): { edges: Edge[]; places: (Date | string)[] } {
  const hours = within(from, before, HOUR_MS) ?? [before, before];
  const days = within(hours[0], hours[1], DAY_MS);
  const [firstDay, pastDay] = days ?? [hours[1], hours[1]];
  const dates = days === undefined ? ['epoch', 'epoch'] : [firstDay, pastDay].map(dayOf);
  const ends: [Edge, number][] = [];
  if (from < hours[0]) ends.push(['start', from]);
  if (hours[1] < before) ends.push(['end', before]);
  const at = (ms: number): Date => new Date(ms);
  return {
    edges: ends.map(([edge]) => edge),
    places: [at(hours[0]), ...dates, at(hours[1]), at(firstDay), at(pastDay), ...ends.map(([, ms]) => at(ms))],
  };
}

/** The whole units between two times; undefined if there is none. */
function within(from: number, before: number, unit: number): [number, number] | undefined {
  const [first, past] = [up(from, unit), down(before, unit)];
  return first < past ? [first, past] : undefined;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function funnelOf(row: FunnelRow): ConnectionFunnel {
  const { connection_id: connectionId, call_ups: callUps, logins, transfers, orders, last_transfer } = row;
  return {
    connectionId,
    callUps,
    logins,
    transfers,
    orders,
    ...(last_transfer === null ? {} : { lastTransfer: last_transfer }),
  };
}
