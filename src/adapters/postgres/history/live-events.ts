import type { ErrorCode } from '../../../domain/error-codes.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { EventReads, EventWish, LiveEvent, LiveEventType } from '../../../ports/transmission/live-events.js';
import type { Database } from '../database/database.js';
import { type EventPlace, readPlace, writePlace } from './event-place.js';

/**
 * Live events are the rows that other work writes anyway: audit rows of sessions, and the message log. Nothing is
 * written for them. A snapshot of PostgreSQL says which transactions a reader has seen, and the system column xmin says
 * which transaction wrote a row: new are the rows that an earlier snapshot could not see. So a row that is committed
 * late is found, whatever its number. Rows of subtransactions would be missed; our statements have none.
 */
const MICROS = (at: string): string => `(extract(epoch from ${at}) * 1000000)::bigint`;
/** xmin has 32 bits, snapshots have 64: the row was written within the last 2^32 transactions. */
const WRITER = (row: string): string =>
  `(b.now_xid - ((b.now_xid - ${row}.xmin::text::bigint) & 4294967295))::text::xid8`;
const NEW = (row: string): string => `${WRITER(row)} >= pg_snapshot_xmin(b.seen)
  and not pg_visible_in_snapshot(${WRITER(row)}, b.seen) and pg_visible_in_snapshot(${WRITER(row)}, b.until)`;

/**
 * A transaction of ours is ended after 2.4 s (open-database.ts): a row with a lower number than one that was written
 * this long before the reader's snapshot was visible in it.
 */
const WRITTEN_LONG_AGO = `to_timestamp($4::bigint / 1000000.0) - interval '30 seconds'`;

const AUDIT = `'a'::text as source, a.audit_id as id, ${MICROS('a.at')} as micros,
  case a.event when 'created' then 'call_up' when 'login' then 'login' when 'transfer' then 'transfer'
    when 'order' then 'order' else 'end' end as type,
  a.event as kind, a.transmission_id, null::text as connection_id, null::text as code, null::text as reason,
  null::text as reference, null::text as address, a.details`;
/** A purchase order is shown as the message that it was. */
const IS_STEP = `a.to_status is not null and (a.event <> 'order' or a.actor = 'order')`;
const MESSAGE = `'m'::text as source, m.message_id as id, ${MICROS('m.at')} as micros,
  case when m.direction = 'out' then 'delivery' when m.code is null then 'order' else 'refusal' end as type,
  m.kind, m.transmission_id, m.connection_id, m.code, m.reason, m.reference, m.address, null::jsonb as details`;
/** What jobs send by themselves. */
export const DELIVERY_KINDS = ['ConfirmationRequest', 'ShipNoticeRequest', 'Order events'] as const;
const IS_REFUSAL = `m.direction = 'in' and m.code is not null`;
const IS_SHOWN = `(${IS_REFUSAL} or (m.code is null and (m.direction = 'in' and m.kind = 'OrderRequest'
  or m.direction = 'out' and m.kind in (${DELIVERY_KINDS.map((kind) => `'${kind}'`).join(', ')}))))`;

/**
 * The planner takes a third of all rows for what is above a number that it does not know, and reads the whole table for
 * them. Of what is between two such numbers it expects few, and uses the index. `coalesce` stands in a query of its
 * own: outside it is not leakproof, and under row-level security no index would be used.
 */
const ABOVE = (number: string, floor: string): string =>
  `${number} > (select coalesce(${floor}, 0)) and ${number} <= (select 9223372036854775807)`;

const COLUMNS = `e.source, e.id::text as id, e.micros::text as micros, e.type, e.kind, e.transmission_id,
  coalesce(e.connection_id, t.connection_id) as connection_id, t.protocol, e.code, e.reason, e.reference, e.address,
  e.details`;
const WITH_SESSION = `left join transmission t on t.tenant_id = $1 and t.transmission_id = e.transmission_id`;

const AUDIT_AFTER = `
        select ${AUDIT} from audit a where b.is_usable and a.tenant_id = $1
          and ${ABOVE(
            'a.audit_id',
            `(select f.audit_id from audit f
            where f.tenant_id = $1 and f.at < ${WRITTEN_LONG_AGO} order by f.audit_id desc limit 1)`,
          )}
          and ${IS_STEP} and ${NEW('a')}
        union all`;
const afterOf = (refusedOnly: boolean): NamedStatement => ({
  name: refusedOnly ? 'live-events-refused-after' : 'live-events-after',
  text: `
    with given as materialized (
      select $2::text::pg_snapshot as seen, coalesce($3::text::pg_snapshot, pg_current_snapshot()) as until,
        ${MICROS('now()')} as now_micros, pg_snapshot_xmax(pg_current_snapshot()) as now_xmax
    ), b as materialized (
      select *, now_xmax::text::bigint as now_xid,
        $4::bigint between now_micros - 3600000000 and now_micros + 60000000
          and pg_snapshot_xmax(seen) <= now_xmax and pg_snapshot_xmax(until) <= now_xmax as is_usable
      from given
    )
    select b.is_usable, b.until::text as until, b.now_micros::text as until_micros, ${COLUMNS}
    from b left join lateral (
      select * from (
        ${refusedOnly ? '' : AUDIT_AFTER}
        select ${MESSAGE} from message_log m where b.is_usable and m.tenant_id = $1
          and ${ABOVE(
            'm.message_id',
            `(select f.message_id from message_log f
            where f.tenant_id = $1 and f.stored_at < ${WRITTEN_LONG_AGO} order by f.message_id desc limit 1)`,
          )}
          and ${refusedOnly ? IS_REFUSAL : IS_SHOWN} and ${NEW('m')}
      ) u
      where $5::bigint is null or (u.micros, u.source, u.id) > ($5::bigint, $6::text, $7::bigint)
      order by u.micros, u.source, u.id limit $8
    ) e on true ${WITH_SESSION}
    order by e.micros, e.source, e.id`,
});
const [AFTER, REFUSED_AFTER] = [afterOf(false), afterOf(true)];

/** Of the newest rows; older ones are not looked for. */
const NEWEST_ROWS = 1_000;
const AUDIT_LATEST = `
        select ${AUDIT} from (
          select * from audit n where n.tenant_id = $1 order by n.audit_id desc limit ${NEWEST_ROWS}
        ) a where ${IS_STEP} and a.at > now() - interval '24 hours'
        union all`;
/** Two statements, since a branch that an argument switches off is planned nevertheless, and may start workers. */
const latestOf = (refusedOnly: boolean): NamedStatement => ({
  name: refusedOnly ? 'live-events-refused-latest' : 'live-events-latest',
  text: `
    with b as materialized (
      select pg_current_snapshot()::text as until, ${MICROS('now()')} as now_micros
    )
    select true as is_usable, b.until, b.now_micros::text as until_micros, ${COLUMNS}
    from b left join lateral (
      select * from (
        ${refusedOnly ? '' : AUDIT_LATEST}
        select ${MESSAGE} from (
          select * from message_log n where n.tenant_id = $1 ${refusedOnly ? 'and n.code is not null' : ''}
          order by n.message_id desc limit ${NEWEST_ROWS}
        ) m where ${refusedOnly ? IS_REFUSAL : IS_SHOWN} and m.at > now() - interval '24 hours'
      ) u
      order by u.micros desc, u.source desc, u.id desc limit $2
    ) e on true ${WITH_SESSION}
    order by e.micros, e.source, e.id`,
});
const [LATEST, REFUSED_LATEST] = [latestOf(false), latestOf(true)];

interface Row {
  is_usable: boolean;
  until: string;
  until_micros: string;
  /** A page without events has one row, in which this column and all that follow are null. */
  source: EventPlace['source'] | null;
  id: string;
  micros: string;
  type: LiveEventType;
  kind: string;
  transmission_id: string | null;
  connection_id: string | null;
  protocol: Protocol | null;
  code: ErrorCode | null;
  reason: string | null;
  reference: string | null;
  address: string | null;
  details: Record<string, string> | null;
}

export function liveEvents({ asTenant }: Pick<Database, 'asTenant'>): EventReads {
  return {
    async latest(tenantId, { limit, refusedOnly }) {
      const rows = await asTenant(tenantId, (query) =>
        query<Row>(refusedOnly ? REFUSED_LATEST : LATEST, [tenantId, limit]),
      );
      const place = writePlace({ seen: { snapshot: rows[0]?.until ?? '', micros: rows[0]?.until_micros ?? '' } });
      return { events: shown(rows).map((row) => eventOf(row, place)), place, more: false };
    },

    async after(tenantId, text, { limit, refusedOnly }: EventWish) {
      const from = readPlace(text);
      if (from === undefined) return undefined;
      const { seen, batch } = from;
      const rows = await asTenant(tenantId, (query) =>
        query<Row>(refusedOnly ? REFUSED_AFTER : AFTER, [
          tenantId,
          seen.snapshot,
          batch?.until.snapshot ?? null,
          seen.micros,
          batch?.last.micros ?? null,
          batch?.last.source ?? null,
          batch?.last.id ?? null,
          limit + 1,
        ]),
      );
      const [first] = rows;
      if (first?.is_usable !== true) return undefined;
      const until = batch?.until ?? { snapshot: first.until, micros: first.until_micros };
      const found = shown(rows);
      const page = found.slice(0, limit);
      const isCut = found.length > limit;
      const end = writePlace({ seen: until });
      const events = page.map((row, index) => {
        const isLast = !isCut && index === page.length - 1;
        const last: EventPlace = { micros: row.micros, source: row.source ?? 'a', id: row.id };
        return eventOf(row, isLast ? end : writePlace({ seen, batch: { until, last } }));
      });
      // What became visible after the batch is read next.
      const more = isCut || batch !== undefined;
      return { events, place: isCut ? (events.at(-1)?.place ?? end) : end, more };
    },
  };
}

function shown(rows: readonly Row[]): Row[] {
  return rows.filter(({ source }) => source !== null);
}

const MOST_OF_REASON = 500;

function eventOf(row: Row, place: string): LiveEvent {
  const { type, details } = row;
  const event: LiveEvent = {
    place,
    type,
    at: new Date(Number(BigInt(row.micros) / 1000n)),
    transmissionId: row.transmission_id ?? undefined,
    connectionId: row.connection_id ?? undefined,
    protocol: row.protocol ?? undefined,
    code: row.code ?? undefined,
    reason: row.reason?.slice(0, MOST_OF_REASON),
    reference: row.reference ?? undefined,
    address: row.address ?? undefined,
  };
  if (type === 'refusal' || type === 'delivery' || type === 'end') event.kind = row.kind.slice(0, MOST_OF_REASON);
  if (type === 'transfer') {
    event.totalAmount = details?.['totalAmount'];
    event.currency = details?.['currency'];
  }
  return event;
}
