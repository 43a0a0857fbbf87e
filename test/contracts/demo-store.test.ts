import { rm } from 'node:fs/promises';
import { migrate } from '../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { DemoStore } from '../../src/adapters/stores/demo/demo-store.js';
import { freshData } from '../support/fresh-data.js';
import { type StoreUnderTest, storeContract } from './store.contract.js';

async function open(): Promise<StoreUnderTest> {
  const directory = await freshData();
  const database = await openDatabase({ kind: 'embedded', directory });
  await migrate(database);
  let broken = false;
  const store = new DemoStore({
    query: (statement, values) =>
      broken ? Promise.reject(new Error('connection terminated')) : database.query(statement, values),
    publicUrl: 'http://127.0.0.1:3000',
  });
  return {
    store,
    tenantId: 'demo',
    connectionId: 'demo-cxml',
    plain: 'SKU-001',
    other: 'SKU-002',
    plainLine: {
      quantity: '1',
      unitPrice: '499.99',
      priceBasis: '1',
      name: 'Premium Widget',
      manufacturerName: 'WidgetCo',
      manufacturerPartId: 'WID-001',
      unit: 'EA',
      taxRate: '19',
      taxAmount: '95.00',
      classifications: [{ domain: 'UNSPSC', code: '12345678' }],
    },
    soldOut: 'NW-3080',
    changed: [{ supplierPartId: 'NB-1010', requested: '3', got: '5' }],
    currency: { wish: 'CHF', got: 'CHF' },
    languages: [
      { wish: 'de-DE', tag: /^de/, name: 'Premium Widget' },
      { wish: 'en', tag: /^en/, name: 'Premium Widget' },
    ],
    template: 'buyer123',
    withdraw: async (sku) => {
      store.stock.set(sku, '0');
      return async () => store.stock.set(sku, undefined);
    },
    breaks: {
      down: () => {
        broken = true;
        return () => void (broken = false);
      },
    },
    async close() {
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

storeContract('demo store, embedded database', open, ['search', 'unbuyable']);
