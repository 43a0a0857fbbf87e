import { DatabaseError } from 'pg';
import { DEFAULT_MESSAGE_DAYS } from '../../../domain/access/tenant.js';
import { PunchoutError, isAway } from '../../../domain/error-codes.js';
import type { Logger } from '../../../ports/logger.js';
import { INSTALLATION, type MessageLog, type NewMessage } from '../../../ports/transmission/message-log.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';
import { daysAgo, isAmong } from '../old-rows.js';
import { storedMessages } from './stored-messages.js';

/** architecture.md decision 6: a repeated payloadID with other content is accepted, with a warning. */
const TWICE = 'This payloadID was used before, with other content.';

const INSERT: NamedStatement = {
  name: 'message-log-insert',
  tells: true,
  text: `
    insert into message_log (tenant_id, transmission_id, connection_id, direction, kind, content_type, content,
      payload_id, digest, code, reason, reference, trace_id, address, at, warning)
    select m.tenant_id, m.transmission_id, m.connection_id, m.direction, m.kind, m.content_type, m.content,
      m.payload_id, m.digest, m.code, m.reason, m.reference, m.trace_id, m.address, m.at,
      case when m.used_twice or exists (
        select from message_log earlier
        where earlier.tenant_id = m.tenant_id and earlier.connection_id = m.connection_id
          and md5(earlier.payload_id) = md5(m.payload_id)
          and earlier.payload_id = m.payload_id and earlier.digest <> m.digest
      ) then '${TWICE}' end
    from json_to_recordset($1::json) as m (tenant_id text, transmission_id text, connection_id text, direction text,
      kind text, content_type text, content text,
      payload_id text, digest text, code text, reason text, reference text, trace_id text, address text,
      at timestamptz, used_twice boolean)`,
};

/** Messages of callers that nobody knows have no tenant, and the usual period. */
const DELETE_OLD: NamedStatement = {
  name: 'message-log-delete-old',
  text: `
    delete from message_log where ${isAmong(`
      select old.ctid
      from (
        select tenant_id, coalesce((settings->>'messageDays')::int, ${DEFAULT_MESSAGE_DAYS}) as days from tenant
        union all select '${INSTALLATION}', ${DEFAULT_MESSAGE_DAYS}
      ) o cross join lateral (
        select m.ctid from message_log m
        where m.tenant_id = o.tenant_id and m.at > '-infinity' and m.at < ${daysAgo('o.days')}
        order by m.at limit $1 for update skip locked
      ) old limit $1`)} returning 1 as deleted`,
};

const FLUSH_MS = 500;
const BATCH = 100;
const BATCH_CHARACTERS = 4_000_000;
/** Limits the documents kept in memory while the database is away. */
const MOST_CHARACTERS = 16_000_000;
/** Counted for each message in addition to its texts. */
const MESSAGE_CHARACTERS = 500;
/** How often a single message may exceed the statement timeout before it is dropped. */
const MOST_LATE = 5;

export function messageLog(database: Pick<Database, 'query' | 'asTenant'>, log: Logger): MessageLog {
  const { query } = database;
  let waiting: NewMessage[] = [];
  let characters = 0;
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let size = BATCH;
  let lateAlone = 0;
  let isClosed = false;

  /**
   * Halves the batch until the message that cannot be written is alone; that message is dropped, the others are kept.
   */
  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = batchOf(waiting, size);
      try {
        await query(INSERT, [JSON.stringify(rowsOf(batch))]);
        lateAlone = 0;
      } catch (error) {
        const away = isAway(error);
        if (batch.length > 1) {
          size = batch.length >> 1;
          if (!away) continue;
        } else if (isLate(error)) lateAlone += 1;
        if (away && lateAlone < MOST_LATE) {
          log.warn(
            { err: error, messages: waiting.length },
            'the message log could not be written, will be tried again',
          );
          schedule();
          return;
        }
        lateAlone = 0;
        log.error(
          { err: error, tenant: batch[0]?.tenantId, kind: batch[0]?.kind, payload: batch[0]?.payloadId?.slice(0, 255) },
          'a message cannot be logged and is dropped',
        );
      }
      waiting = waiting.slice(batch.length);
      characters -= batch.reduce((sum, message) => sum + lengthOf(message), 0);
      size = Math.min(BATCH, size * 2);
    }
    if (dropped > 0) log.warn({ dropped }, 'messages were dropped: the database was unavailable for too long');
    dropped = 0;
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return (writing = writing.then(write));
  }

  function schedule(): void {
    if (isClosed) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void flush();
    }, FLUSH_MS).unref();
  }

  return {
    note(message) {
      if (isClosed) {
        log.warn({ tenant: message.tenantId, kind: message.kind }, 'a message came after the end and is not logged');
        return;
      }
      const length = lengthOf(message);
      if (characters + length > MOST_CHARACTERS) dropped += 1;
      else {
        waiting.push(onItsOwn(message));
        characters += length;
      }
      schedule();
    },
    deleteOld: async (limit) => (await query(DELETE_OLD, [limit])).length,
    flush,
    async close() {
      isClosed = true;
      await flush();
      if (waiting.length > 0)
        log.error({ messages: waiting.length }, 'messages were lost at the end: the database takes no writes');
      waiting = [];
    },
    ...storedMessages(database),
  };
}

/** Copies the short texts: a substring would keep the whole document in memory. */
function onItsOwn(message: NewMessage): NewMessage {
  const { kind, contentType, payloadId, reason } = message;
  return {
    ...message,
    kind: copyOf(kind),
    contentType: copyOf(contentType),
    payloadId: payloadId === undefined ? undefined : copyOf(payloadId),
    reason: reason === undefined ? undefined : copyOf(reason),
  };
}

function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** Up to `size` messages, limited by the text that one statement should carry. */
function batchOf(waiting: readonly NewMessage[], size: number): NewMessage[] {
  const batch: NewMessage[] = [];
  let characters = 0;
  for (const message of waiting) {
    characters += lengthOf(message);
    if (batch.length === size || (batch.length > 0 && characters > BATCH_CHARACTERS)) break;
    batch.push(message);
  }
  return batch;
}

function lengthOf({ contentType, content, payloadId = '', reason = '' }: NewMessage): number {
  return MESSAGE_CHARACTERS + contentType.length + content.length + payloadId.length + reason.length;
}

/** The statement exceeded its timeout. */
function isLate(error: unknown): boolean {
  return error instanceof PunchoutError && error.cause instanceof DatabaseError && error.cause.code === '57014';
}

/** PostgreSQL's text type accepts neither NUL nor lone surrogates. */
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
    reference: message.reference,
    trace_id: message.traceId,
    address: message.address,
    at: message.at,
    used_twice: batch
      .slice(0, index)
      .some(
        (earlier) =>
          message.payloadId !== undefined &&
          earlier.payloadId === message.payloadId &&
          earlier.tenantId === message.tenantId &&
          earlier.connectionId === message.connectionId &&
          earlier.digest !== message.digest,
      ),
  }));
}

function plain(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/[\uD800-\uDFFF]/gu, '\uFFFD');
}
