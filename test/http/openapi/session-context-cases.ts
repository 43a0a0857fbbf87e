import { shopping } from '../../support/call-ups.js';
import { CLIENT, contextCall, contextPath, EXAMPLE_ID, putContext, tokenCall } from '../../support/context-calls.js';
import type { RunningShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';
import { type OperationCases, accepted, refused } from './operation-case.js';

const OWN = '/session-context/demo/me/context';
const JSON_BODY = { 'content-type': 'application/json' };

/** Calls as the browser of a live session. */
async function own(shop: RunningShop, method: string, path: string, body?: object): Promise<Answer> {
  const { client } = await shopping(shop);
  return client.send(path, {
    method,
    headers: JSON_BODY,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

export const SESSION_CONTEXT_CASES: OperationCases = {
  getAccessToken: [
    accepted('credentials in the form', (shop) =>
      tokenCall(shop, { grant_type: 'client_credentials', client_id: CLIENT.id, client_secret: CLIENT.secret }),
    ),
    refused('a wrong secret', (shop) =>
      tokenCall(shop, { grant_type: 'client_credentials', client_id: CLIENT.id, client_secret: 'wrong' }),
    ),
    refused('another grant', (shop) =>
      tokenCall(shop, { grant_type: 'password', client_id: CLIENT.id, client_secret: CLIENT.secret }),
    ),
    refused('a body that is too large', (shop) => tokenCall(shop, ' '.repeat(20_000))),
  ],
  getContext: [
    accepted('of a punchout', async (shop) => contextCall(shop, contextPath((await shopping(shop)).transmissionId))),
    refused('unknown', (shop) => contextCall(shop, contextPath('nobody'))),
    refused('no token', (shop) => contextCall(shop, contextPath('nobody'), { token: undefined })),
    refused('another tenant', (shop) => contextCall(shop, contextPath('nobody', 'other'))),
    refused('no tenant', (shop) => contextCall(shop, contextPath('nobody', 'X'))),
  ],
  putContext: [
    accepted('upsert', (shop) =>
      putContext(shop, EXAMPLE_ID + String(Math.random()), { currency: 'EUR' }, { upsert: 'true' }),
    ),
    refused('unknown field', (shop) => putContext(shop, 'any', { curency: 'EUR' })),
    refused('no version', async (shop) => putContext(shop, (await shopping(shop)).transmissionId, { currency: 'CHF' })),
    refused('a customer without token', (shop) => putContext(shop, 'any', { customerId: 'C1' }, { upsert: 'true' })),
  ],
  addContextAttribute: [
    accepted('text', async (shop) =>
      contextCall(shop, `${contextPath((await shopping(shop)).transmissionId)}/attributes`, {
        method: 'POST',
        body: { key: 'a', value: 'b' },
      }),
    ),
    refused('no value', (shop) =>
      contextCall(shop, `${contextPath('any')}/attributes`, { method: 'POST', body: { key: 'a' } }),
    ),
  ],
  removeContextAttribute: [
    accepted('there', async (shop) => {
      const path = `${contextPath((await shopping(shop)).transmissionId)}/attributes`;
      await contextCall(shop, path, { method: 'POST', body: { key: 'a', value: {} } });
      return contextCall(shop, `${path}/a`, { method: 'DELETE' });
    }),
    refused('not there', (shop) => contextCall(shop, `${contextPath('any')}/attributes/a`, { method: 'DELETE' })),
  ],
  getOwnContext: [
    accepted('by cookie', (shop) => own(shop, 'GET', OWN)),
    refused('nobody', (shop) => shop.browser().get(OWN)),
  ],
  patchOwnContext: [
    accepted('by cookie', async (shop) => {
      const { client } = await shopping(shop);
      await client.get(OWN);
      return client.send(OWN, {
        method: 'PATCH',
        headers: JSON_BODY,
        body: '{"currency":"CHF","metadata":{"version":1}}',
      });
    }),
    refused('no version', (shop) => own(shop, 'PATCH', OWN, { currency: 'CHF' })),
  ],
  addOwnContextAttribute: [
    accepted('by cookie', (shop) => own(shop, 'POST', `${OWN}/attributes`, { key: 'a', value: 'b' })),
    refused('no key', (shop) => own(shop, 'POST', `${OWN}/attributes`, { value: 'b' })),
  ],
  removeOwnContextAttribute: [
    accepted('by cookie', async (shop) => {
      const { client } = await shopping(shop);
      await client.send(`${OWN}/attributes`, { method: 'POST', headers: JSON_BODY, body: '{"key":"a","value":"b"}' });
      return client.send(`${OWN}/attributes/a`, { method: 'DELETE' });
    }),
    refused('not there', (shop) => own(shop, 'DELETE', `${OWN}/attributes/a`)),
  ],
};
