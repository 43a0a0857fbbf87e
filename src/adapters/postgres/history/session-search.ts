import type { ErrorCode } from '../../../domain/error-codes.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { ConnectionFunnel, RefusalGroup, SessionSearch } from '../../../ports/transmission/session-search.js';
import type { Database } from '../database/database.js';
import { PROTOCOLS } from '../../../domain/transmission/protocol.js';
import { IS_DUE } from '../transmissions/step-sql.js';
import { WORD, WORDS } from './session-history.js';

/** Must match the expression of the index transmission_email (migrations/session-search.ts). */
const EMAIL = `md5(lower(substring(t.buyer::text from '"email"\\s*:\\s*"([^"\\\\]*)"')))`;

/** One index range for each meaning of the text. */
const FIND: NamedStatement = {
  name: 'session-search-find',
  text: `
    with meant as (
      select t.transmission_id from transmission t where t.tenant_id = $1 and t.transmission_id = $2
      union
      (select t.transmission_id from transmission t where t.tenant_id = $1 and md5(t.buyer_cookie) = md5($2)
        and t.buyer_cookie <> '' order by t.created_at desc limit $3)
      union
      (select t.transmission_id from transmission t where t.tenant_id = $1 and t.buyer is not null
        and ${EMAIL} = md5(lower($2)) order by t.created_at desc limit $3)
      union
      (select m.transmission_id from message_log m where m.tenant_id = $1 and m.transmission_id is not null
        and m.connection_id in (select c.connection_id from connection c where c.tenant_id = $1)
        and md5(m.payload_id) = md5($2) and m.payload_id = $2 order by m.message_id desc limit $3)
      union
      (select o.transmission_id from purchase_order o where o.tenant_id = $1 and o.transmission_id is not null
        and o.connection_id in (select c.connection_id from connection c where c.tenant_id = $1)
        and o.order_id = $2 limit $3)
      union
      (select o.transmission_id from connect_order o where o.tenant_id = $1 and o.transmission_id is not null
        and o.supplier_shop in (select s.shop_id from connect_shop s where s.tenant_id = $1)
        and o.supplier_order_id = $2 limit $3)
    )
    select t.transmission_id from transmission t join meant m on m.transmission_id = t.transmission_id
    where t.tenant_id = $1 order by t.created_at desc, t.transmission_id desc limit $3`,
};

const OF_CONNECTION: NamedStatement = {
  name: 'session-search-of-connection',
  text: `
    select t.transmission_id, to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as mark
    from transmission t where t.tenant_id = $1 and t.connection_id = $2 and t.created_at >= $3
      and t.created_at > '-infinity'
      and (t.created_at, t.transmission_id) < ($4, $5)
      and ($6::text is null or $6 = case
        when t.status = 'expired' or ${IS_DUE} then 'expired'
        when t.status in ('open', 'active') then 'active'
        when t.status in ('transferred', 'order_created') then 'completed' else 'cancelled' end)
    order by t.created_at desc, t.transmission_id desc limit $7`,
};

/** One range of the index transmission_history for each status word and protocol: PostgreSQL reads only that time. */
const STEPS = WORDS.flatMap((word) =>
  PROTOCOLS.map(
    (protocol) => `
      select t.connection_id, t.logged_in_at, t.status, t.created_at from transmission t
      where t.tenant_id = $1 and ${WORD} = '${word}' and t.protocol = '${protocol}' and t.created_at >= $2
        and t.created_at < $3 and t.test_id is null`,
  ),
).join(' union all ');
const FUNNEL: NamedStatement = {
  name: 'session-search-funnel',
  text: `
    select s.connection_id, count(*)::int as call_ups, count(s.logged_in_at)::int as logins,
      (count(*) filter (where s.status in ('transferred', 'order_created')))::int as transfers,
      (count(*) filter (where s.status = 'order_created'))::int as orders,
      max(s.created_at) filter (where s.status in ('transferred', 'order_created')) as last_transfer
    from (${STEPS}) s group by s.connection_id order by s.connection_id`,
};

/** Of the newest refused rows before the end of the time; older ones are not counted. */
const MOST_REFUSALS = 20_000;
const REFUSALS: NamedStatement = {
  name: 'session-search-refusals',
  text: `
    select m.connection_id, m.code, count(*)::int as count, min(m.at) as first, max(m.at) as last,
      (array_agg(m.reason order by m.message_id desc))[1] as last_reason, max(m.message_id)::text as last_id
    from (
      select n.message_id, n.code, n.connection_id, n.reason, n.at, n.direction from message_log n
      where n.tenant_id = $1 and n.code is not null and n.at < $3
      order by n.message_id desc limit ${MOST_REFUSALS}
    ) m
    where m.direction = 'in' and m.at >= $2
    group by m.connection_id, m.code order by count(*) desc, max(m.message_id) desc limit $4`,
};

interface FunnelRow {
  connection_id: string;
  call_ups: number;
  logins: number;
  transfers: number;
  orders: number;
  last_transfer: Date | null;
}

interface GroupRow {
  connection_id: string | null;
  code: ErrorCode;
  count: number;
  first: Date;
  last: Date;
  last_reason: string | null;
  last_id: string;
}

export function sessionSearch({ asTenant }: Pick<Database, 'asTenant'>): SessionSearch {
  return {
    // PostgreSQL's text takes no NUL, so no row holds one.
    find: async (tenantId, text, limit) =>
      text.includes('\0')
        ? []
        : (await asTenant(tenantId, (query) => query<{ transmission_id: string }>(FIND, [tenantId, text, limit]))).map(
            (row) => row.transmission_id,
          ),
    async ofConnection(tenantId, connectionId, { status, from, before }, { limit, after }) {
      const end = before?.toISOString().replace('Z', '000Z') ?? 'infinity';
      const start = after !== undefined && after.createdAt < end ? after : { createdAt: end, transmissionId: '' };
      const rows = await asTenant(tenantId, (query) =>
        query<{ transmission_id: string; mark: string }>(OF_CONNECTION, [
          tenantId,
          connectionId,
          from ?? '-infinity',
          start.createdAt,
          start.transmissionId,
          status ?? null,
          limit + 1,
        ]),
      );
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        transmissionIds: rows.slice(0, limit).map((row) => row.transmission_id),
        ...(last === undefined ? {} : { next: { createdAt: last.mark, transmissionId: last.transmission_id } }),
      };
    },
    async funnel(tenantId, { from, before }) {
      const rows = await asTenant(tenantId, (query) => query<FunnelRow>(FUNNEL, [tenantId, from, before]));
      return rows.map(funnelOf);
    },
    async refusalGroups(tenantId, { from, before }, limit) {
      const rows = await asTenant(tenantId, (query) => query<GroupRow>(REFUSALS, [tenantId, from, before, limit]));
      return rows.map(groupOf);
    },
  };
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

function groupOf(row: GroupRow): RefusalGroup {
  return {
    code: row.code,
    count: row.count,
    first: row.first,
    last: row.last,
    lastReason: row.last_reason ?? '',
    lastMessageId: row.last_id,
    ...(row.connection_id === null ? {} : { connectionId: row.connection_id }),
  };
}
