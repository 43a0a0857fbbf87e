import type { Request } from 'express';
import { type Outcome, accept, refuse } from '../../../domain/error-codes.js';
import type { ApiKey } from '../../../ports/access/client-keys.js';
import { HISTORY_MAX_SKIP, type HistoryPlace, type HistoryMark } from '../../../ports/transmission/session-history.js';
import type { Cancelled } from '../../../usecases/punchout/end-session.js';
import type { SessionReads } from '../../../usecases/history/read-sessions.js';
import type { ApiCall } from '../api/api-route.js';
import { bodyCheck, jsonOf, queryCheck } from '../../body/check-input.js';
import { errorView } from '../json-envelope.js';
import { momentRange } from '../api/moment-parameter.js';
import {
  BATCH_BODY,
  type BatchBody,
  LIST_QUERY,
  type ListQuery,
  cancelledView,
  sessionLineView,
  sessionView,
} from './session-view.js';

interface Deps {
  reads: SessionReads;
  cancel: (tenantId: string, sessionId: string, actor: string) => Promise<Outcome<Cancelled>>;
}

export interface SessionCalls {
  get: ApiCall;
  list: ApiCall;
  cancel: ApiCall;
  batch: ApiCall;
}

const checkList = queryCheck<ListQuery>(LIST_QUERY);
const checkBatch = bodyCheck<BatchBody>(BATCH_BODY);
const DEFAULT_LIMIT = 20;
/** Maximum number of parallel cancellations in a batch. */
const SIDE_BY_SIDE = 5;

export function sessionCalls({ reads, cancel }: Deps): SessionCalls {
  /** Each id has its own result, in request order. A refusal of one id does not affect the others. */
  async function results(req: Request, owner: ApiKey, { action, session_ids: ids }: BatchBody): Promise<object[]> {
    const outcomes: Outcome<object>[] =
      action === 'get'
        ? (await reads.many(owner.tenantId, ids)).map((outcome) => mapped(outcome, sessionView))
        : await cancelAll(owner, ids);
    return outcomes.map((outcome, index) => ({
      session_id: ids[index],
      success: outcome.ok,
      ...(outcome.ok ? { data: outcome.value } : { error: errorView(req, outcome.refusal) }),
    }));
  }

  async function cancelAll(owner: ApiKey, ids: readonly string[]): Promise<Outcome<object>[]> {
    const outcomes: Outcome<object>[] = [];
    for (let start = 0; start < ids.length; start += SIDE_BY_SIDE) {
      const cancelled = await Promise.all(
        ids.slice(start, start + SIDE_BY_SIDE).map((id) => cancel(owner.tenantId, id, actorOf(owner))),
      );
      outcomes.push(...cancelled.map((outcome) => mapped(outcome, cancelledView)));
    }
    return outcomes;
  }

  return {
    get: async (req, { tenantId }) => mapped(await reads.one(tenantId, idOf(req)), sessionView),

    async list(req, { tenantId }) {
      const query = checkList({ ...req.query });
      if (!query.ok) return query;
      const { status, protocol, limit = DEFAULT_LIMIT } = query.value;
      const range = momentRange(query.value);
      if (!range.ok) return range;
      const place = placeOf(query.value, limit);
      if (!place.ok) return place;
      const { page, at } = place.value;
      const found = await reads.list(
        tenantId,
        {
          status,
          protocol,
          ...range.value,
        },
        at,
      );
      const next = found.next === undefined ? null : writeCursor({ page: page + 1, after: found.next });
      return accept({
        sessions: found.sessions.map(sessionLineView),
        pagination: {
          page,
          limit,
          total: found.total,
          pages: Math.ceil(found.total / limit),
          total_capped: found.capped,
          next_cursor: next,
        },
      });
    },

    cancel: async (req, owner) => mapped(await cancel(owner.tenantId, idOf(req), actorOf(owner)), cancelledView),

    async batch(req, owner) {
      const json = jsonOf(req.body);
      const body = json.ok ? checkBatch(json.value) : json;
      return body.ok ? accept({ results: await results(req, owner, body.value) }) : body;
    },
  };
}

/** Cancelling needs a key with write scope. An invalid request is reported with any key. */
export function batchScope(req: Request): 'read' | 'write' {
  const json = jsonOf(req.body);
  return json.ok &&
    typeof json.value === 'object' &&
    json.value !== null &&
    'action' in json.value &&
    json.value.action === 'cancel'
    ? 'write'
    : 'read';
}

/** A page number is reached by skipping rows, which is bounded. `next_cursor` goes deeper. */
function placeOf({ cursor, page = 1 }: ListQuery, limit: number): Outcome<{ page: number; at: HistoryPlace }> {
  if (cursor !== undefined) {
    const read = readCursor(cursor);
    return read === undefined
      ? refuse(
          'INVALID_REQUEST',
          'cursor is not the next_cursor of an earlier page: copy it unchanged, or leave it out.',
          { field: 'cursor' },
        )
      : accept({ page: read.page, at: { limit, after: read.after } });
  }
  if (page * limit > HISTORY_MAX_SKIP)
    return refuse(
      'INVALID_REQUEST',
      `page: numbers end at ${HISTORY_MAX_SKIP} sessions; follow next_cursor, or narrow from_date and to_date.`,
      { field: 'page' },
    );
  return accept({ page, at: { limit, skip: (page - 1) * limit } });
}

function mapped<T>(outcome: Outcome<T>, view: (value: T) => object): Outcome<object> {
  return outcome.ok ? accept(view(outcome.value)) : outcome;
}

function idOf(req: Request): string {
  return String(req.params['id']);
}

function actorOf({ keyId }: ApiKey): string {
  return `key:${keyId}`;
}

/**
 * Position in a list, and the number of that page. Opaque to callers. It grants no access, because every read names its
 * tenant.
 */
interface ListCursor {
  page: number;
  after: HistoryMark;
}

const CURSOR = /^([1-9]\d{0,9}) (\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z) ([a-z0-9]{3,16}_[a-z2-7]{26})$/;

export function writeCursor({ page, after }: ListCursor): string {
  return Buffer.from(`${page} ${after.createdAt} ${after.transmissionId}`).toString('base64url');
}

/** Undefined for a text that we did not write. */
export function readCursor(text: string): ListCursor | undefined {
  const [, page, createdAt, transmissionId] = CURSOR.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (
    page === undefined ||
    createdAt === undefined ||
    transmissionId === undefined ||
    Number.isNaN(Date.parse(createdAt))
  )
    return undefined;
  return { page: Number(page), after: { createdAt, transmissionId } };
}
