import { randomUUID } from 'node:crypto';
import { newOrder } from '../../contracts/orders.js';
import { orderMessage } from '../gateway/api/order-message.js';
import { SESSION, idOf, postXml, put, setupXml } from '../../support/call-ups.js';
import { accessToken, contextCall, contextPath } from '../../support/context-calls.js';
import type { RunningShop } from '../../support/running-shop.js';
import { type Answer, JSON_WANTED } from '../../support/web-client.js';
import { started } from '../gateway/api/api-calls.js';
import type { AdminOperation } from '../../../src/http/gateway/admin/admin-operation.js';
import { send } from '../admin/admin-calls.js';
import { signed } from '../connect/signed-calls.js';

/** What one tenant owns: sessions in every state, an order, and marks that another tenant must never see. */
export interface Owned {
  sessions: Record<'open' | 'active' | 'transferred' | 'cancelled' | 'expired', string>;
  buyerCookie: string;
  orderId: string;
  marks: string[];
}

export async function ownedBy(shop: RunningShop): Promise<Owned> {
  const mark = `MARK${randomUUID().replaceAll('-', '')}`;
  const wish = {
    buyer_cookie: `${mark}-cookie`,
    return_url: `https://erp.example.com/return?${mark}`,
    buyer: { email: `${mark}@example.com`, name: mark, company: mark },
  };
  const sessions: Partial<Owned['sessions']> = {};
  for (const state of ['open', 'active', 'transferred', 'cancelled', 'expired'] as const) {
    const { id, startUrl } = await started(
      shop,
      state === 'open' ? wish : { ...wish, buyer_cookie: `${mark}-${state}` },
    );
    sessions[state] = id;
    if (state === 'active' || state === 'transferred') {
      const client = shop.browser();
      await client.get(startUrl, JSON_WANTED);
      await put(client, 'SKU-001', 1);
      if (state === 'transferred') await client.post(`${SESSION}/logout?transferred=1`, {}, JSON_WANTED);
      if (idOf(startUrl) !== id) throw new Error('the start link is of another session');
    }
    if (state === 'cancelled' || state === 'expired')
      await shop.knex('transmission').where({ transmission_id: id }).update({ status: state });
  }
  // A refused call-up, for the log of refused call-ups.
  await postXml(shop.browser(), setupXml({ buyerCookie: mark, returnUrl: `https://elsewhere.example/${mark}` }));
  const outcome = await shop.connector.orders.record(newOrder(mark));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  const orderId = outcome.value.orders[0]?.supplierOrderId ?? '';
  return {
    sessions: sessions as Owned['sessions'],
    buyerCookie: `${mark}-cookie`,
    orderId,
    marks: [mark, ...Object.values(sessions)],
  };
}

/** The credentials of another tenant: an API key with both scopes, a signing shop. */
export interface Stranger {
  key: string;
  shop: { id: string; key: string };
}

export type Attempt = (shop: RunningShop, owned: Owned, stranger: Stranger) => Promise<Answer[]>;

function api(
  shop: RunningShop,
  { key }: Stranger,
  method: string,
  path: string,
  body?: object | string,
): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${key}`,
    ...JSON_WANTED,
    ...(typeof body === 'object'
      ? { 'content-type': 'application/json' }
      : typeof body === 'string'
        ? { 'content-type': 'application/xml' }
        : {}),
  };
  return shop.browser().send(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

const everySession =
  (method: string, suffix: string): Attempt =>
  (shop, { sessions }, stranger) =>
    Promise.all(
      Object.values(sessions).map((id) => api(shop, stranger, method, `/v1/punchout/sessions/${id}${suffix}`)),
    );
const hooks =
  (path: string, method = 'POST', more: object = {}): Attempt =>
  async (shop, _, stranger) => [
    await signed(
      shop.browser(),
      path,
      { eventName: 'order_created', url: 'https://hooks.example.com/stranger', ...more },
      { method, shop: stranger.shop.id, key: stranger.shop.key },
    ),
  ];
const order =
  (path: string, status: string): Attempt =>
  async (shop, { orderId }, stranger) => [
    await signed(shop.browser(), path, { id: orderId, status }, { shop: stranger.shop.id, key: stranger.shop.key }),
  ];

/** Uses a client of the stranger's own tenant. A refusal repeats the requested id and nothing else. */
const context =
  (method: string, suffix = '', body?: object): Attempt =>
  async (shop, { sessions }) => {
    const { oauthClients } = shop.connector.directory;
    const client = { id: 'stranger-client', secret: 'a-secret-of-the-stranger' };
    if ((await oauthClients.find(client.id)) === undefined) {
      await oauthClients.save({
        tenantId: 'other',
        clientId: client.id,
        name: 'Stranger',
        scopes: ['sessioncontext.context_manage'],
        demo: false,
      });
      await oauthClients.addSecret('other', client.id, client.secret);
    }
    const token = await accessToken(shop, client);
    const answers = await Promise.all(
      Object.values(sessions).map((id) =>
        contextCall(shop, contextPath(id, 'other') + suffix, {
          method,
          token,
          ...(body === undefined ? {} : { body }),
        }),
      ),
    );
    return answers.map((answer) => ({
      ...answer,
      text: answer.text.replace(/"sessionId":"[^"]*","code":404/, '"code":404'),
    }));
  };

/** Every operation of `/v1/admin`, for what another tenant has. */
export function adminAttempt({ operationId, path, request }: AdminOperation): Attempt {
  return async (shop, { sessions, orderId }) => {
    const { rows } = await shop.knex.raw<{
      rows: Record<string, string>[];
    }>(`
      select (select secret_id::text from connection_secret where tenant_id = 'demo' limit 1) as secret,
        (select credential_digest from connection_credential where tenant_id = 'demo' limit 1) as credential,
        (select job_id::text from job where tenant_id = 'demo' limit 1) as job,
        (select hook_id::text from connect_hook where tenant_id = 'demo' limit 1) as hook,
        (select key_id from connect_key where tenant_id = 'demo' and shop_id = 1 limit 1) as shop_key,
        (select secret_id::text from oauth_secret where tenant_id = 'demo' limit 1) as client_secret,
        (select client_id from oauth_client where tenant_id = 'demo' limit 1) as client,
        (select operator_id from operator where tenant_id = 'demo' limit 1) as operator,
        (select site_code from site where tenant_id = 'demo' limit 1) as site`);
    const { secret, client_secret: clientSecret, shop_key: shopKey, ...more } = rows[0] ?? {};
    const own = (name: string): string => more[name] ?? 'x';
    const params = {
      connection: 'company-oci',
      key: operationId === 'adminRevokeShopKey' ? (shopKey ?? 'x') : 'demo',
      order: orderId,
      secret: (operationId === 'adminRevokeClientSecret' ? clientSecret : secret) ?? 'x',
      credential: own('credential'),
      job: own('job'),
      hook: own('hook'),
      client: own('client'),
      operator: own('operator'),
      site: own('site'),
      shop: '1',
    };
    const wishes = path.includes('{session}') ? Object.values(sessions) : [''];
    const queries =
      operationId === 'adminSearchSessions' ? ['', ...Object.values(sessions)].map((id) => `?q=${id}`) : [''];
    queries[0] = '';
    return Promise.all(
      wishes.flatMap((session) =>
        queries.map((query) =>
          send(shop, operationId, {
            key: 'other-admin',
            params: { ...params, session },
            query,
            body: request === undefined ? undefined : ADMIN_BODIES[operationId],
          }),
        ),
      ),
    );
  };
}

/** Bodies that fit. Nothing of them reaches the other tenant. */
const ADMIN_BODIES: Record<string, object> = {
  adminChangeTenant: { name: 'Other' },
  adminCreateKey: { name: 'K', scopes: ['read'] },
  adminRotateKey: {},
  adminAddClient: { client_id: 'demo-client', name: 'Stranger' },
  adminAddClientSecret: {},
  adminSaveShop: { shop_id: 1, name: 'Stranger', role: 'supplier' },
  adminAddShopKey: {},
  adminSaveSite: { site_code: 'stranger', name: 'Stranger', country: 'DE', currency: 'EUR' },
  adminSaveAddresses: { addresses: [{ address_id: '0100', customer: { number: '10042' } }] },
  adminAddOperator: { email: 'stranger@example.com', name: 'Stranger', role: 'owner' },
  adminChangeOperator: { role: 'viewer' },
  adminCreateConnection: {
    connection_id: 'company-repost',
    name: 'C',
    protocol: 'oci',
    settings: { returnOrigins: ['https://erp.example.com'] },
  },
  adminChangeConnection: { disabled: true },
  adminAddCredential: { identity: 'stranger' },
  adminAddSecret: {},
  adminMakeHandOver: { with_secret: true },
  adminBeginIndexRun: { formats: ['cxml'] },
  adminSaveCodeList: { codes: ['EA'] },
  adminSaveIndexPush: { url: 'https://erp.example.com/index', format: 'cif' },
  adminPreview: {},
  adminReplay: {},
  adminReplayHook: { revision: 0 },
  adminErasePerson: { email: 'user@company.com' },
};

/** `/v1/punchout/sessions/{id}/…`, for another tenant's sessions. */
export function sessionAttempt(method: string, path: string): Attempt {
  return everySession(method.toUpperCase(), path.split('{id}')[1] ?? '');
}

/** Every other operation with a tenant's credentials, called for another tenant's data. */
export const ATTEMPTS: Record<string, { run: Attempt; /** All answers must be 404. */ unknown?: true }> = {
  setupSession: {
    run: async (shop, _, stranger) => [
      await api(shop, stranger, 'POST', '/v1/punchout/setup', {
        protocol: 'oci',
        connection: 'company-oci',
        return_url: 'https://erp.example.com/return',
      }),
    ],
  },
  listSessions: {
    run: (shop, _, stranger) =>
      Promise.all(
        ['', '?status=active', '?status=completed', '?protocol=cxml', '?from_date=2020-01-01&limit=100'].map((query) =>
          api(shop, stranger, 'GET', `/v1/punchout/sessions${query}`),
        ),
      ),
  },
  batchSessions: {
    run: (shop, { sessions }, stranger) =>
      Promise.all(
        ['get', 'cancel'].map((action) =>
          api(shop, stranger, 'POST', '/v1/punchout/sessions/batch', { action, session_ids: Object.values(sessions) }),
        ),
      ),
  },
  readAnalytics: {
    run: (shop, _, stranger) =>
      Promise.all(
        ['', '?period=year&group_by=month', '?currency=EUR'].map((query) =>
          api(shop, stranger, 'GET', `/v1/punchout/analytics${query}`),
        ),
      ),
  },
  transferCart: {
    run: async (shop, { sessions, buyerCookie }, stranger) => [
      ...(await Promise.all(
        Object.values(sessions).map((id) =>
          api(shop, stranger, 'POST', `/v1/punchout/transfer?session_id=${id}`, orderMessage({ buyerCookie })),
        ),
      )),
      await api(shop, stranger, 'POST', '/v1/punchout/transfer', orderMessage({ buyerCookie })),
    ],
  },
  transferOciCart: {
    run: (shop, { sessions }, { key }) =>
      Promise.all(
        Object.values(sessions).map((id) =>
          shop.browser().post(
            `/v1/punchout/oci/transfer?session_id=${id}`,
            {
              'NEW_ITEM-DESCRIPTION[1]': 'X',
              'NEW_ITEM-QUANTITY[1]': '1',
              'NEW_ITEM-UNIT[1]': 'EA',
              'NEW_ITEM-PRICE[1]': '1',
              'NEW_ITEM-CURRENCY[1]': 'EUR',
              'NEW_ITEM-VENDORMAT[1]': 'X',
            },
            { authorization: `Bearer ${key}`, ...JSON_WANTED },
          ),
        ),
      ),
    unknown: true,
  },
  listRefusedMessages: {
    run: async (shop, _, stranger) => [await api(shop, stranger, 'GET', '/v1/punchout/messages')],
  },
  fetchIndex: {
    run: async (shop, _, { key }) => {
      const scopes = ['index'];
      const made = await send(shop, 'adminCreateKey', {
        key: 'other-admin',
        body: { name: 'Index', scopes, connection: 'company-cxml' },
      });
      const own = { key: made.json().data.key, shop: { id: '', key } };
      return Promise.all(
        ['company-oci', 'demo%2Fcompany-oci', 'company-cxml'].map((id) =>
          api(shop, own, 'GET', `/v1/punchout/indexes/${id}/oci`),
        ),
      );
    },
    unknown: true,
  },
  updateOrderStatus: { run: order('/sdk/update-order-status', 'shipped'), unknown: true },
  updatePaymentStatus: { run: order('/sdk/update-payment-status', 'received'), unknown: true },
  registerHook: { run: hooks('/sdk/hooks') },
  removeHook: { run: hooks('/sdk/hooks', 'DELETE') },
  resumeHook: { run: hooks('/sdk/hooks/resume') },
  registerFeed: { run: hooks('/sdk/provider/import-url') },
  readFeed: { run: hooks('/sdk/provider/import-url', 'GET') },
  listReports: { run: hooks('/api/provider/reports', 'GET') },
  readReport: { run: hooks('/api/provider/report/77', 'GET'), unknown: true },
  getContext: { run: context('GET') },
  putContext: { run: context('PUT', '', { currency: 'CHF', metadata: { version: 1 } }) },
  addContextAttribute: { run: context('POST', '/attributes', { key: 'a', value: 'b' }) },
  removeContextAttribute: { run: context('DELETE', '/attributes/a') },
  replayHook: { run: hooks('/sdk/hooks/replay', 'POST', { revision: 1 }) },
};

/** Operations without tenant data, or whose proof is a single-use token, and where that is tested. */
export const WITHOUT_TENANT: Record<string, string> = {
  ping: 'answers the same to all',
  sdkPing: 'gives back what it was sent',
  pingOrder: 'answers the same to all',
  sendOrder: 'credentials name the connection: cxml-credentials.test.ts, purchase-orders.test.ts',
  ociSetup: 'credentials name the connection: cxml-credentials.test.ts, oci-setup.test.ts',
  ociSetupByGet: 'as ociSetup',
  ociAnswer: 'a token of one answer: oci-functions.test.ts',
  returnPage: 'a token of one transfer: transfer.test.ts',
  login: 'a token of one session: login.test.ts',
  loginByGet: 'as login',
  sso: 'as login',
  ssoByGet: 'as login',
  reportRefusedPage: 'answers the same to all: traces/browser-reports.test.ts',
  reportRefusedSessionPage: 'as reportRefusedPage',
  guardDecision: 'as currentSession',
  currentSession: 'the cookie of one session: cookies.test.ts',
  restoredLines: 'as currentSession',
  restoringLines: 'as currentSession',
  logout: 'as currentSession',
  logoutByGet: 'as currentSession',
  logoutRedirect: 'as currentSession',
  logoutRedirectByGet: 'as currentSession',
  cloneUser: 'the api_key names the connections: custom-store/clone.test.ts',
  listCategories: 'as cloneUser',
  openBuyAuthenticate: 'the key names the connection: open-buy/search.test.ts',
  openBuySearch: 'as openBuyAuthenticate',
  openBuyDetail: 'as openBuyAuthenticate',
  openBuyCheckout: 'as openBuyAuthenticate',
  openBuyCheckoutV1: 'as openBuyAuthenticate',
  openBuyAuthenticateV1: 'as openBuyAuthenticate',
  openBuySearchV1: 'as openBuyAuthenticate',
  openBuyDetailV1: 'as openBuyAuthenticate',
  getAccessToken: "a token of the client's own tenant: session-context/managed-context.test.ts",
  getOwnContext: 'as currentSession',
  patchOwnContext: 'as currentSession',
  addOwnContextAttribute: 'as currentSession',
  removeOwnContextAttribute: 'as currentSession',
  healthz: 'answers the same to all',
  readyz: 'answers the same to all',
  openapi: 'answers the same to all',
  docs: 'answers the same to all',
};
