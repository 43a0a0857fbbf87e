import { expect, it } from '@jest/globals';
import { INDEX_FORMATS, type IndexFormat } from '../../../src/domain/catalogue/catalogue-index.js';
import { READERS, type ReadItem } from '../../adapters/index-encoder/read-index.js';
import { callUp, put } from '../../support/call-ups.js';
import { describeShop, type RunningShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { HTML, JSON_WANTED, type WebClient } from '../../support/web-client.js';
import { askAdmin, send } from '../admin/admin-calls.js';

const OCI = {
  HOOK_URL: 'https://erp.company.com/oci/return',
  USERNAME: 'buyer@company.com',
  PASSWORD: 'SecretPassword123',
};
const CONNECTIONS = { cxml: 'company-cxml', oci: 'company-oci' };

/** Makes the files of a connection and downloads them, as the owner of an API key. */
async function filesOf(
  shop: RunningShop,
  connection: string,
  formats: readonly IndexFormat[],
): Promise<Map<IndexFormat, ReadItem[]>> {
  const begun = (await askAdmin(shop, 'adminBeginIndexRun', { params: { connection }, body: { formats } })).json().data;
  const params = { connection, run: String(begun.run_id) };
  const state = async () => (await askAdmin(shop, 'adminGetIndexRun', { params })).json().data;
  const worker = shop.connector.startWorker();
  await until(async () => ['done', 'failed'].includes((await state()).state));
  await worker.stop();
  expect(await state()).toMatchObject({ state: 'done', reason: null });
  const files = new Map<IndexFormat, ReadItem[]>();
  for (const format of formats) {
    const { headers, text } = await send(shop, 'adminGetIndexFile', { params: { ...params, format } });
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="company-(cxml|oci)-\d+\.(xml|cif|csv|txt|json)"$/,
    );
    files.set(format, READERS[format]?.(text) ?? []);
  }
  return files;
}

describeShop('every item of an index can be punched out to', {}, (shop) => {
  /** The price of one unit in the cart of a buyer who has added the article that they landed on. */
  async function boughtAt(client: WebClient, sku: string): Promise<number> {
    const added = await put(client, sku, 1);
    expect([sku, added.status]).toEqual([sku, 200]);
    const [line] = (await client.get('/checkout/cart.json', JSON_WANTED)).json().lines;
    expect(line.sku).toBe(sku);
    return Number(line.unit_price) / line.price_basis;
  }

  it('by SelectedItem', async () => {
    const formats = INDEX_FORMATS.filter((format) => format !== 'oci');
    for (const [format, items] of await filesOf(shop(), CONNECTIONS.cxml, formats)) {
      expect(items.length).toBeGreaterThan(50);
      for (const { id, price } of items) {
        const client = shop().browser();
        const start = await callUp(shop(), { selectedSku: id });
        expect((await client.get(start, HTML)).location).toBe(`${shop().url}/detail/${encodeURIComponent(id)}`);
        expect([format, id, await boughtAt(client, id)]).toEqual([format, id, expect.closeTo(Number(price), 8)]);
      }
    }
  }, 300_000);

  it('by DETAIL of OCI', async () => {
    const items = (await filesOf(shop(), CONNECTIONS.oci, ['oci'])).get('oci') ?? [];
    expect(items.length).toBeGreaterThan(50);
    for (const { id, price } of items) {
      const client = shop().browser();
      const called = await client.post('/v1/punchout/oci/setup', { ...OCI, FUNCTION: 'DETAIL', PRODUCTID: id }, HTML);
      const start = /content="0;url=([^"]+)"/.exec(called.text)?.[1]?.replaceAll('&#38;', '&') ?? '';
      expect((await client.get(start, HTML)).location).toBe(`${shop().url}/detail/${encodeURIComponent(id)}`);
      expect([id, await boughtAt(client, id)]).toEqual([id, expect.closeTo(Number(price), 8)]);
    }
  }, 300_000);
});
