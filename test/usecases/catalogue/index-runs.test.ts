import { beforeAll, expect, it } from '@jest/globals';
import { INDEX_FAULTS } from '../../../src/domain/catalogue/catalogue-index.js';
import { DemoStore } from '../../../src/adapters/stores/demo/demo-store.js';
import { describeOnDatabases } from '../../contracts/databases.js';
import { READERS } from '../../adapters/index-encoder/read-index.js';
import { transmissionOf } from '../../../src/testing/store-under-test.js';
import { indexBench } from './index-bench.js';

const NOWHERE = 'http://127.0.0.1:3000';
const feedProduct = (id: string, price: string, currency = 'EUR') => ({
  id,
  title: `Imported ${id}`,
  price,
  currency,
  unit: 'EA',
});

describeOnDatabases('indexes of a connection', (database) => {
  let bench: Awaited<ReturnType<typeof indexBench>>;
  let store: DemoStore;
  beforeAll(async () => {
    bench = await indexBench(database());
    store = new DemoStore({ query: database().query, publicUrl: NOWHERE, generated: 1200 });
  });

  it('hold every product that is sold, with its price, and the report names the others', async () => {
    const run = await bench.made(store);
    const sold = READERS['cif']?.(await bench.file(run, 'cif')) ?? [];
    expect(run).toMatchObject({ state: 'done', incremental: false, items: { cif: sold.length } });
    expect(sold.length).toBeGreaterThan(1250);
    expect(sold.find(({ id }) => id === 'GEN-0000007')).toMatchObject({ price: '8.07', unit: 'MTR', currency: 'EUR' });
    expect(run.issues.find(({ kind }) => kind === 'sold_out')?.products).toContain('NW-3080');
    const left = run.issues.filter(
      ({ kind, format }) => INDEX_FAULTS[kind].severity === 'error' && (format === undefined || format === 'cif'),
    );
    expect(run.products).toBe(sold.length + left.reduce((sum, { count }) => sum + count, 0));
  });

  it('give the same bytes while nothing changes, whether all is read again or only what changed', async () => {
    const first = await bench.made(store, { full: true });
    const second = await bench.made(store);
    const third = await bench.made(store, { full: true });
    expect([second.incremental, second.read, third.incremental]).toEqual([true, 0, false]);
    for (const format of ['cxml', 'cif'] as const) {
      expect(await bench.file(second, format)).toBe(await bench.file(first, format));
      expect(await bench.file(third, format)).toBe(await bench.file(first, format));
    }
    expect([second.issues, second.items]).toEqual([third.issues, third.items]);
  });

  it('are the same after reading what changed as after reading everything', async () => {
    await store.importProducts('demo', '11111111-1111-4111-8111-111111111111', [
      feedProduct('F-1', '1.00'),
      feedProduct('F-2', '2.00'),
    ]);
    await bench.made(store);
    await store.importProducts('demo', '22222222-2222-4222-8222-222222222222', [
      feedProduct('F-1', '1.50'),
      feedProduct('F-2', '2.00', 'USD'),
      feedProduct('F-3', '3.00'),
    ]);
    const changed = await bench.made(store);
    const whole = await bench.made(store, { full: true });
    expect([changed.incremental, changed.read]).toEqual([true, 2]);
    const text = await bench.file(changed, 'cif');
    expect(text).toBe(await bench.file(whole, 'cif'));
    expect(
      READERS['cif']?.(text)
        .filter(({ id }) => id.startsWith('F-'))
        .map(({ id, price }) => [id, price]),
    ).toEqual([
      ['F-1', '1.50'],
      ['F-3', '3.00'],
    ]);
  });

  it('go on where the last process stopped, at every piece of work', async () => {
    const whole = await bench.made(store, { full: true });
    const run = await bench.begin({ full: true });
    let pieces = 0;
    // A new store and a new turn for each piece, as after a restart.
    while (!(await bench.work(run, new DemoStore({ query: database().query, publicUrl: NOWHERE, generated: 1200 }))))
      pieces += 1;
    expect(pieces).toBeGreaterThan(5);
    expect(await bench.file(run, 'cxml')).toBe(await bench.file(whole, 'cxml'));
    expect((await bench.found(run)).issues).toEqual(whole.issues);
  });

  it('are made once by two processes that work at the same time', async () => {
    const whole = await bench.made(store, { full: true });
    const run = await bench.begin({ full: true });
    await Promise.all([bench.work(run, store, 600_000), bench.work(run, store, 600_000)]);
    expect(await bench.file(run, 'cif')).toBe(await bench.file(whole, 'cif'));
  });

  it('fail with a reason if the settings change meanwhile, and a store that fails ends nothing', async () => {
    const run = await bench.begin();
    const broken = { cataloguePage: () => Promise.reject(new Error('the shop is down')) };
    await expect(bench.work(run, broken)).rejects.toThrow('the shop is down');
    expect((await bench.found(run)).state).toBe('reading');
    await bench.save({ units: { EA: 'PCE' } });
    expect(await bench.work(run, store)).toBe(true);
    expect(await bench.found(run)).toMatchObject({ state: 'failed', reason: expect.stringContaining('settings') });
    await expect(bench.file(run, 'cif')).rejects.toThrow('deleted');
    const after = await bench.made(store);
    expect(after.incremental).toBe(false);
    await bench.save();
  });

  it('run one at a time, and the files of the newest three are kept', async () => {
    const run = await bench.begin();
    expect(await bench.indexes.begin({ tenantId: 'demo', by: 'test' }, 'erp')).toMatchObject({ ok: false });
    while (!(await bench.work(run, store, 600_000)));
    for (let nth = 0; nth < 3; nth += 1) await bench.made(store);
    expect(await bench.indexes.piece(run, 'cif')).toMatchObject({ ok: false, refusal: { code: 'RESOURCE_NOT_FOUND' } });
    expect(await bench.indexes.find(run)).toMatchObject({ ok: true });
    const [job] = await database().knex('job').where({ kind: 'write-index' }).limit(1);
    expect(job).toMatchObject({ tenant_id: 'demo', input: { connectionId: 'erp' } });
  });

  it('have the prices of the usual customer, with tax where the carts have it', async () => {
    const priceOf = async (settings: object): Promise<string | undefined> => {
      await bench.save(settings);
      const run = await bench.made(store);
      return READERS['cif']?.(await bench.file(run, 'cif')).find(({ id }) => id === 'GEN-0000007')?.price;
    };
    const customer = { store: { customer: { number: '10042' } } };
    // 95 % of 8.07, and 19 % tax of both.
    expect([await priceOf({}), await priceOf(customer)]).toEqual(['8.07', '7.67']);
    expect(Number(await priceOf({ prices: 'gross' }))).toBeCloseTo(8.07 * 1.19, 4);
    expect(Number(await priceOf({ prices: 'gross', ...customer }))).toBeCloseTo(7.67 * 1.19, 4);
    await bench.save();
  });

  it('a run whose job was given up ends when the next one begins, which reads everything', async () => {
    const abandoned = await bench.begin();
    const ofRun = { kind: 'write-index', input: { connectionId: 'erp', runId: abandoned.runId } };
    await database().knex('job').where(ofRun).update({ given_up_at: new Date() });
    const run = await bench.made(store);
    expect(await bench.found(abandoned)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('given up'),
    });
    expect([run.state, run.incremental]).toEqual(['done', false]);
  });

  it('leave out a second product with the same article number, and report texts that are repeated', async () => {
    const twins = {
      async cataloguePage() {
        const page = await store.cataloguePage({
          buyer: transmissionOf({
            tenantId: 'demo',
            connectionId: 'erp',
          }),
        });
        const [one] = page.products;
        if (one === undefined) throw new Error('no product');
        const as = (productKey: string, sku: string) => ({ ...one, line: { ...one.line, productKey, sku } });
        return { ...page, next: undefined, products: [as('k1', 'TWIN'), as('k2', 'TWIN'), as('k3', 'OTHER\0')] };
      },
    };
    const run = await bench.made(twins, { full: true });
    expect(READERS['cif']?.(await bench.file(run, 'cif')).map(({ id }) => id)).toEqual(['TWIN']);
    expect(run.issues).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'id_repeated', format: 'cif', count: 1, products: ['TWIN'], values: ['TWIN'] }),
        expect.objectContaining({ kind: 'text_repeated', count: 2 }),
        expect.objectContaining({ kind: 'id_characters', format: 'cif', count: 1 }),
      ]),
    );
  });

  it('find an article number that the mapping makes equal, in any piece and after a restart', async () => {
    const COUNT = 1_200;
    const lines = (await store.cataloguePage({ buyer: transmissionOf({ tenantId: 'demo', connectionId: 'erp' }) }))
      .products;
    const [one] = lines;
    if (one === undefined) throw new Error('no product');
    const shop = {
      cataloguePage: async () => ({
        currency: 'EUR',
        language: 'en',
        products: Array.from({ length: COUNT }, (_, nth) => {
          // Far away from each other in the order of the shop's numbers, and equal in the file.
          const number = nth === COUNT - 1 ? 'N-0' : `N-${nth}`;
          const sku = `S-${String(nth).padStart(5, '0')}`;
          return { ...one, line: { ...one.line, productKey: sku, sku, customFields: { number } } };
        }),
      }),
    };
    await bench.save({ mapping: { cxml: { SupplierPartID: { from: 'line.customFields.number' } } } });
    const run = await bench.begin({ full: true });
    // A turn for each piece, as after a restart.
    while (!(await bench.work(run, shop)));
    const { issues, items, state } = await bench.found(run);
    expect([state, items]).toEqual(['done', { cif: COUNT - 1, cxml: COUNT - 1 }]);
    const repeated = { kind: 'id_repeated', field: 'id', count: 1, products: ['S-01199'], values: ['N-0'] };
    expect(issues.filter(({ kind }) => kind === 'id_repeated')).toEqual(
      expect.arrayContaining([
        { ...repeated, format: 'cif' },
        { ...repeated, format: 'cxml' },
      ]),
    );
    expect(await database().knex('catalogue_emitted')).toEqual([]);
    await bench.save();
  });
});
