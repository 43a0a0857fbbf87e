import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { DemoStore } from '../../../src/adapters/stores/demo/demo-store.js';
import { describeOnServer } from '../../contracts/databases.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { indexBench } from './index-bench.js';

const PRODUCTS = 25_000;
/** Half of what the files hold together. */
const MOST_BYTES = 25 * 1024 * 1024;
/** A collection takes about as long as making a piece. */
const PIECES_PER_CHECK = 10;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are in use. What waits for collection depends on the machine's load and on the suites before. */
function bytesInUse(): number {
  // The second collection ends the release of buffers that the first one found.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describeOnServer('an index of 25,000 products', () => {
  it('is made in flat memory before the database has statistics, and each is in the file', async () => {
    const server = await createMigratedDatabase();
    const database = await openDatabase({ kind: 'server', url: server.url });
    try {
      const bench = await indexBench(database);
      const store = new DemoStore({ query: database.query, publicUrl: 'http://127.0.0.1', generated: PRODUCTS });
      const run = await bench.begin({ formats: ['cxml', 'cif', 'jaggaer', 'oracle', 'oci'] });
      // The first pieces also load code.
      for (let piece = 1; piece <= PIECES_PER_CHECK; piece += 1) await bench.work(run, store);
      const before = bytesInUse();
      let most = before;
      for (let piece = 1; !(await bench.work(run, store)); piece += 1)
        if (piece % PIECES_PER_CHECK === 0) most = Math.max(most, bytesInUse());
      const { items } = await bench.found(run);
      for (const count of Object.values(items)) expect(count).toBeGreaterThan(PRODUCTS);
      let lines = 0;
      for await (const piece of bench.indexes.pieces(run, 'cif', -1)) {
        lines += piece.split('\r\n').length - 1;
        if (lines % (100 * PIECES_PER_CHECK) === 0) most = Math.max(most, bytesInUse());
      }
      most = Math.max(most, bytesInUse());
      expect(lines).toBe((items.cif ?? 0) + 11);
      console.info(`grew by ${Math.round((most - before) / 1024 / 1024)} MiB`);
      expect(most - before).toBeLessThan(MOST_BYTES);
    } finally {
      await database.close();
      await server.drop();
    }
  }, 900_000);
});
