import { expect } from '@jest/globals';
import { Ajv } from 'ajv';
import { digestOf } from '../../../../src/domain/digest.js';
import { GATEWAY_OPERATIONS } from '../../../../src/http/gateway/openapi-operations.js';
import { SETUP } from '../../../support/call-ups.js';
import type { RunningShop } from '../../../support/running-shop.js';
import type { Answer } from '../../../support/web-client.js';

/** An answer's JSON, untyped. */
export type Json = ReturnType<Answer['json']>;
export const DEMO_KEY = 'demo-api-key';

const ajv = new Ajv({ allErrors: true, formats: { 'date-time': true } });

/** Sends one operation of the table, and checks that the answer matches the API document. */
export async function ask(
  shop: RunningShop,
  operationId: string,
  {
    id = '',
    query = '',
    body,
    key = DEMO_KEY,
    headers = {},
  }: { id?: string; query?: string; body?: unknown; key?: string | null; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const operation = GATEWAY_OPERATIONS.find((candidate) => candidate.operationId === operationId);
  if (operation === undefined) throw new Error(`no operation ${operationId}`);
  const answer = await shop.browser().send(operation.path.replace('{id}', id) + query, {
    method: operation.method.toUpperCase(),
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const response = operation.responses[answer.status];
  expect([operationId, answer.status, answer.text, response === undefined ? 'not announced' : 'announced']).toEqual([
    operationId,
    answer.status,
    answer.text,
    'announced',
  ]);
  const validate = ajv.compile(response?.schema ?? {});
  expect([validate(answer.json()), validate.errors ?? null, answer.text]).toEqual([true, null, answer.text]);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  return answer;
}

export const WISH = {
  protocol: 'cxml',
  connection: 'company-cxml',
  buyer_cookie: 'BUYER_123',
  return_url: 'https://erp.example.com/return',
};

/** An open session, started by a JSON call-up. */
export async function started(shop: RunningShop, wish: object = {}): Promise<{ id: string; startUrl: string }> {
  const answer = await shop.browser().send(SETUP, {
    method: 'POST',
    body: JSON.stringify({ ...WISH, ...wish }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${DEMO_KEY}` },
  });
  const { session_id: id, start_url: startUrl } = answer.json().data;
  return { id, startUrl };
}

/** A second shop owner with a connection and keys. */
export async function otherTenant(shop: RunningShop, tenantId = 'other'): Promise<void> {
  const { tenants, connections, apiKeys } = shop.connector.directory;
  await tenants.save({ tenantId, name: 'Other', settings: { frontendOrigins: [], currency: 'CHF' } });
  const [template] = await connections.list('demo');
  if (template === undefined) throw new Error('no demo connection');
  await connections.save({ ...template, tenantId, connectionId: 'company-cxml', protocol: 'cxml', demo: false });
  const scopes = { all: ['read', 'write'], reader: ['read'], writer: ['write'], admin: ['admin'] } as const;
  for (const [name, granted] of Object.entries(scopes)) {
    await apiKeys.save({
      tenantId,
      keyId: name,
      name,
      scopes: [...granted],
      demo: false,
      createdAt: new Date(),
      digest: digestOf(`${tenantId}-${name}`),
    });
  }
}
