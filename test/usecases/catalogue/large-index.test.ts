import { expect, it } from '@jest/globals';
import { DemoStore } from '../../../src/adapters/stores/demo/demo-store.js';
import { describeOnServer } from '../../contracts/databases.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { indexBench } from './index-bench.js';

const PRODUCTS = 100_000;
const MOST_BYTES = 150 * 1024 * 1024;

describeOnServer('an index of 100,000 products', () => {
  it('is made in flat memory, and each is in the file', async () => {
    const server = await createMigratedDatabase();
    const database = await openDatabase({ kind: 'server', url: server.url });
    try {
      const bench = await indexBench(database);
      const store = new DemoStore({ query: database.query, publicUrl: 'http://127.0.0.1', generated: PRODUCTS });
      const run = await bench.begin({ formats: ['cxml', 'cif', 'jaggaer', 'oracle', 'oci'] });
      const before = process.memoryUsage().rss;
      let most = before;
      while (!(await bench.work(run, store))) most = Math.max(most, process.memoryUsage().rss);
      const { items } = await bench.found(run);
      for (const count of Object.values(items)) expect(count).toBeGreaterThan(PRODUCTS);
      let lines = 0;
      for await (const piece of bench.indexes.pieces(run, 'cif', -1)) {
        lines += piece.split('\r\n').length - 1;
        most = Math.max(most, process.memoryUsage().rss);
      }
      expect(lines).toBe((items.cif ?? 0) + 11);
      console.info(`grew by ${Math.round((most - before) / 1024 / 1024)} MiB`);
      expect(most - before).toBeLessThan(MOST_BYTES);
    } finally {
      await database.close();
      await server.drop();
    }
  }, 900_000);
});
