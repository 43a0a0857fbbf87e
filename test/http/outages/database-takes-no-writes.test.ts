import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { cxmlStatus } from '../../support/call-ups.js';
import { type DatabaseSwitch, databaseSwitch } from '../../support/database-switch.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import type { Answer, WebClient } from '../../support/web-client.js';
import type { OperationCase } from '../openapi/operation-case.js';
import { OPERATION_CASES } from '../openapi/operation-cases.js';

const READING = [
  'ping',
  'pingOrder',
  'returnPage',
  'getSession',
  'listSessions',
  'listSessionMessages',
  'listRefusedMessages',
  'readAnalytics',
  'fetchIndex',
  'openBuyAuthenticate',
  'openBuyAuthenticateV1',
  'openBuySearch',
  'openBuySearchV1',
  'openBuyDetail',
  'openBuyDetailV1',
  'openBuyCheckout',
  'openBuyCheckoutV1',
  'currentSession',
  'guardDecision',
  'reportRefusedPage',
  'reportRefusedSessionPage',
  'restoredLines',
  'restoringLines',
  'logoutRedirect',
  'logoutRedirectByGet',
  'sdkPing',
  'readFeed',
  'listReports',
  'readReport',
  'listCategories',
  'getAccessToken',
  'healthz',
  'openapi',
  'docs',
  'adminAnalytics',
  'adminAnalyticsByConnection',
  'adminGetConnection',
  'adminGetOrder',
  'adminGetSession',
  'adminGetTenant',
  'adminGroupRefusals',
  'adminListAudit',
  'adminListClients',
  'adminListConnections',
  'adminListEvents',
  'adminListFeeds',
  'adminListHooks',
  'adminListJobs',
  'adminListKeys',
  'adminListNotices',
  'adminListOperators',
  'adminListOrders',
  'adminListProfiles',
  'adminListRefusals',
  'adminListIndexRuns',
  'adminGetIndexRun',
  'adminGetIndexFile',
  'adminGetIndexPush',
  'adminGetCodeLists',
  'adminListReports',
  'adminGetReport',
  'adminListShops',
  'adminListSites',
  'adminListAddresses',
  'adminGetAcceptance',
  'adminGetHandOver',
  'adminPreview',
  'adminReplay',
  'adminSearchSessions',
  'adminSupportBundle',
  'adminVerifyAudit',
];
const WRITING = [
  'adminAddClient',
  'adminAddClientSecret',
  'adminAddCredential',
  'adminAddOperator',
  'adminAddSecret',
  'adminBeginIndexRun',
  'adminSaveCodeList',
  'adminRemoveCodeList',
  'adminSaveIndexPush',
  'adminRemoveIndexPush',
  'adminAddShopKey',
  'adminChangeConnection',
  'adminChangeOperator',
  'adminCreateConnection',
  'adminCreateKey',
  'adminErasePerson',
  'adminFetchFeed',
  'adminMakeHandOver',
  'adminPauseHook',
  'adminPlaceOrder',
  'adminRemoveAddress',
  'adminRemoveConnection',
  'adminRemoveCredential',
  'adminRemoveSite',
  'adminReplayHook',
  'adminResendNotices',
  'adminResumeHook',
  'adminRetryJob',
  'adminRevokeClient',
  'adminRevokeClientSecret',
  'adminRevokeKey',
  'adminRevokeSecret',
  'adminRevokeShopKey',
  'adminRotateKey',
  'adminSaveAddresses',
  'adminSaveShop',
  'adminSaveSite',
  'setupSession',
  'sendOrder',
  'ociSetup',
  'ociSetupByGet',
  'ociAnswer',
  'transferCart',
  'transferOciCart',
  'cancelSession',
  'login',
  'loginByGet',
  'sso',
  'ssoByGet',
  'updateOrderStatus',
  'updatePaymentStatus',
  'registerHook',
  'removeHook',
  'resumeHook',
  'replayHook',
  'registerFeed',
  'cloneUser',
  'getContext',
  'putContext',
  'addContextAttribute',
  'removeContextAttribute',
  'getOwnContext',
  'patchOwnContext',
  'addOwnContextAttribute',
  'removeOwnContextAttribute',
];

/** A shop whose requests are numbered; `before` runs before each. */
function watched(shop: RunningShop, before: (request: number) => Promise<void>): RunningShop {
  let requests = 0;
  const watch = (client: WebClient): WebClient => {
    const { send, get, post } = client;
    return Object.assign(client, {
      send: async (...args: Parameters<WebClient['send']>) => (await before((requests += 1)), send(...args)),
      get: async (...args: Parameters<WebClient['get']>) => (await before((requests += 1)), get(...args)),
      post: async (...args: Parameters<WebClient['post']>) => (await before((requests += 1)), post(...args)),
    });
  };
  return { ...shop, browser: () => watch(shop.browser()) };
}

/** Classifies an answer: as usual, "not now" in the family's format, or anything else. */
function said(answer: Answer, usual: Answer): string {
  if (/^\{"status":"unavailable"/.test(answer.text))
    return answer.text.includes('"database":"failed"') ? 'not ready' : answer.text;
  if (answer.status === 503 || cxmlStatus(answer).code === '560') {
    if (answer.headers['retry-after'] === undefined) return 'not now, without Retry-After';
    const type = (answer.headers['content-type'] ?? '').split(';')[0];
    if (type === 'text/html')
      return /We will be right back|Wir sind gleich wieder da/.test(answer.text)
        ? 'not now'
        : 'not now, with another page';
    return type === 'application/json' || type === 'text/xml' ? 'not now' : `not now, as ${type}`;
  }
  const [code, usually] = [answer, usual].map((one) => `${one.status} ${cxmlStatus(one).code}`);
  return code === usually ? 'as usual' : `${code} ${answer.text.slice(0, 300)}`;
}

type Fault = 'readOnly' | 'full';
const FAULTS: [string, Fault][] = [
  ['read-only after a failover', 'readOnly'],
  ['full', 'full'],
];

describeOnServer('every operation of openapi.json on a database that is read-only, and on one that is full', () => {
  const at: {
    shop?: RunningShop;
    server?: Awaited<ReturnType<typeof createMigratedDatabase>>;
    database?: DatabaseSwitch;
  } = {};
  beforeAll(async () => {
    at.server = await createMigratedDatabase();
    at.shop = await startShop({ url: at.server.url }, '');
    at.database = await databaseSwitch(at.server.url, at.shop.knex);
  }, 60_000);
  afterAll(async () => {
    await at.shop?.close();
    await at.database?.close();
    await at.server?.drop();
  });
  const running = (): Required<typeof at> => {
    const { shop, server, database } = at;
    if (shop === undefined || server === undefined || database === undefined) throw new Error('the shop did not start');
    return { shop, server, database };
  };
  const readiness = async (): Promise<number> => (await running().shop.browser().get('/readyz')).status;

  const outcomes = new Map<string, Set<string>>();
  const cases = Object.entries(OPERATION_CASES).flatMap(([id, list]) =>
    list.map((one): [string, string, OperationCase] => [id, `${one.expected}: ${one.title}`, one]),
  );

  /** Runs a case whose last request, the one with this number, finds the fault, and says how it is answered. */
  async function onFault(fault: Fault, operation: string, run: OperationCase['run'], last: number): Promise<Answer> {
    const { shop, database } = running();
    try {
      return await run(
        watched(shop, async (request) => {
          if (request !== last) return;
          await database[fault]();
          // A readiness result is reused for half a second.
          if (operation === 'readyz' && fault === 'readOnly') await until(async () => (await readiness()) === 503);
        }),
      );
    } finally {
      await database.writable();
      await until(
        () =>
          shop.connector.health[0]?.check().then(
            () => true,
            () => false,
          ) ?? Promise.resolve(true),
      );
      if (operation === 'readyz') await until(async () => (await readiness()) === 200);
    }
  }

  it.each(cases)(
    '%s, %s: as usual, or "not now" in the format of its family',
    async (operation, _title, { run, expected }) => {
      let last = 0;
      const usual = await run(watched(running().shop, async (request) => void (last = request)));
      for (const [, fault] of FAULTS) {
        const words = said(await onFault(fault, operation, run, last), usual);
        expect({ fault, words }).toEqual({
          fault,
          words: expect.stringMatching(operation === 'readyz' ? /^(as usual|not ready)$/ : /^(as usual|not now)$/),
        });
        const key = `${fault} ${operation}`;
        if (expected === 'accepted') outcomes.set(key, new Set([...(outcomes.get(key) ?? []), words]));
      }
    },
  );

  it.each(FAULTS)(
    '%s: an operation that writes answers "not now"; one that reads, and a logout, works as usual',
    (_, fault) => {
      const found = (words: string): string[] =>
        [...outcomes]
          .filter(([key, seen]) => key.startsWith(`${fault} `) && [...seen].join(' and ') === words)
          .map(([key]) => key.slice(fault.length + 1));
      // The second change of the tenant sets what is already set, and so it writes nothing, but it locks a row.
      const [read, written] = fault === 'full' ? [['readyz', 'adminChangeTenant'], []] : [[], ['adminChangeTenant']];
      expect(found('as usual').toSorted()).toEqual([...READING, ...read].toSorted());
      expect(found('not now').toSorted()).toEqual([...WRITING, ...written].toSorted());
      // Without a session, without a transfer, reading several, and cancelling them.
      expect(found('as usual and not now').toSorted()).toEqual(['batchSessions', 'logout', 'logoutByGet']);
      expect(found('not ready')).toEqual(fault === 'full' ? [] : ['readyz']);
    },
  );

  it('no request caused an unexpected error', () => {
    expect(running().shop.logged.filter((line) => line.includes('unexpected error'))).toEqual([]);
  });
});
