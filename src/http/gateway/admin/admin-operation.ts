import { ERROR_SCHEMA, dataSchema } from '../api/answer-schemas.js';
import type { ApiOperation, OperationParameter, OperationResponse } from '../../openapi/api-operation.js';

export const ADMIN_PREFIX = '/v1/admin';

/** One operation of the admin API: its route and its part of the API document are made from it. */
export interface AdminOperation extends ApiOperation {
  /** Changes what is there already: needs If-Match with its version. */
  guarded?: true;
  /** A POST that only reads, such as a preview: a repeated call is computed again, whatever its Idempotency-Key. */
  changesNothing?: true;
}

interface Described {
  operationId: string;
  method: ApiOperation['method'];
  /** Below `/v1/admin`, in OpenAPI syntax. */
  path: string;
  summary: string;
  guarded?: true;
  changesNothing?: true;
  /** Schemas of the query parameters by name, each with its `description`. */
  query?: Record<string, { description: string }>;
  /** Of the body. */
  request?: object;
  /** Of `data`. */
  data: object;
  /** Of the answer, 200 by default. */
  status?: 200 | 201;
  /** Refusals beside those that every operation has. */
  refusals?: readonly number[];
  /** Also answered as comma-separated values. */
  csv?: true;
  /** Also answered as server-sent events: what they are. */
  stream?: string;
  /** Also answered as a file: what it holds. */
  file?: string;
}

const REFUSALS: Record<number, string> = {
  400: 'The request is not valid',
  401: 'The API key is missing, unknown, revoked or lacks the scope admin',
  403: 'The key may not be used from this address',
  404: 'Unknown, or belongs to another tenant',
  409: 'In conflict with what is there, or the Idempotency-Key was used for another request',
  412: 'Changed meanwhile: read it again, and send its new ETag',
  413: 'The body is larger than allowed',
  428: 'If-Match is missing',
  429: 'Too many requests; try again after Retry-After seconds',
  503: 'A dependency does not answer; try again after Retry-After seconds',
};

/** Descriptions of the parts of paths. */
const PATH_MEANINGS: Record<string, string> = {
  connection: 'Id of the connection',
  address: 'address_id',
  credential: 'credential_id',
  secret: 'secret_id',
  session: 'session_id',
  key: 'key_id',
  client: 'client_id',
  site: 'Code of the site',
  operator: 'operator_id',
  order: 'Number of the purchase order',
  hook: 'hook_id',
  shop: 'shop_id',
  run: 'run_id',
  list: 'classification or unit',
  format: 'Format of the file',
  job: 'job_id',
};

const IDEMPOTENCY_KEY: OperationParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'For 24 hours a repeated request with the same key takes effect once and gets the same answer, without a secret ' +
    'that was made',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};
const IF_MATCH: OperationParameter = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'ETag of the answer that the change was made for; * for any version',
  schema: { type: 'string' },
};

export const ADMIN_OTHER_METHODS: OperationResponse = {
  description: 'Method not allowed; Allow lists the allowed methods',
  schema: ERROR_SCHEMA,
};

export function adminOperation(described: Described): AdminOperation {
  const {
    method,
    path,
    guarded,
    query = {},
    request,
    data,
    status = 200,
    refusals = [],
    csv,
    stream,
    file,
  } = described;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const isChange = method !== 'get' && described.changesNothing !== true;
  const told = [
    ...(names.length > 0 ? [404] : []),
    ...(request !== undefined || Object.keys(query).length > 0 || isChange ? [400] : []),
    ...(isChange ? [409] : []),
    ...(method === 'get' ? [] : [413]),
    ...(guarded === true ? [412, 428] : []),
    ...refusals,
    ...[401, 403, 429, 503],
  ];
  return {
    operationId: described.operationId,
    method,
    path: ADMIN_PREFIX + path,
    summary: described.summary,
    scope: 'admin',
    parameters: [
      ...names.map((name): OperationParameter => ({
        name,
        in: 'path',
        required: true,
        description: PATH_MEANINGS[name] ?? name,
        schema: { type: 'string' },
      })),
      ...Object.entries(query).map(([name, { description, ...schema }]): OperationParameter => ({
        name,
        in: 'query',
        required: false,
        description,
        schema,
      })),
      ...(guarded === true ? [IF_MATCH] : []),
      ...(isChange ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(guarded === true ? { guarded } : {}),
    ...(described.changesNothing === true ? { changesNothing: true } : {}),
    ...(request === undefined ? {} : { request }),
    responses: {
      [status]: {
        description: described.summary,
        schema: dataSchema(data),
        ...(csv === true ? { media: { 'text/csv': { schema: { type: 'string' } } } } : {}),
        ...(stream === undefined
          ? {}
          : { media: { 'text/event-stream': { schema: { type: 'string', description: stream } } } }),
        ...(file === undefined
          ? {}
          : { media: { 'application/octet-stream': { schema: { type: 'string', description: file } } } }),
      },
      ...Object.fromEntries(told.map((code) => [code, { description: REFUSALS[code] ?? '', schema: ERROR_SCHEMA }])),
    },
  };
}
