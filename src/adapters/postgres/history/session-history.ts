import type { BuyerPerson } from '../../../domain/transmission/setup-request.js';
import type { PayloadSummary } from '../../../domain/transmission/transfer-payload.js';
import { type Protocol, PROTOCOLS } from '../../../domain/transmission/protocol.js';
import type { TransmissionStatus } from '../../../domain/transmission/transmission.js';
import {
  HISTORY_COUNT_CAP,
  type HistoryFilter,
  type HistoryMark,
  type PastSession,
  type SessionHistory,
} from '../../../ports/transmission/session-history.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';
import { IS_DUE, IS_IN_TIME, TOLD_END } from '../transmissions/step-sql.js';

/**
 * Must match the expression of the index transmission_history (migrations/session-history.ts), or the index is not
 * used.
 */
export const WORD = `(case when t.status in ('open', 'active') then 'active'
  when t.status in ('transferred', 'order_created') then 'completed'
  when t.status = 'expired' then 'expired' else 'cancelled' end)`;
export const WORDS = ['active', 'completed', 'cancelled', 'expired'] as const;

const COLUMNS = `t.transmission_id, t.connection_id, t.protocol,
  case when ${IS_DUE} then 'expired' else t.status end as status, t.buyer_cookie, t.return_url,
  t.created_at, ${TOLD_END} as expires_at, t.ended_at, t.buyer, t.summary,
  t.test_id is not null as is_test`;

const FIND_MANY: NamedStatement = {
  name: 'session-history-find-many',
  text: `select ${COLUMNS} from transmission t where t.tenant_id = $1 and t.transmission_id = any($2::text[])`,
};

/**
 * One index range per status word and protocol, each in the order of the list: PostgreSQL merges them and reads only
 * rows that it shows or skips. Bounds that a request does not set are infinite. There is one upper bound, `to_date` or
 * the cursor, whichever is earlier: with two, PostgreSQL starts at either, and may scan all rows between them.
 */
function rangesOf({ status, protocol }: HistoryFilter, columns: string, order: string): string {
  const protocols = protocol === undefined ? PROTOCOLS : [protocol];
  const bounds = 't.created_at >= $2 and (t.created_at, t.transmission_id) < ($3, $4)';
  const ranges = WORDS.filter((word) => status === undefined || word === status).flatMap((word) =>
    protocols.map(
      (name) =>
        `(select ${columns} from transmission t where t.tenant_id = $1 and ${WORD} = '${word}'
          and t.protocol = '${name}' and ${bounds}${status === 'active' ? ` and ${IS_IN_TIME}` : ''} ${order})`,
    ),
  );
  // Expired sessions that the worker has not marked yet: few, found by their time. `offset 0` forces that plan for
  // every order.
  if (status === 'expired')
    ranges.push(
      `(select ${columns} from (
          select * from transmission t
          where t.tenant_id = $1 and ${IS_DUE}
          ${protocol === undefined ? '' : `and t.protocol = '${protocol}'`} offset 0
        ) t where ${bounds} ${order})`,
    );
  return ranges.join('\nunion all\n');
}

/**
 * Small limits are written as literals: for a parameter of unknown value PostgreSQL would plan to sort whole ranges.
 */
const NEAR = 101;

/** `status` and `protocol` come from closed lists (T66); each pair has its own prepared statement. */
function statementsOf(filter: HistoryFilter, isNear: boolean): { page: NamedStatement; count: NamedStatement } {
  const name = `session-history-${filter.status ?? 'any'}-${filter.protocol ?? 'any'}`;
  const ranges = rangesOf(
    filter,
    COLUMNS,
    `order by t.created_at desc, t.transmission_id desc limit ${isNear ? NEAR : '$5::bigint + $6::bigint'}`,
  );
  return {
    page: {
      name: isNear ? name : `${name}-skip`,
      text: `
        select h.*, to_char(h.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as mark
          from (${ranges}) h order by h.created_at desc, h.transmission_id desc offset $5 limit $6`,
    },
    count: {
      name: `${name}-count`,
      text: `select count(*)::int as counted from (select 1 from (${rangesOf(filter, '1', '')}) h limit $5) counted`,
    },
  };
}

interface PastRow {
  transmission_id: string;
  connection_id: string;
  protocol: Protocol;
  status: TransmissionStatus;
  buyer_cookie: string;
  return_url: string;
  created_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  buyer: BuyerPerson | null;
  summary: PayloadSummary | null;
  is_test: boolean;
}

export function sessionHistory({ asTenant }: Pick<Database, 'asTenant'>): SessionHistory {
  return {
    list(tenantId, filter, place) {
      const skip = 'skip' in place ? place.skip : 0;
      const { page, count } = statementsOf(filter, skip + place.limit < NEAR);
      const from = [tenantId, filter.from ?? '-infinity'];
      const before: HistoryMark = {
        createdAt: filter.before?.toISOString().replace('Z', '000Z') ?? 'infinity',
        transmissionId: '',
      };
      const start = 'after' in place && isEarlier(place.after, before) ? place.after : before;
      return asTenant(tenantId, async (query) => {
        const rows = await query<PastRow & { mark: string }>(page, [
          ...from,
          start.createdAt,
          start.transmissionId,
          skip,
          place.limit + 1,
        ]);
        const counted =
          (
            await query<{ counted: number }>(count, [
              ...from,
              before.createdAt,
              before.transmissionId,
              HISTORY_COUNT_CAP + 1,
            ])
          )[0]?.counted ?? 0;
        const last = rows.length > place.limit ? rows[place.limit - 1] : undefined;
        return {
          sessions: rows.slice(0, place.limit).map(pastSessionOf),
          total: Math.min(counted, HISTORY_COUNT_CAP),
          capped: counted > HISTORY_COUNT_CAP,
          next: last === undefined ? undefined : { createdAt: last.mark, transmissionId: last.transmission_id },
        };
      });
    },
    async findMany(tenantId, transmissionIds) {
      return (await asTenant(tenantId, (query) => query<PastRow>(FIND_MANY, [tenantId, transmissionIds]))).map(
        pastSessionOf,
      );
    },
  };
}

/** Both marks have the same format, so text order is time order; `infinity` comes after every digit. */
function isEarlier(mark: HistoryMark, than: HistoryMark): boolean {
  return mark.createdAt < than.createdAt;
}

function pastSessionOf(row: PastRow): PastSession {
  return {
    transmissionId: row.transmission_id,
    connectionId: row.connection_id,
    protocol: row.protocol,
    status: row.status,
    buyerCookie: row.buyer_cookie,
    returnUrl: row.return_url,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at ?? undefined,
    buyer: row.buyer ?? {},
    lastSummary: row.summary ?? undefined,
    isTest: row.is_test ? true : undefined,
  };
}
