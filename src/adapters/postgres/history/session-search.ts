import type { ErrorCode } from '../../../domain/error-codes.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { RefusalGroup, SessionSearch } from '../../../ports/transmission/session-search.js';
import type { Database } from '../database/database.js';
import { IS_DUE } from '../transmissions/step-sql.js';

/** Must match the expression of the index transmission_email (migrations/session-search.ts). */
const EMAIL = `md5(lower(substring(t.buyer::text from '"email"\\s*:\\s*"([^"\\\\]*)"')))`;

/**
 * One index range for each meaning of the text. Runs as the owner of the tables: under row-level security PostgreSQL
 * uses no index of an expression with md5, which is not leakproof, and would read every session. What it finds is read
 * again as the tenant.
 */
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
const OWN: NamedStatement = {
  name: 'session-search-own',
  text: `
    select t.transmission_id from transmission t where t.tenant_id = $1 and t.transmission_id = any($2::text[])
    order by t.created_at desc, t.transmission_id desc`,
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

/** Of the newest refused rows before the end of the time; older ones are not counted. */
const MOST_REFUSALS = 20_000;
const REFUSALS: NamedStatement = {
  name: 'session-search-refusals',
  text: `
    select m.connection_id, m.code, count(*)::int as count, min(m.at) as first, max(m.at) as last,
      (array_agg(m.reason order by m.message_id desc))[1] as last_reason, max(m.message_id)::text as last_id
    from (
      select n.message_id, n.code, n.connection_id, n.reason, n.at from message_log n
      where n.tenant_id = $1 and n.code is not null and n.direction = 'in' and n.at >= $2 and n.at < $3
      order by n.at desc limit ${MOST_REFUSALS}
    ) m
    group by m.connection_id, m.code order by count(*) desc, max(m.message_id) desc limit $4`,
};

interface GroupRow {
  connection_id: string | null;
  code: ErrorCode;
  count: number;
  first: Date;
  last: Date;
  last_reason: string | null;
  last_id: string;
}

export function sessionSearch({ query, asTenant }: Pick<Database, 'query' | 'asTenant'>): SessionSearch {
  return {
    async find(tenantId, text, limit) {
      // PostgreSQL's text takes no NUL, so no row holds one.
      if (text.includes('\0')) return [];
      const idsOf = (rows: { transmission_id: string }[]): string[] => rows.map((row) => row.transmission_id);
      const found = idsOf(await query(FIND, [tenantId, text, limit]));
      if (found.length === 0) return [];
      return idsOf(await asTenant(tenantId, (read) => read<{ transmission_id: string }>(OWN, [tenantId, found])));
    },
    async ofConnection(tenantId, connectionId, { status, from, before }, { limit, after }) {
      const end = before?.toISOString().replace('Z', '000Z') ?? 'infinity';
      const start = after !== undefined && after.createdAt < end ? after : { createdAt: end, transmissionId: '' };
      const rows = await asTenant(tenantId, (read) =>
        read<{ transmission_id: string; mark: string }>(OF_CONNECTION, [
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
    async refusalGroups(tenantId, { from, before }, limit) {
      const rows = await asTenant(tenantId, (read) => read<GroupRow>(REFUSALS, [tenantId, from, before, limit]));
      return rows.map(groupOf);
    },
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
