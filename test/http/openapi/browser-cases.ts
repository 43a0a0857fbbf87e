import { SESSION, callUp, put, shopping } from '../../support/call-ups.js';
import { JSON_WANTED, NAVIGATION } from '../../support/web-client.js';
import { type OperationCase, type OperationCases, accepted, refused } from './operation-case.js';

const ITEMS = [{ sku: 'GONE-1', quantity: '1' }];
const NOBODY = `demo_${'a'.repeat(26)}`;

function loginCases(method: string): OperationCase[] {
  return [
    accepted('JSON', async (shop) => shop.browser().send(await callUp(shop), { method, headers: JSON_WANTED })),
    accepted('a browser', async (shop) => {
      const [client, startUrl] = [shop.browser(), await callUp(shop)];
      const probe = await client.get(startUrl, NAVIGATION);
      return client.send(probe.location, { method, headers: NAVIGATION });
    }),
    refused('a wrong token', async (shop) =>
      shop.browser().send(`${await callUp(shop)}x`, { method, headers: JSON_WANTED }),
    ),
    refused('unknown', (shop) =>
      shop.browser().send(`${SESSION}/login/${NOBODY}?token=x`, { method, headers: JSON_WANTED }),
    ),
    refused('used in another browser', async (shop) =>
      shop.browser().send((await shopping(shop)).startUrl, { method, headers: JSON_WANTED }),
    ),
  ];
}

function reportCases(about: string): OperationCase[] {
  const headers = { 'content-type': 'application/csp-report', ...JSON_WANTED };
  return [
    accepted('a refused frame', (shop) =>
      shop
        .browser()
        .post(`${SESSION}/report/login${about}`, '{"csp-report":{"effective-directive":"frame-ancestors"}}', headers),
    ),
    refused('no JSON', (shop) => shop.browser().post(`${SESSION}/report/login${about}`, '{', headers)),
  ];
}

function logoutCases(method: string): OperationCase[] {
  return [
    accepted('without a session', (shop) => shop.browser().send(`${SESSION}/logout`, { method, headers: JSON_WANTED })),
    accepted('with one', async (shop) =>
      (await shopping(shop)).client.send(`${SESSION}/logout`, { method, headers: JSON_WANTED }),
    ),
    accepted('transfer', async (shop) => {
      const { client } = await shopping(shop);
      await put(client, 'SKU-001', 1);
      return client.send(`${SESSION}/logout?transferred=1`, { method, headers: JSON_WANTED });
    }),
    accepted('transfer as a page', async (shop) => {
      const { client } = await shopping(shop);
      await put(client, 'SKU-001', 1);
      return client.send(`${SESSION}/logout?transferred=1`, {
        method,
        headers: { ...NAVIGATION, 'sec-fetch-site': 'same-origin' },
      });
    }),
    refused('an invalid value of transferred', (shop) =>
      shop.browser().send(`${SESSION}/logout?transferred=perhaps`, { method, headers: JSON_WANTED }),
    ),
  ];
}

function redirectCases(method: string): OperationCase[] {
  return [
    accepted('with a session', async (shop) =>
      (await shopping(shop)).client.send(`${SESSION}/logout/redirect`, { method, headers: JSON_WANTED }),
    ),
    accepted('a browser', async (shop) =>
      (await shopping(shop)).client.send(`${SESSION}/logout/redirect`, {
        method,
        headers: { ...NAVIGATION, 'sec-fetch-site': 'same-origin' },
      }),
    ),
  ];
}

export const BROWSER_CASES: OperationCases = {
  login: loginCases('POST'),
  loginByGet: loginCases('GET'),
  currentSession: [
    accepted('none', (shop) => shop.browser().get(`${SESSION}/get`, JSON_WANTED)),
    accepted('one', async (shop) => (await shopping(shop)).client.get(`${SESSION}/get`, JSON_WANTED)),
    accepted('an edited one', async (shop) =>
      (await shopping(shop, { operation: 'edit', items: ITEMS })).client.get(`${SESSION}/get`, JSON_WANTED),
    ),
  ],
  guardDecision: [
    accepted('closed', async (shop) =>
      (await shopping(shop)).client.get(`${SESSION}/guard?path=/checkout/confirm`, JSON_WANTED),
    ),
    accepted('open, by name', async (shop) =>
      (await shopping(shop)).client.get(`${SESSION}/guard?route=frontend.home.page`, JSON_WANTED),
    ),
    accepted('no session', (shop) => shop.browser().get(`${SESSION}/guard?path=/checkout/confirm`, JSON_WANTED)),
    refused('nothing asked', async (shop) => (await shopping(shop)).client.get(`${SESSION}/guard`, JSON_WANTED)),
  ],
  reportRefusedPage: reportCases(''),
  reportRefusedSessionPage: reportCases(`/${NOBODY}`),
  restoredLines: [
    accepted('a line is gone', async (shop) =>
      (await shopping(shop, { operation: 'edit', items: ITEMS })).client.get(`${SESSION}/restored`),
    ),
    accepted('nothing to tell', async (shop) => (await shopping(shop)).client.get(`${SESSION}/restored`)),
    refused('no session', (shop) => shop.browser().get(`${SESSION}/restored`, JSON_WANTED)),
  ],
  restoringLines: [
    accepted('nothing to wait for', async (shop) =>
      (await shopping(shop)).client.get(`${SESSION}/restoring`, JSON_WANTED),
    ),
    refused('no session', (shop) => shop.browser().get(`${SESSION}/restoring`, JSON_WANTED)),
  ],
  logout: logoutCases('POST'),
  logoutByGet: logoutCases('GET'),
  logoutRedirect: redirectCases('POST'),
  logoutRedirectByGet: redirectCases('GET'),
};

export const OPERATIONS_CASES: OperationCases = {
  healthz: [accepted('always', (shop) => shop.browser().get('/healthz', {}))],
  readyz: [accepted('ready', (shop) => shop.browser().get('/readyz', {}))],
  openapi: [accepted('the document', (shop) => shop.browser().get('/openapi.json', {}))],
  docs: [accepted('the page', (shop) => shop.browser().get('/docs'))],
};
