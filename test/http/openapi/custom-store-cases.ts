import { API_KEY, cloneBody, postClone, ssoUrl } from '../../support/clone-calls.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';
import { type OperationCase, type OperationCases, accepted, refused } from './operation-case.js';

const CATEGORIES = '/api/punchout/categories';

function ssoCases(method: string): OperationCase[] {
  return [
    accepted('JSON', async (shop) => shop.browser().send(await ssoUrl(shop), { method, headers: JSON_WANTED })),
    accepted('a browser', async (shop) => shop.browser().send(await ssoUrl(shop), { method, headers: HTML })),
    refused('no token', (shop) => shop.browser().send('/sso', { method, headers: JSON_WANTED })),
    refused('used', async (shop) => {
      const url = await ssoUrl(shop);
      await shop.browser().get(url, JSON_WANTED);
      return shop.browser().send(url, { method, headers: HTML });
    }),
  ];
}

export const CUSTOM_STORE_CASES: OperationCases = {
  sso: ssoCases('POST'),
  ssoByGet: ssoCases('GET'),
  cloneUser: [
    accepted('create', (shop) => postClone(shop, cloneBody())),
    refused('a missing field', (shop) => postClone(shop, cloneBody({ operation: undefined }))),
    refused('a wrong key', (shop) => postClone(shop, cloneBody({ api_key: 'wrong' }))),
    refused('an unlisted user', (shop) => postClone(shop, cloneBody({ username: 'admin' }))),
    refused('a body that is too large', (shop) => postClone(shop, ' '.repeat(6 * 1024 * 1024))),
  ],
  listCategories: [
    accepted('the tree', (shop) => shop.browser().get(`${CATEGORIES}?api_key=${API_KEY}`, JSON_WANTED)),
    accepted('a page', (shop) => shop.browser().get(`${CATEGORIES}?api_key=${API_KEY}&limit=3&page=3`, JSON_WANTED)),
    refused('no key', (shop) => shop.browser().get(CATEGORIES, JSON_WANTED)),
    refused('a wrong key', (shop) => shop.browser().get(`${CATEGORIES}?api_key=wrong`, JSON_WANTED)),
    refused('a wrong page', (shop) => shop.browser().get(`${CATEGORIES}?api_key=${API_KEY}&limit=0`, JSON_WANTED)),
  ],
};
