import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PunchFlowClient } from '../../../src/client/punchflow-client.js';
import type { Store } from '../../../src/ports/store/store.js';
import { openShopware } from '../../adapters/stores/shopware/open-shopware.js';
import { describeVendure, openVendure } from '../../adapters/stores/vendure/open-vendure.js';
import { startStoreShop, type StoreShop } from '../../support/store-shop.js';
import { openBuy, openBuyToken } from './open-buy-calls.js';

interface OpenShop {
  store: Store;
  close(): Promise<void>;
}

function searchesIn(open: () => Promise<OpenShop>, word: string): void {
  let opened: OpenShop;
  let shop: StoreShop;
  let token: string;
  beforeAll(async () => {
    opened = await open();
    shop = await startStoreShop(opened.store);
    const { admin } = new PunchFlowClient('demo-admin-key', { baseUrl: shop.url });
    const wish = { name: 'Coupa', scopes: ['open-buy' as const], connection: 'company-cxml' };
    token = await openBuyToken(shop, (await admin.createKey(wish)).key ?? '');
  }, 120_000);
  afterAll(async () => {
    await shop.close();
    await opened.close();
  });

  it('what Open Buy finds is what the shop finds, by article numbers that can be put into a cart', async () => {
    const answer = await openBuy(shop, 'search', { query: word }, token);
    expect(answer.status).toBe(200);
    const { count, total_count: total, results } = answer.json();
    const hits = (await opened.store.search?.(word, 100)) ?? [];
    expect([count, total, results.length]).toEqual([total, hits.length, total]);
    expect(total).toBeGreaterThan(0);
    for (const { source_part_num: supplierPartId } of results)
      expect(await opened.store.productPath({ supplierPartId })).toEqual(expect.any(String));
  });

  it('nothing for a word that nothing has', async () => {
    const answer = await openBuy(shop, 'search', { query: 'qwxyzqwxyz' }, token);
    expect(answer.json()).toEqual({ count: 0, total_count: 0, results: [] });
  });
}

describeVendure('Open Buy searches a real Vendure server', () =>
  searchesIn(async () => {
    const vendure = await openVendure();
    return { store: vendure.storeWith(), close: () => vendure.close() };
  }, 'pen'),
);

describe('Open Buy searches the Shopware double', () =>
  searchesIn(async () => {
    const shopware = await openShopware();
    return { store: shopware.storeWith(), close: shopware.close };
  }, 'pen'));
