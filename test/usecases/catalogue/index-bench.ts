import { indexedBuyer } from '../../../src/adapters/cart-encoder/sample-cart.js';
import { indexEncoder } from '../../../src/adapters/index-encoder/index-encoder.js';
import { connectionRepository } from '../../../src/adapters/postgres/access/connection-repository.js';
import { shipToAddresses } from '../../../src/adapters/postgres/access/ship-to-addresses.js';
import { buyerCodes } from '../../../src/adapters/postgres/catalogue/buyer-codes.js';
import { auditLog } from '../../../src/adapters/postgres/history/audit-chain.js';
import { indexRuns } from '../../../src/adapters/postgres/catalogue/index-runs.js';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { secretBox } from '../../../src/adapters/secrets/secret-box.js';
import { settingsOf } from '../../../src/config/connection-settings.js';
import type { IndexFormat, IndexRun } from '../../../src/domain/catalogue/catalogue-index.js';
import type { Store } from '../../../src/ports/store/store.js';
import { indexCustomer } from '../../../src/usecases/catalogue/index-customer.js';
import { beginDueIndexes, indexReads, workOnIndex } from '../../../src/usecases/catalogue/index-runs.js';

type Catalogue = Pick<Store, 'cataloguePage'>;

/** Indexes of the connection demo/erp, in a database of the test. */
export async function indexBench(database: Database) {
  const box = secretBox(['a-secret-of-at-least-thirty-two-characters']);
  const connections = connectionRepository(database, async (secret) => secret, box);
  const runs = indexRuns(database);
  const codes = buyerCodes(database);
  const addresses = shipToAddresses(database);
  const customerOf = indexCustomer({ addresses });
  const encoder = indexEncoder(() => 'https://shop.example.com/v1/punchout/setup');
  const indexes = indexReads({ connections, indexRuns: runs, audit: auditLog(database), shipToAddresses: addresses });
  const operator = { tenantId: 'demo', by: 'test' };

  async function save(settings: object = {}): Promise<void> {
    const made = settingsOf({ returnOrigins: ['https://erp.example.com'], language: 'en', ...settings }, 'cxml');
    if (!made.ok) throw new Error(JSON.stringify(made.refusal));
    await connections.save({
      tenantId: 'demo',
      connectionId: 'erp',
      name: 'ERP',
      protocol: 'cxml',
      demo: false,
      settings: made.value,
    });
  }
  await database.knex('tenant').insert({ tenant_id: 'demo', name: 'Demo', settings: {} }).onConflict().ignore();
  await save();

  return {
    save,
    runs,
    codes,
    addresses,
    indexes,
    beginDue: beginDueIndexes({ connections, indexRuns: runs, shipToAddresses: addresses }),
    async begin(wish: { formats?: IndexFormat[]; full?: boolean; addressId?: string } = {}): Promise<IndexRun> {
      const begun = await indexes.begin(operator, 'erp', { formats: ['cxml', 'cif'], ...wish });
      if (!begun.ok) throw new Error(begun.refusal.code);
      return begun.value;
    },
    /** One piece of work with `patienceMs` 0; true: the run has ended. */
    work: (run: IndexRun, store: Catalogue, patienceMs = 0) =>
      workOnIndex(
        { connections, indexRuns: runs, buyerCodes: codes, store, encoder, customerOf, buyerOf: indexedBuyer },
        run,
        {
          patienceMs,
          now: () => performance.now(),
        },
      ),
    async made(
      store: Catalogue,
      wish: { formats?: IndexFormat[]; full?: boolean; addressId?: string } = {},
    ): Promise<IndexRun> {
      const run = await this.begin(wish);
      while (!(await this.work(run, store, 600_000)));
      return this.found(run);
    },
    async found(run: IndexRun): Promise<IndexRun> {
      const found = await runs.find(run);
      if (found === undefined) throw new Error('the run is gone');
      return found;
    },
    async file(run: IndexRun, format: IndexFormat): Promise<string> {
      let text = '';
      for await (const piece of indexes.pieces(run, format, -1)) text += piece;
      return text;
    },
  };
}
