import type { ErrorCode } from '../../../domain/error-codes.js';
import type { Logger } from '../../../ports/logger.js';
import type { LoggedMessage, MessageLog, MessagePlace, NewMessage } from '../../../ports/transmission/message-log.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';

/** DESIGN decision 6: the same payloadID with other content is taken, and told. */
const TWICE = 'This payloadID was used before, with other content.';

const INSERT: NamedStatement = {
  name: 'message-log-insert',
  text: `
    insert into message_log (tenant_id, transmission_id, connection_id, direction, kind, content_type, content, payload_id, digest, code, reason, at, warning)
    select m.tenant_id, m.transmission_id, m.connection_id, m.direction, m.kind, m.content_type, m.content, m.payload_id, m.digest, m.code, m.reason, m.at,
      case when m.used_twice or exists (
        select from message_log earlier
        where earlier.tenant_id = m.tenant_id and earlier.connection_id = m.connection_id and md5(earlier.payload_id) = md5(m.payload_id)
          and earlier.payload_id = m.payload_id and earlier.digest <> m.digest
      ) then '${TWICE}' end
    from json_to_recordset($1::json) as m (tenant_id text, transmission_id text, connection_id text, direction text, kind text, content_type text, content text,
      payload_id text, digest text, code text, reason text, at timestamptz, used_twice boolean)`,
};

const COLUMNS = 'message_id, transmission_id, connection_id, direction, kind, content_type, content, payload_id, code, reason, warning, at';
const OF_TRANSMISSION: NamedStatement = {
  name: 'message-log-of-transmission',
  text: `select ${COLUMNS} from message_log where tenant_id = $1 and transmission_id = $2 and message_id > $3 order by message_id limit $4`,
};
const REFUSED: NamedStatement = {
  name: 'message-log-refused',
  text: `select ${COLUMNS} from message_log where tenant_id = $1 and transmission_id is null and message_id < $2 order by message_id desc limit $3`,
};
const DELETE_OLD: NamedStatement = {
  name: 'message-log-delete-old',
  text: `
    delete from message_log where (tenant_id, message_id) in (
      select m.tenant_id, m.message_id from message_log m join tenant t using (tenant_id)
      where m.at < now() - make_interval(days => coalesce((t.settings->>'messageDays')::int, 30)) limit $1
    ) returning 1 as deleted`,
};

const FLUSH_MS = 500;
const BATCH = 100;
/** A database that is away must not fill the memory with documents. */
const MOST_CHARACTERS = 32_000_000;
const HIGHEST = '9223372036854775807';

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
  at: Date;
}

export function messageLog({ query, asTenant }: Database, log: Logger): MessageLog {
  let waiting: NewMessage[] = [];
  let characters = 0;
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      try {
        await query(INSERT, [JSON.stringify(rowsOf(batch))]);
      } catch (error) {
        log.warn({ err: error, messages: waiting.length }, 'the message log could not be written, will be tried again');
        schedule();
        return;
      }
      waiting = waiting.slice(batch.length);
      characters = waiting.reduce((sum, { content }) => sum + content.length, 0);
    }
    if (dropped > 0) log.warn({ dropped }, 'messages were not logged: the database was away for too long');
    dropped = 0;
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return (writing = writing.then(write));
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void flush();
    }, FLUSH_MS).unref();
  }

  return {
    note(message) {
      if (characters + message.content.length > MOST_CHARACTERS) dropped += 1;
      else {
        waiting.push(message);
        characters += message.content.length;
      }
      schedule();
    },
    ofTransmission: (tenantId, transmissionId, { limit, after = '0' }) => asTenant(tenantId, async (read) => (await read<Row>(OF_TRANSMISSION, [tenantId, transmissionId, after, limit])).map(messageOf)),
    refused: (tenantId, { limit, after = HIGHEST }: MessagePlace) => asTenant(tenantId, async (read) => (await read<Row>(REFUSED, [tenantId, after, limit])).map(messageOf)),
    deleteOld: async (limit) => (await query(DELETE_OLD, [limit])).length,
    flush,
  };
}

/** PostgreSQL's text holds no NUL; lone surrogates are no text either. */
function rowsOf(batch: readonly NewMessage[]): object[] {
  return batch.map((message, index) => ({
    tenant_id: message.tenantId,
    transmission_id: message.transmissionId,
    connection_id: message.connectionId,
    direction: message.direction,
    kind: message.kind,
    content_type: plain(message.contentType),
    content: plain(message.content),
    payload_id: message.payloadId === undefined ? undefined : plain(message.payloadId),
    digest: message.digest,
    code: message.code,
    reason: message.reason === undefined ? undefined : plain(message.reason),
    at: message.at,
    used_twice: batch.slice(0, index).some((earlier) => message.payloadId !== undefined && earlier.payloadId === message.payloadId && earlier.tenantId === message.tenantId && earlier.connectionId === message.connectionId && earlier.digest !== message.digest),
  }));
}

function plain(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/[\uD800-\uDFFF]/gu, '\uFFFD');
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
    at: row.at,
  };
}
