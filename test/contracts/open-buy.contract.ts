import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PunchFlowClient } from '../../src/client/punchflow-client.js';
import type { Store } from '../../src/ports/store/store.js';
import { READERS, type ReadItem } from '../adapters/index-encoder/read-index.js';
import { openBuy, openBuyToken } from '../http/open-buy/open-buy-calls.js';
import { startStoreShop, type StoreShop } from '../support/store-shop.js';
import { postXml, setupXml, startUrlOf } from '../support/call-ups.js';
import { HTML, JSON_WANTED } from '../support/web-client.js';
import { until } from '../support/until.js';

/** A shop in which Open Buy is tried. */
export interface OpenShop {
  store: Store;
  /** A word that the shop's search knows. */
  word: string;
  /** The shop does not tell its stock: only its cart knows whether a quantity is there (open-buy.md 7.5). */
  hidesStock?: boolean;
  close(): Promise<void>;
}

/** Open Buy finds and shows what an index of the same connection has, at the same prices. */
export function sellsThroughOpenBuy(open: () => Promise<OpenShop>): void {
  let opened: OpenShop;
  let shop: StoreShop;
  let token: string;
  let indexed: Map<string, ReadItem>;
  beforeAll(async () => {
    opened = await open();
    shop = await startStoreShop(opened.store);
    const { admin } = new PunchFlowClient('demo-admin-key', { baseUrl: shop.url });
    const wish = { name: 'Coupa', scopes: ['open-buy' as const], connection: 'company-cxml' };
    token = await openBuyToken(shop, (await admin.createKey(wish)).key ?? '');
    const worker = shop.connector.startWorker();
    const { runId } = await admin.beginIndexRun('company-cxml', { formats: ['cif'] });
    await until(async () => !['reading', 'writing'].includes((await admin.getIndexRun('company-cxml', runId)).state));
    let text = '';
    for await (const piece of admin.readIndexFile('company-cxml', runId, 'cif')) text += piece;
    indexed = new Map(READERS['cif']?.(text).map((item) => [item.id, item]));
    await worker.stop();
  }, 120_000);
  afterAll(async () => {
    await shop.close();
    await opened.close();
  });

  it('what it finds is what the shop finds and an index has', async () => {
    const answer = await openBuy(shop, 'search', { query: opened.word }, token);
    expect(answer.status).toBe(200);
    const { count, total_count: total, results } = answer.json();
    const hits = (await opened.store.search?.(opened.word, 100)) ?? [];
    const sold = hits.filter(({ supplierPartId }) => indexed.has(supplierPartId));
    expect([count, total, results.length]).toEqual([total, sold.length, total]);
    expect(total).toBeGreaterThan(0);
    for (const { source_part_num: sku, unit_price: price, currency, uom: unit } of results)
      expect({ sku, price, currency, unit }).toEqual({
        sku,
        price: indexed.get(sku)?.price,
        currency: indexed.get(sku)?.currency,
        unit: indexed.get(sku)?.unit,
      });
  });

  it('the detail of each item is what the search says of it, and lands on the same product', async () => {
    const { results } = (await openBuy(shop, 'search', { query: opened.word }, token)).json();
    for (const found of results) {
      const { summary, ...item } = (await openBuy(shop, 'detail', found, token)).json();
      expect(item).toEqual(found);
      expect(['string', 'undefined']).toContain(typeof summary);
      expect(await opened.store.productPath({ supplierPartId: found.source_part_num })).toEqual(expect.any(String));
    }
  });

  it('shows each item of an index', async () => {
    for (const { id, price, currency } of indexed.values())
      expect((await openBuy(shop, 'detail', { source_part_num: id }, token)).json()).toMatchObject({
        source_part_num: id,
        unit_price: price,
        currency,
      });
  });

  it('a checkout has the prices of a cart, whatever the quantity', async () => {
    const items = [...indexed.values()].map(({ id }) => ({ source_part_num: id, quantity: 12 }));
    const answer = await openBuy(shop, 'checkout', { items }, token);
    const numbers = new Set(items.map(({ source_part_num: number }) => number));
    const refused = new Set(
      answer.status === 200 ? [] : [...answer.text.matchAll(/article "([^"]+)"/g)].map((m) => m[1]),
    );
    expect([...refused].filter((number = '') => !numbers.has(number))).toEqual([]);
    const sold = items.filter(({ source_part_num: number }) => !refused.has(number));
    expect(sold.length).toBeGreaterThan(1);
    const priced = (await openBuy(shop, 'checkout', { items: sold }, token)).json().items;
    const client = shop.browser();
    await client.get(startUrlOf(await postXml(shop.browser(), setupXml({}))), HTML);
    const filled = await client.send('/fill', {
      method: 'POST',
      body: JSON.stringify(sold.map(({ source_part_num: supplierPartId }) => ({ supplierPartId, quantity: '12' }))),
      headers: { 'content-type': 'application/json' },
    });
    const faults: (string | undefined)[] = filled.json().value.map(({ fault }: { fault?: string }) => fault);
    const allowed = [undefined, ...(opened.hidesStock === true ? ['quantity_changed'] : [])];
    expect(faults.filter((fault) => !allowed.includes(fault))).toEqual([]);
    expect(faults.filter((fault) => fault === undefined).length).toBeGreaterThan(1);
    const { currency, lines } = (await client.get('/cart.json', JSON_WANTED)).json();
    expect(priced).toHaveLength(sold.length);
    for (const [nth, { source_part_num: sku, quantity, total, ...item }] of priced.entries()) {
      if (faults[nth] !== undefined) continue;
      const line = lines.find((each: { sku: string }) => each.sku === sku);
      expect([sku, quantity, item.currency]).toEqual([sku, '12', currency]);
      expect([sku, Number(total)]).toEqual([sku, expect.closeTo((12 * line.unitPrice) / line.priceBasis, 2)]);
    }
  });

  it('nothing for a word that nothing has', async () => {
    const answer = await openBuy(shop, 'search', { query: 'qwxyzqwxyz' }, token);
    expect(answer.json()).toEqual({ count: 0, total_count: 0, results: [] });
  });
}
