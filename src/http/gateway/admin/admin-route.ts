import type { Request, RequestHandler } from 'express';
import { type Outcome, accept, refuse } from '../../../domain/error-codes.js';
import type { LiveEvent } from '../../../ports/transmission/live-events.js';
import type { EventTail } from '../../../usecases/history/follow-events.js';
import { type SentFile, sendFile } from '../../answers/send-file.js';
import { type EventLine, sendEventStream } from '../../answers/event-stream.js';
import { bodyCheck, jsonOf, queryCheck } from '../../body/check-input.js';
import type { AnswerOnce } from '../api/answer-once.js';
import type { AuthenticateKey } from '../api/api-route.js';
import { type JsonAnswer, dataAnswer, refusalAnswer, sendAnswer } from '../json-envelope.js';
import type { AdminOperation } from './admin-operation.js';

/** A checked request. `Body` and `Query` have the form of the operation's schemas. */
export interface AdminRequest<Body = unknown, Query = unknown> {
  tenantId: string;
  /** For the audit: `key:1a2b3c4d`. */
  by: string;
  params: Record<string, string>;
  query: Query;
  body: Body;
  /** Of If-Match; undefined for `*`. */
  version: number | undefined;
  /** Of the request, for what is read from headers. */
  req: Request;
}

export interface AdminAnswer {
  data: object;
  /** Of what is shown; becomes the ETag. */
  version?: number;
  /** What a repeated request gets in place of `data`. */
  kept?: object;
  /** The answer as comma-separated values. */
  csv?: string;
  /** The answer as a file. */
  file?: SentFile;
  /** The answer as server-sent events. */
  stream?: { tail: EventTail; linesOf: (events: readonly LiveEvent[]) => EventLine[] };
}

// oxlint-disable-next-line typescript/no-explicit-any -- each call knows the form of its own schemas
export type AdminCall = (request: AdminRequest<any, any>) => Promise<Outcome<AdminAnswer>>;

interface Deps {
  authenticateKey: AuthenticateKey;
  once: AnswerOnce;
}

/** Checks key, If-Match, query and body, in this order. A change runs once per Idempotency-Key. */
export function adminRoute(
  { authenticateKey, once }: Deps,
  operation: AdminOperation,
  call: AdminCall,
): RequestHandler {
  const checkQuery = queryCheck<object>(querySchema(operation));
  const checkBody = operation.request === undefined ? undefined : bodyCheck<object>(operation.request);
  const success =
    Object.keys(operation.responses)
      .map(Number)
      .find((status) => status < 300) ?? 200;

  const isChange = operation.method !== 'get' && operation.changesNothing !== true;

  return async (req, res) => {
    const owner = await authenticateKey(req, 'admin');
    if (!owner.ok) {
      sendAnswer(res, refusalAnswer(req, owner.refusal));
      return;
    }
    const { tenantId, keyId } = owner.value;
    const act = async (): Promise<JsonAnswer | NonNullable<AdminAnswer['stream']> | SentFile> => {
      if (Object.values(req.params).some(holdsNul)) return refusalAnswer(req, { code: 'RESOURCE_NOT_FOUND' });
      const version = operation.guarded === true ? versionOf(req.get('if-match')) : accept(undefined);
      if (!version.ok) return refusalAnswer(req, version.refusal);
      const query = checkQuery({ ...req.query });
      if (!query.ok) return refusalAnswer(req, query.refusal);
      const field = Object.entries(query.value).find(([, value]) => holdsNul(value))?.[0];
      if (field !== undefined)
        return refusalAnswer(req, {
          code: 'INVALID_REQUEST',
          reason: `${field} holds the character NUL: leave it out.`,
          details: { field },
        });
      const body = checkBody === undefined ? accept({}) : checked(req, checkBody);
      if (!body.ok) return refusalAnswer(req, body.refusal);
      const outcome = await call({
        tenantId,
        by: `key:${keyId}`,
        params: Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)])),
        query: query.value,
        body: body.value,
        version: version.value,
        req,
      });
      const sent = outcome.ok ? (outcome.value.stream ?? outcome.value.file) : undefined;
      if (sent !== undefined) return sent;
      return outcome.ok ? answerOf(outcome.value, success) : refusalAnswer(req, outcome.refusal);
    };
    if (isChange) {
      sendAnswer(res, await once(req, tenantId, act as () => Promise<JsonAnswer>));
      return;
    }
    const answer = await act();
    if ('pieces' in answer) await sendFile(req, res, answer);
    else if ('tail' in answer) await sendEventStream(req, res, answer.tail, answer.linesOf);
    else sendAnswer(res, answer);
  };
}

/** PostgreSQL's text takes no NUL, so nothing has such a name. */
function holdsNul(value: unknown): boolean {
  return String(value).includes('\0');
}

function checked(req: Request, check: (value: unknown) => Outcome<object>): Outcome<object> {
  const json = jsonOf(req.body);
  return json.ok ? check(json.value) : json;
}

function answerOf({ data, version, kept, csv }: AdminAnswer, status: number): JsonAnswer {
  if (csv !== undefined) return { status, body: csv, contentType: 'text/csv; charset=utf-8' };
  const answer = dataAnswer(data, status);
  if (version !== undefined) answer.etag = `"${version}"`;
  if (kept !== undefined) answer.kept = dataAnswer(kept, status).body;
  return answer;
}

function querySchema({ parameters = [] }: AdminOperation): object {
  const query = parameters.filter((parameter) => parameter.in === 'query');
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
  };
}

/** An ETag that we never made is of no version. A weak one is taken too: proxies weaken what they compress. */
function versionOf(header: string | undefined): Outcome<number | undefined> {
  if (header === undefined) return refuse('VERSION_MISSING');
  if (header.trim() === '*') return accept(undefined);
  const [, digits] = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim()) ?? [];
  return digits === undefined
    ? refuse('VERSION_CONFLICT', 'If-Match is no ETag of this API: copy it unchanged.')
    : accept(Number(digits));
}
