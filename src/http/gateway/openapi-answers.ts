import type { ApiOperation, MediaBody, OperationParameter, OperationResponse } from '../openapi/api-operation.js';
import { ERROR_SCHEMA } from './api/answer-schemas.js';

const REFUSALS: Record<number, string> = {
  400: 'The request is not valid',
  401: 'The API key is missing, unknown, revoked or lacks the scope',
  403: 'The credentials may not be used from this address, or the session is read-only',
  422: 'The cart, or the return address, is refused by the rules of the connection',
  404: 'Unknown, or belongs to another tenant',
  405: 'Method not allowed; Allow lists the allowed methods',
  409: 'The session was transferred or ordered, or the Idempotency-Key was used for another request',
  410: 'The session has expired',
  413: 'The body is larger than allowed',
  429: 'Too many requests; try again after Retry-After seconds',
  503: 'A dependency does not answer; try again after Retry-After seconds',
};

/** Every operation may be refused by allow-lists and rate limits. */
const ALWAYS = [403, 429];

/** Descriptions of parameters; the schemas hold the allowed values. */
const MEANINGS: Record<string, string> = {
  session_id: 'Id of the session; without it BuyerCookie must match exactly one live session',
  status: 'Only sessions with this status',
  protocol: 'Only sessions of this protocol',
  from_date: 'From this day or time on (UTC if there is no offset)',
  to_date: 'Up to this day or time, inclusive',
  page: 'Page number, 1 by default; pages by number end at 10,000 sessions, totals are counted up to 1,000',
  limit: 'Sessions per page, 20 by default',
  cursor: 'next_cursor of the previous page; replaces page and reaches any depth',
  period: 'Length of the range before to_date if from_date is absent; month by default',
  group_by: 'Buckets of the timeline, day by default; weeks begin on Monday',
  currency: "Currency of the amounts; the tenant's by default",
};

export const ID: OperationParameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'session_id',
  schema: { type: 'string' },
};
export const TOKEN: OperationParameter = {
  name: 'token',
  in: 'query',
  required: true,
  description: 'Token from the address that we returned',
  schema: { type: 'string' },
};
export const IDEMPOTENCY_KEY: OperationParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'For 24 hours a repeated request with the same key gets the same answer and takes effect once',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};

const PAGE: MediaBody = { schema: { type: 'string' } };

export const GATEWAY_OTHER_METHODS: OperationResponse = { description: REFUSALS[405] ?? '', schema: ERROR_SCHEMA };

/** Always JSON: what a call answers, and the refusals that it may give. */
export function answers(
  good: Record<number, [description: string, schema: object]>,
  ...refusals: number[]
): ApiOperation['responses'] {
  return Object.fromEntries([
    ...Object.entries(good).map(([status, [description, schema]]) => [status, { description, schema }]),
    ...[...refusals, ...ALWAYS].map((status) => [
      status,
      { description: REFUSALS[status] ?? '', schema: ERROR_SCHEMA },
    ]),
  ]);
}

/** JSON, or a page for a browser that asks for HTML. */
export function withPages(...of: Parameters<typeof answers>): ApiOperation['responses'] {
  return Object.fromEntries(
    Object.entries(answers(...of)).map(([status, response]) => [status, { ...response, media: { 'text/html': PAGE } }]),
  );
}

/** Always HTML. */
export function pages(good: Record<number, string>, ...refusals: number[]): ApiOperation['responses'] {
  const told = [
    ...Object.entries(good),
    ...[...refusals, ...ALWAYS].map((status): [string, string] => [String(status), REFUSALS[status] ?? '']),
  ];
  return Object.fromEntries(
    told.map(([status, description]) => [
      status,
      { description, ...(status === '303' ? {} : { media: { 'text/html': PAGE } }) },
    ]),
  );
}

/** Parameters of the query by their schema. */
export function queryOf({ properties }: { properties: Record<string, object> }): OperationParameter[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    description: MEANINGS[name] ?? '',
    schema,
  }));
}
