import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DemoStore } from '../../../../src/adapters/stores/demo/demo-store.js';
import type { CataloguePage } from '../../../../src/ports/store/store-catalogue.js';
import { transmissionOf } from '../../../../src/testing/store-under-test.js';
import { openDemoStore } from './open-demo-store.js';

const buyer = transmissionOf({ tenantId: 'demo', connectionId: 'demo-cxml' }, { currency: 'EUR', language: 'en' });
const feedProduct = (id: string, currency = 'EUR') => ({
  id,
  title: `Imported ${id}`,
  price: '1.50',
  currency,
  unit: 'EA',
});
let demo: Awaited<ReturnType<typeof openDemoStore>>;
let store: DemoStore;

beforeAll(async () => {
  demo = await openDemoStore();
  store = demo.store;
});
afterAll(() => demo.close());

async function all(since?: string): Promise<CataloguePage[]> {
  const pages: CataloguePage[] = [];
  let after: string | undefined;
  do {
    const page = await store.cataloguePage({ buyer, after, since });
    pages.push(page);
    after = page.next;
  } while (after !== undefined);
  return pages;
}
const numbersIn = (pages: CataloguePage[]) => pages.flatMap(({ products }) => products.map(({ line }) => line.sku));

describe('the catalogue of the demo store', () => {
  it('tells since a mark what was imported, what is no longer sold, and whose stock changed', async () => {
    await store.importProducts('demo', '11111111-1111-4111-8111-111111111111', [
      feedProduct('F-1'),
      feedProduct('F-2'),
    ]);
    const [first] = await all();
    await demo.knex.raw("update demo_product set updated_at = updated_at - interval '1 hour'");
    expect(numbersIn(await all(first?.mark))).toEqual([]);

    await store.importProducts('demo', '22222222-2222-4222-8222-222222222222', [
      feedProduct('F-2', 'USD'),
      feedProduct('F-3'),
    ]);
    store.stock.set('SKU-001', '0');
    const changed = await all(first?.mark);
    expect(numbersIn(changed)).toEqual(['SKU-001', 'F-3']);
    expect(changed.flatMap(({ withdrawn = [] }) => withdrawn)).toEqual(['F-2']);
    expect(changed[0]?.products[0]?.availability).toBe('sold_out');
    store.stock.set('SKU-001', undefined);
  });

  it('does not list what another tenant imported, and finds the page of an own import', async () => {
    await store.importProducts('other', '33333333-3333-4333-8333-333333333333', [feedProduct('X-1')]);
    expect(numbersIn(await all())).not.toContain('X-1');
    expect(await store.productPath({ supplierPartId: 'X-1' }, buyer)).toBeUndefined();
    expect(await store.productPath({ supplierPartId: 'F-3' }, buyer)).toBe('/detail/F-3');
  });

  it('generates articles that can be listed, landed on and bought', async () => {
    const large = demo.storeWith({ generated: 1000 });
    const found = await large.productPath({ supplierPartId: 'GEN-0001000' });
    expect([found, await large.productPath({ supplierPartId: 'GEN-0001001' })]).toEqual([
      '/detail/GEN-0001000',
      undefined,
    ]);
    const { products } = await large.catalogueProducts(buyer, [{ supplierPartId: 'GEN-0000007' }]);
    expect(products[0]?.line).toMatchObject({ sku: 'GEN-0000007', unitPrice: '8.07', unit: 'MTR' });
  });
});
