import { newOrder } from '../../contracts/orders.js';
import { signed } from '../connect/signed-calls.js';
import type { RunningShop } from '../../support/running-shop.js';
import { type OperationCases, accepted, refused } from './operation-case.js';

const HOOK = { eventName: 'order_created', url: 'https://hooks.example.com/openapi' };

async function orderId(shop: RunningShop): Promise<string> {
  const outcome = await shop.connector.orders.record(newOrder(`openapi-${Math.random()}`));
  return outcome.ok ? (outcome.value.orders[0]?.supplierOrderId ?? '') : '';
}

const FEED = { url: 'https://feeds.example.com/openapi.csv' };

/** The report of a finished import. */
async function reported(shop: RunningShop): Promise<void> {
  const issue = {
    severity: 'error',
    message: 'Field "%field%" must not be empty.',
    parameters: { '%field%': 'title' },
    lines: [2, 3],
    field: 'title',
    productId: null,
    productTitle: null,
  };
  const row = {
    tenant_id: 'demo',
    shop_id: 1,
    report_id: 77,
    imported_at: new Date(),
    modified_at: new Date(),
    md5: '0'.repeat(32),
    size: 10,
    encoding: 'UTF-8',
    lines: 3,
    warnings: 0,
    errors: 2,
    issue_lines: 2,
    products: 0,
    issues: JSON.stringify([issue]),
  };
  await shop.knex('connect_import_report').insert(row).onConflict().ignore();
}

/** An existing hook. */
async function hooked(shop: RunningShop): Promise<typeof HOOK> {
  await signed(shop.browser(), '/sdk/hooks', HOOK);
  return HOOK;
}

export const CONNECT_CASES: OperationCases = {
  sdkPing: [
    accepted('a payload', (shop) => signed(shop.browser(), '/sdk/ping', { Hello: 'World' })),
    refused('a wrong key', (shop) => signed(shop.browser(), '/sdk/ping', '{}', { key: 'other' })),
  ],
  updateOrderStatus: [
    accepted('a step', async (shop) =>
      signed(shop.browser(), '/sdk/update-order-status', {
        id: await orderId(shop),
        status: 'shipped',
        tracking: { id: 'T', vendor: 'DHL' },
      }),
    ),
    refused('an unknown order', (shop) =>
      signed(shop.browser(), '/sdk/update-order-status', { id: 'none', status: 'shipped' }),
    ),
    refused('no status', (shop) => signed(shop.browser(), '/sdk/update-order-status', { id: 'none' })),
  ],
  updatePaymentStatus: [
    accepted('received', async (shop) =>
      signed(shop.browser(), '/sdk/update-payment-status', { id: await orderId(shop), status: 'received' }),
    ),
    refused('by a merchant', async (shop) =>
      signed(
        shop.browser(),
        '/sdk/update-payment-status',
        { id: await orderId(shop), status: 'received' },
        { shop: '2', key: 'demo-connect-merchant-key' },
      ),
    ),
  ],
  registerHook: [
    accepted('a hook', (shop) => signed(shop.browser(), '/sdk/hooks', HOOK)),
    refused('an internal address', (shop) =>
      signed(shop.browser(), '/sdk/hooks', { ...HOOK, url: 'https://10.0.0.1/' }),
    ),
  ],
  removeHook: [
    accepted('a hook', async (shop) => signed(shop.browser(), '/sdk/hooks', await hooked(shop), { method: 'DELETE' })),
    refused('an unknown event', (shop) =>
      signed(shop.browser(), '/sdk/hooks', { ...HOOK, eventName: 'other' }, { method: 'DELETE' }),
    ),
  ],
  resumeHook: [
    accepted('a hook', async (shop) => signed(shop.browser(), '/sdk/hooks/resume', await hooked(shop))),
    refused('no hook', (shop) => signed(shop.browser(), '/sdk/hooks/resume', { url: 'https://nobody.example.com/' })),
  ],
  registerFeed: [
    accepted('a feed', (shop) => signed(shop.browser(), '/sdk/provider/import-url', FEED)),
    refused('an internal address', (shop) =>
      signed(shop.browser(), '/sdk/provider/import-url', { url: 'https://10.0.0.1/' }),
    ),
    refused('by a merchant', (shop) =>
      signed(shop.browser(), '/sdk/provider/import-url', FEED, { shop: '2', key: 'demo-connect-merchant-key' }),
    ),
  ],
  readFeed: [
    accepted('a feed', async (shop) => {
      await signed(shop.browser(), '/sdk/provider/import-url', FEED);
      return signed(shop.browser(), '/sdk/provider/import-url', '', { method: 'GET' });
    }),
    refused('a wrong key', (shop) =>
      signed(shop.browser(), '/sdk/provider/import-url', '', { method: 'GET', key: 'other' }),
    ),
  ],
  listReports: [
    accepted('one', async (shop) => {
      await reported(shop);
      return signed(shop.browser(), '/api/provider/reports', '', { method: 'GET' });
    }),
    refused('a wrong key', (shop) =>
      signed(shop.browser(), '/api/provider/reports', '', { method: 'GET', key: 'other' }),
    ),
  ],
  readReport: [
    accepted('one', async (shop) => {
      await reported(shop);
      return signed(shop.browser(), '/api/provider/report/77', '', { method: 'GET' });
    }),
    refused('an unknown one', (shop) => signed(shop.browser(), '/api/provider/report/78', '', { method: 'GET' })),
  ],
  replayHook: [
    accepted('a hook', async (shop) =>
      signed(shop.browser(), '/sdk/hooks/replay', { ...(await hooked(shop)), revision: 1 }),
    ),
    refused('no revision', (shop) => signed(shop.browser(), '/sdk/hooks/replay', HOOK)),
  ],
};
