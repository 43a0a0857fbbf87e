import type { ErrorCode } from '../../../domain/error-codes.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type {
  FoundMessages,
  LoggedMessage,
  MessageFilter,
  StoredMessages,
} from '../../../ports/transmission/message-log.js';
import type { Database } from '../database/database.js';

const COLUMNS =
  'message_id, transmission_id, connection_id, direction, kind, content_type, content, ' +
  'payload_id, code, reason, warning, reference, trace_id, address, at';
const PAGE_BYTES = 4 * 1024 * 1024;
type Direction = 'asc' | 'desc';

/**
 * Sizes are known without reading the content that PostgreSQL stores out of line: content beyond the page stays on
 * disk.
 */
function page(where: string, direction: Direction, limit: string): string {
  return `
    select ${COLUMNS}, found from (
      select ${COLUMNS}, count(*) over () as found, row_number() over up_to as nth,
        sum(octet_length(content)) over up_to as bytes
      from (select ${COLUMNS} from message_log where ${where} order by message_id ${direction}
        limit ${limit}::int + 1) as next
      window up_to as (order by message_id ${direction} rows unbounded preceding)
    ) as page where nth <= ${limit}::int and (nth = 1 or bytes <= ${PAGE_BYTES}) order by message_id ${direction}`;
}

const OF_TRANSMISSION: NamedStatement = {
  name: 'message-log-of-transmission',
  text: page('tenant_id = $1 and transmission_id = $2 and message_id > $3', 'asc', '$4'),
};

const HIGHEST = '9223372036854775807';

/** What each field of a filter adds: a condition, with the placeholder of its value where it has one. */
const CONDITIONS: Readonly<Record<keyof MessageFilter, (place: string) => string>> = {
  refused: () => 'code is not null',
  withoutSession: () => 'transmission_id is null',
  // "is not null" lets the planner use the index of refused requests.
  code: (place) => `code is not null and code = ${place}`,
  connectionId: (place) => `connection_id = ${place}`,
  reference: (place) => `reference is not null and reference = ${place}`,
  from: (place) => `at >= ${place}`,
  before: (place) => `at < ${place}`,
};
const NAMES = Object.keys(CONDITIONS) as (keyof MessageFilter)[];

/** Each combination of fields has its own prepared statement. */
function listStatement(filter: MessageFilter, direction: Direction): { statement: NamedStatement; values: unknown[] } {
  const used = NAMES.filter((name) => filter[name] !== undefined && filter[name] !== false);
  const valued = used.filter((name) => filter[name] !== true);
  // $1 to $3: owner, place and limit.
  const conditions = used.map((name) => CONDITIONS[name](`$${valued.indexOf(name) + 4}`));
  const seen = `message_id ${direction === 'asc' ? '>' : '<'} $2`;
  return {
    statement: {
      name: `message-log-list-${direction}-${used.map((name) => NAMES.indexOf(name)).join('-')}`,
      text: page(['tenant_id = $1', seen, ...conditions].join(' and '), direction, '$3'),
    },
    values: valued.map((name) => filter[name]),
  };
}

interface Row {
  message_id: string;
  transmission_id: string | null;
  connection_id: string | null;
  direction: 'in' | 'out';
  kind: string;
  content_type: string;
  content: string;
  payload_id: string | null;
  code: ErrorCode | null;
  reason: string | null;
  warning: string | null;
  reference: string | null;
  trace_id: string | null;
  address: string | null;
  at: Date;
  /** Number of rows found, at most one more than the limit. */
  found: string;
}

export function storedMessages({ asTenant }: Pick<Database, 'asTenant'>): StoredMessages {
  return {
    ofTransmission: (tenantId, transmissionId, { limit, after = '0' }) =>
      asTenant(tenantId, async (read) =>
        pageOf(await read<Row>(OF_TRANSMISSION, [tenantId, transmissionId, after, limit])),
      ),
    list(owner, filter, { limit, after, order = 'newest' }) {
      const isOldest = order === 'oldest';
      const { statement, values } = listStatement(filter, isOldest ? 'asc' : 'desc');
      const start = after ?? (isOldest ? '0' : HIGHEST);
      return asTenant(owner, async (read) => pageOf(await read<Row>(statement, [owner, start, limit, ...values])));
    },
  };
}

function pageOf(rows: Row[]): FoundMessages {
  return { messages: rows.map(messageOf), more: rows.length < Number(rows[0]?.found ?? 0) };
}

function messageOf(row: Row): LoggedMessage {
  return {
    messageId: row.message_id,
    transmissionId: row.transmission_id ?? undefined,
    connectionId: row.connection_id ?? undefined,
    direction: row.direction,
    kind: row.kind,
    contentType: row.content_type,
    content: row.content,
    payloadId: row.payload_id ?? undefined,
    code: row.code ?? undefined,
    reason: row.reason ?? undefined,
    warning: row.warning ?? undefined,
    reference: row.reference ?? undefined,
    traceId: row.trace_id ?? undefined,
    address: row.address ?? undefined,
    at: row.at,
  };
}
