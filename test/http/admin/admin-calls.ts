import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { ADMIN_OPERATIONS } from '../../../src/http/gateway/admin/openapi-operations.js';
import type { RunningShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';

const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { 'date-time': true } });

export interface AdminQuestion {
  /** Parts of the path by name. */
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
  key?: string | null;
  /** Default for guarded operations: any version. */
  ifMatch?: string | null;
  headers?: Record<string, string>;
}

/** Sends one operation of the table, unchecked. */
export function send(
  shop: RunningShop,
  operationId: string,
  { params = {}, query = '', body, key = DEMO.adminKey, ifMatch = '*', headers = {} }: AdminQuestion = {},
): Promise<Answer> {
  const operation = operationOf(operationId);
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? 'x'));
  return shop.browser().send(path + query, {
    method: operation.method.toUpperCase(),
    headers: {
      'accept-language': 'en',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(operation.guarded !== true || ifMatch === null ? {} : { 'if-match': ifMatch }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

/** Sends one operation of the table, and checks that the answer is as announced. */
export async function askAdmin(shop: RunningShop, operationId: string, question: AdminQuestion = {}): Promise<Answer> {
  const answer = await send(shop, operationId, question);
  const response = operationOf(operationId).responses[answer.status];
  const seen = { operationId, status: answer.status, text: answer.text.slice(0, 2000) };
  expect({ ...seen, announced: response !== undefined }).toEqual({ ...seen, announced: true });
  if (/json/.test(answer.headers['content-type'] ?? '')) {
    const validate = ajv.compile(response?.schema ?? {});
    expect({ ...seen, valid: validate(answer.json()), errors: validate.errors ?? null }).toEqual({
      ...seen,
      valid: true,
      errors: null,
    });
  }
  return answer;
}

function operationOf(operationId: string) {
  const operation = ADMIN_OPERATIONS.find((candidate) => candidate.operationId === operationId);
  if (operation === undefined) throw new Error(`no operation ${operationId}`);
  return operation;
}
