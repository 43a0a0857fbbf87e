import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from '../store-proxy/running-proxy.js';
import { until } from '../../support/until.js';

const running: { shop?: ProxiedShop } = {};
beforeAll(async () => {
  running.shop = await startProxiedShop({ proxy: { withoutSession: 'refuse' } });
}, 120_000);
afterAll(() => running.shop?.close());

function shop(): ProxiedShop {
  if (running.shop === undefined) throw new Error('the shop did not start');
  return running.shop;
}

const refused = async (query: string): Promise<Record<string, unknown>[]> => {
  const headers = { authorization: 'Bearer demo-api-key', 'accept-language': 'en' };
  const answer = await shop().browser().get(`/v1/punchout/messages?${query}`, headers);
  expect(answer.status).toBe(200);
  return answer.json().data.messages;
};

it('a call that a session may not make: one row of the session, found by its reference', async () => {
  const { client, transmissionId } = await shop().shopping();
  const call = { method: 'POST', headers: JSON_SENT, body: '{}' };
  const answer = await client.send('/store-api/checkout/order?token=SECRET', call);
  expect(answer.status).toBe(403);
  const reference = String(answer.headers['x-request-id']).toLowerCase();
  const rows = await refused(`reference=${reference}`);
  expect(rows).toEqual([
    expect.objectContaining({
      session_id: transmissionId,
      connection: 'company-cxml',
      kind: 'Shop API call',
      code: 'ROUTE_BLOCKED',
      content: 'POST /store-api/checkout/order',
      client_address: expect.stringContaining('127.0.0.1'),
      explanation: { meaning: expect.stringContaining('closed'), remedy: expect.any(String) },
    }),
  ]);
});

it('a frontend that asks in a loop leaves five rows and their number, not one for each call', async () => {
  const { client } = await shop().shopping();
  for (let index = 0; index < 40; index += 1)
    await client.send('/store-api/checkout/order', { method: 'POST', headers: JSON_SENT, body: '{}' });
  expect((await refused('code=ROUTE_BLOCKED&limit=100')).length).toBeLessThanOrEqual(6);
});

it('without a session: the only tenant has the row', async () => {
  const answer = await shop().browser().get('/store-api/context');
  expect(answer.status).toBe(409);
  // Its owner is looked up after the answer.
  await until(async () => (await refused('code=NO_SESSION')).length > 0);
  expect(await refused('code=NO_SESSION')).toEqual([expect.objectContaining({ session_id: null, connection: null })]);
});

it('an answer of the shop keeps the headers that the shop has set', async () => {
  const { client } = await shop().shopping();
  const answer = await client.get('/store-api/context');
  expect([answer.status, answer.headers['x-request-id']]).toEqual([200, undefined]);
});

it('traceparent and tracestate of a call reach the shop; a malformed tracestate does not', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const { client } = await shop().shopping();
  const heard = async (tracestate: string): Promise<unknown[]> => {
    const before = shop().double.requests.length;
    expect((await client.get('/store-api/context', { traceparent, tracestate })).status).toBe(200);
    return shop()
      .double.requests.slice(before)
      .map(({ headers }) => [headers['traceparent'], headers['tracestate']]);
  };
  expect(await heard('rojo=00f067aa0ba902b7, congo=t61')).toContainEqual([
    traceparent,
    'rojo=00f067aa0ba902b7,congo=t61',
  ]);
  expect(await heard('no state')).toContainEqual([traceparent, undefined]);
});
