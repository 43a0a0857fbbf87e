import { randomInt, randomUUID } from 'node:crypto';
import { ADMIN_OPERATIONS } from '../../../src/http/gateway/admin/openapi-operations.js';
import type { RunningShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';
import { type AdminQuestion, send } from '../admin/admin-calls.js';
import { started } from '../gateway/api/api-calls.js';
import { LINES, orderXml, post, sent } from '../gateway/purchase-order-calls.js';
import { type OperationCases, accepted, refused } from './operation-case.js';

const SETTINGS = { returnOrigins: ['https://erp.example.com'] };

/** A connection of its own for a case, without sessions. */
async function connection(shop: RunningShop): Promise<Answer> {
  const body = {
    connection_id: `c-${randomUUID()}`.slice(0, 40),
    name: 'C',
    protocol: 'cxml',
    settings: SETTINGS,
    credentials: [{ domain: 'DUNS', identity: randomUUID() }],
    secret: {},
  };
  return send(shop, 'adminCreateConnection', { body });
}

const ofConnection =
  (operationId: string, body?: object) =>
  async (shop: RunningShop): Promise<Answer> => {
    const { connection_id, credentials, secrets } = (await connection(shop)).json().data;
    return send(shop, operationId, {
      params: {
        connection: connection_id,
        credential: credentials[0].credential_id,
        secret: secrets[0].secret_id,
      },
      body,
    });
  };

const ofKey =
  (operationId: string, body?: object) =>
  async (shop: RunningShop): Promise<Answer> => {
    const made = await send(shop, 'adminCreateKey', { body: { name: 'K', scopes: ['read'] } });
    return send(shop, operationId, { params: { key: made.json().data.key_id }, body });
  };

/** A client, a shop, a site and an operator of their own for a case. */
const ofAccess =
  (operationId: string, body?: object) =>
  async (shop: RunningShop): Promise<Answer> => {
    const client = await send(shop, 'adminAddClient', { body: newClient() });
    const saved = await send(shop, 'adminSaveShop', { body: newShop() });
    const site = await send(shop, 'adminSaveSite', { body: newSite() });
    const operator = await send(shop, 'adminAddOperator', { body: newOperator() });
    const isOfShop = operationId.includes('Shop');
    return send(shop, operationId, {
      params: {
        client: client.json().data.client_id,
        secret: client.json().data.secrets[0].secret_id,
        shop: String(saved.json().data.shop_id),
        ...(isOfShop ? { key: saved.json().data.key_id } : {}),
        site: site.json().data.site_code,
        operator: operator.json().data.operator_id,
      },
      body,
    });
  };
const newClient = (): object => ({ client_id: `c-${randomUUID()}`, name: 'C' });
const newShop = (): object => ({ shop_id: randomInt(1000, 999_999_999), name: 'S', role: 'supplier' });
const newSite = (): object => ({
  site_code: `s-${randomUUID().slice(0, 8)}`,
  name: 'S',
  country: 'DE',
  currency: 'EUR',
});
const newOperator = (): object => ({ email: `${randomUUID()}@example.com`, name: 'O', role: 'viewer' });

const ofSession =
  (operationId: string) =>
  async (shop: RunningShop): Promise<Answer> =>
    send(shop, operationId, { params: { session: (await started(shop)).id } });

const ofOrder =
  (operationId: string) =>
  async (shop: RunningShop): Promise<Answer> => {
    const order = `PO-${randomUUID()}`;
    await post(shop, orderXml({ orderId: order, lines: LINES }));
    return send(shop, operationId, { params: { connection: 'company-cxml', order } });
  };

/** An order that equals its cart, of a connection that has just been allowed to place orders. */
async function placeOrder(shop: RunningShop): Promise<Answer> {
  const [order, { quote }] = [`PO-${randomUUID()}`, await sent(shop)];
  await post(shop, orderXml({ orderId: order, quote, lines: LINES }));
  await send(shop, 'adminChangeConnection', {
    params: { connection: 'company-cxml' },
    body: { settings: { cxml: { placeOrders: true } } },
  });
  return send(shop, 'adminPlaceOrder', { params: { connection: 'company-cxml', order } });
}

const ofHook =
  (operationId: string, body?: object) =>
  async (shop: RunningShop): Promise<Answer> => {
    const { hooks } = shop.connector.directory as unknown as {
      hooks: { add: (...wish: unknown[]) => Promise<{ hookId: string }> };
    };
    const { hookId } = await hooks.add('demo', 1, 'https://hooks.example.com/admin', ['order_created'], 20);
    return send(shop, operationId, { params: { hook: hookId }, body });
  };

const ofFeed =
  (operationId: string) =>
  async (shop: RunningShop): Promise<Answer> => {
    const { feeds } = shop.connector.directory as unknown as {
      feeds: { save: (...wish: unknown[]) => Promise<object> };
    };
    await feeds.save('demo', 1, 'https://feeds.example.com/admin.csv');
    return send(shop, operationId, { params: { shop: '1' } });
  };

async function getReport(shop: RunningShop): Promise<Answer> {
  await shop.knex.raw(`
    insert into connect_import_report (tenant_id, shop_id, report_id, modified_at, md5, size, encoding, lines, warnings,
      errors, issue_lines, products, issues)
    values ('demo', 1, 4711, now(), repeat('0', 32), 10, 'UTF-8', 3, 0, 1, 1, 1, '${JSON.stringify([
      {
        severity: 'error',
        message: 'Field "%field%" must be a number.',
        parameters: { '%field%': 'price' },
        lines: [2],
        field: 'price',
        productId: null,
        productTitle: null,
      },
    ])}') on conflict do nothing`);
  return send(shop, 'adminGetReport', { params: { shop: '1', report: '4711' } });
}

const PUSH = { url: 'https://erp.example.com/index', format: 'cif', authorization: 'Bearer x' };

/** A run of its own; one that is done has a file. */
const ofIndex =
  (operationId: string) =>
  async (shop: RunningShop): Promise<Answer> => {
    const { connection_id: connectionId } = (await connection(shop)).json().data;
    const of = { tenant_id: 'demo', connection_id: connectionId, run_id: 1 };
    if (operationId !== 'adminBeginIndexRun') {
      const run = {
        ...of,
        state: 'done',
        formats: ['cif'],
        settings_digest: '',
        started_by: 'key:1',
        items: '{"cif":1}',
      };
      await shop.knex('catalogue_run').insert({
        ...run,
        issues: JSON.stringify([{ kind: 'sold_out', field: 'availability', count: 1, products: ['A-1'] }]),
      });
      await shop.knex('catalogue_piece').insert({ ...of, format: 'cif', piece: 2_000_000_000, content: 'ENDOFDATA' });
    }
    return send(shop, operationId, {
      params: { connection: connectionId, run: '1', format: 'cif' },
      body: operationId === 'adminBeginIndexRun' ? {} : undefined,
      headers: { accept: 'application/json' },
    });
  };

async function retryJob(shop: RunningShop): Promise<Answer> {
  const [job] = await shop
    .knex('job')
    .insert({ tenant_id: 'demo', kind: 'send-notice', input: '{}', due_at: '2099-01-01' })
    .returning('job_id');
  return send(shop, 'adminRetryJob', { params: { job: String(job.job_id) } });
}

const plain =
  (operationId: string, question: AdminQuestion = {}) =>
  (shop: RunningShop): Promise<Answer> =>
    send(shop, operationId, question);

/** Bodies that fit, where an empty one does not. */
const BODIES: Record<string, object> = {
  adminChangeConnection: { name: 'X' },
  adminAddCredential: { domain: 'DUNS', identity: 'x' },
  adminReplayHook: { revision: 0 },
  adminChangeOperator: { role: 'engineer' },
};

/** Lists need no more than a key. */
const WANTED: Record<string, (shop: RunningShop) => Promise<Answer>> = {
  adminChangeTenant: plain('adminChangeTenant', { body: { settings: { messageDays: 30 } } }),
  adminCreateKey: plain('adminCreateKey', { body: { name: 'K', scopes: ['read'] } }),
  adminRotateKey: ofKey('adminRotateKey', {}),
  adminRevokeKey: ofKey('adminRevokeKey'),
  adminAddClient: (shop) => send(shop, 'adminAddClient', { body: newClient() }),
  adminAddClientSecret: ofAccess('adminAddClientSecret', {}),
  adminRevokeClientSecret: ofAccess('adminRevokeClientSecret'),
  adminRevokeClient: ofAccess('adminRevokeClient'),
  adminSaveShop: (shop) => send(shop, 'adminSaveShop', { body: newShop() }),
  adminAddShopKey: ofAccess('adminAddShopKey', {}),
  adminRevokeShopKey: ofAccess('adminRevokeShopKey'),
  adminSaveSite: (shop) => send(shop, 'adminSaveSite', { body: newSite() }),
  adminRemoveSite: ofAccess('adminRemoveSite'),
  adminAddOperator: (shop) => send(shop, 'adminAddOperator', { body: newOperator() }),
  adminChangeOperator: ofAccess('adminChangeOperator', { role: 'engineer' }),
  adminCreateConnection: connection,
  adminGetConnection: ofConnection('adminGetConnection'),
  adminChangeConnection: ofConnection('adminChangeConnection', { name: 'Other' }),
  adminGetAcceptance: ofConnection('adminGetAcceptance'),
  adminListAddresses: ofConnection('adminListAddresses'),
  adminSaveAddresses: ofConnection('adminSaveAddresses', { addresses: [{ address_id: '0100', customer: null }] }),
  adminRemoveAddress: async (shop) => {
    const params = { connection: 'company-cxml', address: '0100' };
    await send(shop, 'adminSaveAddresses', { params, body: { addresses: [{ address_id: '0100', customer: null }] } });
    return send(shop, 'adminRemoveAddress', { params });
  },
  adminRemoveConnection: ofConnection('adminRemoveConnection'),
  adminAddCredential: ofConnection('adminAddCredential', { domain: 'DUNS', identity: 'more' }),
  adminRemoveCredential: ofConnection('adminRemoveCredential'),
  adminAddSecret: ofConnection('adminAddSecret', {}),
  adminRevokeSecret: ofConnection('adminRevokeSecret'),
  adminGetHandOver: ofConnection('adminGetHandOver'),
  adminMakeHandOver: ofConnection('adminMakeHandOver', { with_secret: true }),
  adminPreview: ofConnection('adminPreview', {}),
  adminReplay: ofConnection('adminReplay', {}),
  adminGetSession: ofSession('adminGetSession'),
  adminSupportBundle: ofSession('adminSupportBundle'),
  adminGetOrder: ofOrder('adminGetOrder'),
  adminPlaceOrder: placeOrder,
  adminResendNotices: ofOrder('adminResendNotices'),
  adminPauseHook: ofHook('adminPauseHook'),
  adminResumeHook: ofHook('adminResumeHook'),
  adminListReports: ofFeed('adminListReports'),
  adminGetReport: getReport,
  adminListIndexRuns: ofIndex('adminListIndexRuns'),
  adminBeginIndexRun: ofIndex('adminBeginIndexRun'),
  adminGetIndexRun: ofIndex('adminGetIndexRun'),
  adminGetIndexFile: ofIndex('adminGetIndexFile'),
  adminGetCodeLists: ofConnection('adminGetCodeLists'),
  adminSaveCodeList: (shop) =>
    send(shop, 'adminSaveCodeList', { params: { connection: 'company-cxml', list: 'unit' }, body: { codes: ['EA'] } }),
  adminRemoveCodeList: async (shop) => {
    const params = { connection: 'company-cxml', list: 'classification' };
    await send(shop, 'adminSaveCodeList', { params, body: { csv: 'code\n1' } });
    return send(shop, 'adminRemoveCodeList', { params });
  },
  adminGetIndexPush: async (shop) => {
    const params = { connection: 'company-oci' };
    await send(shop, 'adminSaveIndexPush', { params, body: PUSH });
    return send(shop, 'adminGetIndexPush', { params });
  },
  adminSaveIndexPush: ofConnection('adminSaveIndexPush', PUSH),
  adminRemoveIndexPush: async (shop) => {
    const params = { connection: 'company-cxml' };
    await send(shop, 'adminSaveIndexPush', { params, body: PUSH });
    return send(shop, 'adminRemoveIndexPush', { params });
  },
  adminFetchFeed: ofFeed('adminFetchFeed'),
  adminReplayHook: ofHook('adminReplayHook', { revision: 0 }),
  adminRetryJob: retryJob,
  adminErasePerson: plain('adminErasePerson', { body: { email: 'nobody@example.com' } }),
};

export const ADMIN_CASES: OperationCases = Object.fromEntries(
  ADMIN_OPERATIONS.map(({ operationId, path, request }) => [
    operationId,
    [
      accepted('with a key', WANTED[operationId] ?? plain(operationId)),
      refused('without a key', plain(operationId, { key: null })),
      ...(path.includes('{')
        ? [
            refused(
              'an unknown name',
              plain(operationId, { body: request === undefined ? undefined : (BODIES[operationId] ?? {}) }),
            ),
          ]
        : []),
    ],
  ]),
);
