import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PunchFlowClient } from '../../src/client/punchflow-client.js';
import { INDEX_FORMATS, type IndexFormat } from '../../src/domain/catalogue/catalogue-index.js';
import type { Store } from '../../src/ports/store/store.js';
import { READERS, type ReadItem } from '../adapters/index-encoder/read-index.js';
import { postXml, setupXml, startUrlOf } from '../support/call-ups.js';
import { startStoreShop, type StoreShop } from '../support/store-shop.js';
import { until } from '../support/until.js';
import { HTML, JSON_WANTED } from '../support/web-client.js';

const OCI = {
  HOOK_URL: 'https://erp.company.com/oci/return',
  USERNAME: 'buyer@company.com',
  PASSWORD: 'SecretPassword123',
};

/** A shop whose index is tried. */
export interface OpenShop {
  store: Store;
  /** Address of a product's page. */
  productPage: RegExp;
  /** Number of articles that an index has at least. */
  articles: number;
  /** Where the shop sells more than the test may buy. */
  isTried?(item: ReadItem): boolean;
  close(): Promise<void>;
}

/** Each item of each index is landed on by its own id and costs in the cart what the index says. */
export function punchesOutToEveryItem(open: () => Promise<OpenShop>): void {
  let opened: OpenShop;
  let shop: StoreShop;
  let admin: PunchFlowClient['admin'];
  let worker: ReturnType<StoreShop['connector']['startWorker']>;
  beforeAll(async () => {
    opened = await open();
    shop = await startStoreShop(opened.store);
    ({ admin } = new PunchFlowClient('demo-admin-key', { baseUrl: shop.url }));
    worker = shop.connector.startWorker();
  });
  afterAll(async () => {
    await worker.stop();
    await shop.close();
    await opened.close();
  });

  async function filesOf(connection: string, formats: IndexFormat[]): Promise<Map<IndexFormat, ReadItem[]>> {
    const { runId } = await admin.beginIndexRun(connection, { formats });
    await until(async () => !['reading', 'writing'].includes((await admin.getIndexRun(connection, runId)).state));
    expect(await admin.getIndexRun(connection, runId)).toMatchObject({ state: 'done', reason: null });
    const files = new Map<IndexFormat, ReadItem[]>();
    for (const format of formats) {
      let text = '';
      for await (const piece of admin.readIndexFile(connection, runId, format)) text += piece;
      const items = READERS[format]?.(text) ?? [];
      files.set(format, opened.isTried === undefined ? items : items.filter(opened.isTried));
    }
    return files;
  }

  /** Lands by the start link, adds the item and compares the price of one unit in the cart. */
  async function expectBought(startUrl: string, { id, price }: ReadItem): Promise<void> {
    const client = shop.browser();
    const landed = await client.get(startUrl, HTML);
    const path = await opened.store.productPath({ supplierPartId: id });
    expect(path).toMatch(opened.productPage);
    expect([id, landed.status, landed.location]).toEqual([id, 303, `${shop.url}${path}`]);
    const filled = await client.send('/fill', {
      method: 'POST',
      body: JSON.stringify([{ supplierPartId: id, quantity: '1' }]),
      headers: { 'content-type': 'application/json' },
    });
    expect([id, filled.status]).toEqual([id, 200]);
    const [bought] = (await client.get('/cart.json', JSON_WANTED)).json().lines;
    expect([bought.sku, bought.productKey]).toContain(id);
    expect([id, Number(bought.unitPrice) / Number(bought.priceBasis)]).toEqual([id, expect.closeTo(Number(price), 8)]);
  }

  it('by SelectedItem', async () => {
    const formats = INDEX_FORMATS.filter((format) => format !== 'oci');
    for (const items of (await filesOf('company-cxml', formats)).values()) {
      expect(items.length).toBeGreaterThanOrEqual(opened.articles);
      for (const item of items) {
        const start = startUrlOf(await postXml(shop.browser(), setupXml({ selectedSku: item.id })));
        await expectBought(start, item);
      }
    }
  }, 300_000);

  it('by DETAIL of OCI, with the product key', async () => {
    const items = (await filesOf('company-oci', ['oci'])).get('oci') ?? [];
    expect(items.length).toBeGreaterThanOrEqual(opened.articles);
    for (const item of items) {
      const call = { ...OCI, FUNCTION: 'DETAIL', PRODUCTID: item.id };
      const called = await shop.browser().post('/v1/punchout/oci/setup', call, HTML);
      const start = /content="0;url=([^"]+)"/.exec(called.text)?.[1]?.replaceAll('&#38;', '&') ?? '';
      await expectBought(start, item);
    }
  }, 300_000);
}
