import { randomUUID } from 'node:crypto';
import { SETUP, postXml, setupXml } from '../../support/call-ups.js';
import type { RunningShop } from '../../support/running-shop.js';
import { type Answer, HTML, JSON_WANTED, NAVIGATION } from '../../support/web-client.js';
import { send } from '../admin/admin-calls.js';
import { WISH, started } from '../gateway/api/api-calls.js';
import { orderMessage } from '../gateway/api/order-message.js';
import { LINES, orderXml, post } from '../gateway/purchase-order-calls.js';
import { type OperationCases, accepted, refused } from './operation-case.js';

const API = '/v1/punchout';
const NOBODY = `demo_${'a'.repeat(26)}`;
const OCI = {
  USERNAME: 'buyer@company.com',
  PASSWORD: 'SecretPassword123',
  HOOK_URL: 'https://erp.company.com/oci/return',
};
const XML = { 'content-type': 'application/xml' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const ORDER_MESSAGE = orderMessage({ buyerCookie: 'BUYER_123' });
const OCI_CART =
  'NEW_ITEM-DESCRIPTION[1]=Premium+Widget&NEW_ITEM-QUANTITY[1]=2&NEW_ITEM-UNIT[1]=EA&NEW_ITEM-PRICE[1]=499.99' +
  '&NEW_ITEM-CURRENCY[1]=EUR&NEW_ITEM-VENDORMAT[1]=SKU-001';
const OCI_SETUP = `${API}/oci/setup`;

function call(
  shop: RunningShop,
  method: string,
  path: string,
  body?: unknown,
  key: string | null = 'demo-api-key',
  headers: Record<string, string> = {},
): Promise<Answer> {
  return shop.browser().send(API + path, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

/** A GET call-up that is answered at once, and its redirect. */
async function answerAddress(shop: RunningShop): Promise<string> {
  const query = new URLSearchParams({ ...OCI, FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001' }).toString();
  return (await shop.browser().get(`${OCI_SETUP}?${query}`, NAVIGATION)).location;
}

/** A key of the buyer of company-oci, which has an index. */
async function indexKey(shop: RunningShop): Promise<string> {
  const of = { tenant_id: 'demo', connection_id: 'company-oci', run_id: 1 };
  const run = {
    ...of,
    state: 'done',
    formats: ['cif'],
    settings_digest: '',
    started_by: 'key:1',
    ended_at: new Date(),
  };
  await shop.knex('catalogue_run').insert(run).onConflict().ignore();
  const piece = { ...of, format: 'cif', piece: 2_000_000_000, content: 'ENDOFDATA' };
  await shop.knex('catalogue_piece').insert(piece).onConflict().ignore();
  const body = { name: 'Buyer', scopes: ['index'], connection: of.connection_id };
  return (await send(shop, 'adminCreateKey', { body })).json().data.key;
}

/** Every operation with an API key refuses a request without one. */
const without = (method: string, path: string, body?: unknown) =>
  refused('without a key', (shop) => call(shop, method, path, body, null));

export const GATEWAY_CASES: OperationCases = {
  setupSession: [
    accepted('JSON', (shop) => call(shop, 'POST', '/setup', WISH)),
    accepted('cXML', (shop) => postXml(shop.browser(), setupXml())),
    accepted('cXML, answered in JSON', (shop) => postXml(shop.browser(), setupXml(), JSON_WANTED)),
    refused('a foreign return address', (shop) =>
      call(shop, 'POST', '/setup', { ...WISH, return_url: 'https://evil.example/' }),
    ),
    refused('no JSON', (shop) => call(shop, 'POST', '/setup', '{')),
    refused('an Idempotency-Key for another request', async (shop) => {
      const key = { 'idempotency-key': randomUUID() };
      await call(shop, 'POST', '/setup', WISH, undefined, key);
      return call(shop, 'POST', '/setup', { ...WISH, buyer_cookie: 'other' }, undefined, key);
    }),
    refused('6 MB', (shop) =>
      call(shop, 'POST', '/setup', JSON.stringify({ ...WISH, buyer_cookie: 'x'.repeat(6_000_000) })),
    ),
    refused('cXML with a wrong secret', (shop) => postXml(shop.browser(), setupXml({ secret: 'wrong' }))),
    refused('cXML with a wrong secret, answered in JSON', (shop) =>
      postXml(shop.browser(), setupXml({ secret: 'wrong' }), JSON_WANTED),
    ),
    refused('broken cXML, answered in JSON', (shop) => postXml(shop.browser(), '<cXML>', JSON_WANTED)),
    without('POST', '/setup', WISH),
  ],
  ping: [accepted('a ping', (shop) => shop.browser().get(SETUP, {}))],
  sendOrder: [
    accepted('an order without a punchout', (shop) =>
      post(shop, orderXml({ orderId: `PO-${randomUUID()}`, lines: [{ sku: 'FREE', quantity: '1', price: '1.00' }] })),
    ),
    refused('a wrong secret, however it asks to be answered', (shop) =>
      call(
        shop,
        'POST',
        '/order',
        orderXml({ orderId: 'PO-1', lines: LINES }).replace('SecretPassword123', 'wrong'),
        null,
        { ...XML, ...JSON_WANTED },
      ),
    ),
    refused('broken cXML', (shop) => post(shop, '<cXML>')),
  ],
  pingOrder: [accepted('a ping', (shop) => shop.browser().get(`${API}/order`, {}))],
  ociSetup: [
    accepted('a call-up', (shop) => shop.browser().post(OCI_SETUP, OCI, HTML)),
    accepted('VALIDATE', (shop) =>
      shop.browser().post(OCI_SETUP, { ...OCI, FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001' }, HTML),
    ),
    refused('a wrong password', (shop) => shop.browser().post(OCI_SETUP, { ...OCI, PASSWORD: 'wrong' }, HTML)),
    refused('no return address', (shop) =>
      shop.browser().post(OCI_SETUP, { USERNAME: OCI.USERNAME, PASSWORD: OCI.PASSWORD }, HTML),
    ),
  ],
  ociSetupByGet: [
    accepted('a call-up', (shop) =>
      shop.browser().get(`${OCI_SETUP}?${new URLSearchParams(OCI).toString()}`, NAVIGATION),
    ),
    refused('a wrong password', (shop) =>
      shop.browser().get(`${OCI_SETUP}?${new URLSearchParams({ ...OCI, PASSWORD: 'wrong' }).toString()}`, NAVIGATION),
    ),
  ],
  ociAnswer: [
    accepted('once', async (shop) => shop.browser().get(await answerAddress(shop))),
    refused('twice', async (shop) => {
      const address = await answerAddress(shop);
      await shop.browser().get(address);
      return shop.browser().get(address);
    }),
    refused('unknown', (shop) => shop.browser().get(`${API}/oci/answer/${NOBODY}?token=x`)),
  ],
  transferCart: [
    accepted('by session_id', async (shop) =>
      call(shop, 'POST', `/transfer?session_id=${(await started(shop)).id}`, ORDER_MESSAGE, undefined, XML),
    ),
    accepted('a page', async (shop) =>
      call(shop, 'POST', `/transfer?session_id=${(await started(shop)).id}`, ORDER_MESSAGE, undefined, {
        ...XML,
        ...HTML,
      }),
    ),
    refused('an unknown session', (shop) =>
      call(shop, 'POST', `/transfer?session_id=${NOBODY}`, ORDER_MESSAGE, undefined, XML),
    ),
    refused('an unknown BuyerCookie', (shop) =>
      call(shop, 'POST', '/transfer', ORDER_MESSAGE.replace('BUYER_123', randomUUID()), undefined, XML),
    ),
    refused('broken XML', async (shop) =>
      call(shop, 'POST', `/transfer?session_id=${(await started(shop)).id}`, '<cXML>', undefined, XML),
    ),
    refused('without a key', (shop) => call(shop, 'POST', '/transfer', ORDER_MESSAGE, null, XML)),
  ],
  transferOciCart: [
    accepted('by session_id', async (shop) =>
      call(shop, 'POST', `/oci/transfer?session_id=${(await started(shop)).id}`, OCI_CART, undefined, FORM),
    ),
    refused('no items', async (shop) =>
      call(shop, 'POST', `/oci/transfer?session_id=${(await started(shop)).id}`, 'x=1', undefined, FORM),
    ),
    refused('a page, without a session', (shop) =>
      call(shop, 'POST', '/oci/transfer', OCI_CART, undefined, { ...FORM, ...HTML }),
    ),
    refused('without a key', (shop) => call(shop, 'POST', '/oci/transfer', OCI_CART, null, FORM)),
  ],
  returnPage: [
    accepted('of a transfer', async (shop) =>
      shop
        .browser()
        .get(
          (
            await call(shop, 'POST', `/transfer?session_id=${(await started(shop)).id}`, ORDER_MESSAGE, undefined, XML)
          ).json().data.return_page_url,
        ),
    ),
    refused('another token', async (shop) => shop.browser().get(`${API}/return/${(await started(shop)).id}?token=x`)),
    refused('unknown', (shop) => shop.browser().get(`${API}/return/x?token=x`)),
  ],
  getSession: [
    accepted('open', async (shop) => call(shop, 'GET', `/sessions/${(await started(shop)).id}`)),
    refused('unknown', (shop) => call(shop, 'GET', `/sessions/${NOBODY}`)),
    refused('malformed', (shop) => call(shop, 'GET', '/sessions/x%00y')),
    without('GET', `/sessions/${NOBODY}`),
  ],
  listSessions: [
    accepted('all', (shop) => call(shop, 'GET', '/sessions')),
    accepted('filtered', (shop) =>
      call(
        shop,
        'GET',
        '/sessions?status=active&protocol=cxml&from_date=2024-01-15&to_date=2024-01-15T10:30:00Z&page=2&limit=100',
      ),
    ),
    refused('a limit above 100', (shop) => call(shop, 'GET', '/sessions?limit=101')),
    refused('a strange parameter', (shop) => call(shop, 'GET', '/sessions?sort=up')),
    refused('a cursor of another caller', (shop) => call(shop, 'GET', '/sessions?cursor=AAAA')),
    without('GET', '/sessions'),
  ],
  listSessionMessages: [
    accepted('of a call-up', async (shop) =>
      call(shop, 'GET', `/sessions/${(await started(shop)).id}/messages?limit=5`),
    ),
    refused('a cursor of another caller', async (shop) =>
      call(shop, 'GET', `/sessions/${(await started(shop)).id}/messages?cursor=x`),
    ),
    refused('unknown', (shop) => call(shop, 'GET', `/sessions/${NOBODY}/messages`)),
    without('GET', `/sessions/${NOBODY}/messages`),
  ],
  listRefusedMessages: [
    accepted('some', async (shop) => {
      await postXml(shop.browser(), setupXml({ secret: 'wrong' }));
      return call(shop, 'GET', '/messages');
    }),
    refused('a limit above 100', (shop) => call(shop, 'GET', '/messages?limit=101')),
    without('GET', '/messages'),
  ],
  cancelSession: [
    accepted('open', async (shop) => call(shop, 'POST', `/sessions/${(await started(shop)).id}/cancel`)),
    refused('unknown', (shop) => call(shop, 'POST', `/sessions/${NOBODY}/cancel`)),
    refused('expired', async (shop) => {
      const { id } = await started(shop);
      await shop.knex('transmission').where({ transmission_id: id }).update({ status: 'expired' });
      return call(shop, 'POST', `/sessions/${id}/cancel`);
    }),
    without('POST', `/sessions/${NOBODY}/cancel`),
  ],
  batchSessions: [
    accepted('get', async (shop) =>
      call(shop, 'POST', '/sessions/batch', { action: 'get', session_ids: [(await started(shop)).id, NOBODY] }),
    ),
    accepted('cancel', async (shop) =>
      call(shop, 'POST', '/sessions/batch', { action: 'cancel', session_ids: [(await started(shop)).id, NOBODY] }),
    ),
    refused('no ids', (shop) => call(shop, 'POST', '/sessions/batch', { action: 'get', session_ids: [] })),
    refused('101 ids', (shop) =>
      call(shop, 'POST', '/sessions/batch', { action: 'get', session_ids: Array.from({ length: 101 }, () => NOBODY) }),
    ),
    without('POST', '/sessions/batch', { action: 'get', session_ids: [NOBODY] }),
  ],
  readAnalytics: [
    accepted('a year by months', (shop) => call(shop, 'GET', '/analytics?period=year&group_by=month&currency=USD')),
    accepted('a range', (shop) =>
      call(shop, 'GET', '/analytics?from_date=2024-01-01&to_date=2024-01-31&group_by=week'),
    ),
    refused('an invalid period', (shop) => call(shop, 'GET', '/analytics?period=decade')),
    without('GET', '/analytics'),
  ],
  fetchIndex: [
    accepted('the newest', async (shop) => {
      const path = '/indexes/company-oci/cif';
      const key = await indexKey(shop);
      return call(shop, 'GET', path, undefined, key);
    }),
    refused('a format that is not there', async (shop) =>
      call(shop, 'GET', '/indexes/company-oci/xls', undefined, await indexKey(shop)),
    ),
    refused('an empty address id', async (shop) =>
      call(shop, 'GET', '/indexes/company-oci/cif?address_id=', undefined, await indexKey(shop)),
    ),
    refused('a key with other scopes', (shop) => call(shop, 'GET', '/indexes/company-oci/cif')),
    without('GET', '/indexes/company-oci/cif'),
  ],
};
