import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DemoStore } from '../../../src/adapters/stores/demo/demo-store.js';
import type { IndexRun } from '../../../src/domain/catalogue/catalogue-index.js';
import { READERS } from '../../adapters/index-encoder/read-index.js';
import { describeOnDatabases } from '../../contracts/databases.js';
import { indexBench } from './index-bench.js';

const ERP = { tenantId: 'demo', connectionId: 'erp' };
const OPERATOR = { tenantId: 'demo', by: 'test' };
/** The list price is 8.07; 10042 pays 95 % of it, 10043 87.5 %. */
const SKU = 'GEN-0000007';

describeOnDatabases('indexes for address ids of ShipTo', (database) => {
  let bench: Awaited<ReturnType<typeof indexBench>>;
  let store: DemoStore;
  beforeAll(async () => {
    bench = await indexBench(database());
    store = new DemoStore({ query: database().query, publicUrl: 'http://127.0.0.1:3000', generated: 20 });
  });
  beforeEach(async () => {
    for (const table of ['catalogue_run', 'catalogue_item', 'catalogue_schedule', 'index_push', 'job'])
      await database().knex(table).delete();
    await bench.save({ store: { shipTo: 'default' } });
    await bench.addresses.save({ ...ERP, addressId: '0100' }, { number: '10042' });
    await bench.addresses.save({ ...ERP, addressId: '0200' }, { number: '10043' });
    await bench.addresses.save({ ...ERP, addressId: '0300' }, undefined);
  });
  const made = (addressId?: string, full = false): Promise<IndexRun> =>
    bench.made(store, { formats: ['cif'], full, ...(addressId === undefined ? {} : { addressId }) });
  const priceIn = async (run: IndexRun): Promise<string | undefined> =>
    READERS['cif']?.(await bench.file(run, 'cif')).find(({ id }) => id === SKU)?.price;

  it('have the prices of its customer, and a run says whose', async () => {
    const runs = [await made(), await made('0100'), await made('0200'), await made('0300')];
    expect(await Promise.all(runs.map(priceIn))).toEqual(['8.07', '7.67', '7.06', '8.07']);
    expect(runs.map(({ addressId, customer }) => [addressId, customer])).toEqual([
      [undefined, undefined],
      ['0100', { number: '10042' }],
      ['0200', { number: '10043' }],
      ['0300', undefined],
    ]);
  });

  it('of an id for the usual customer are those of that one; a rule is for call-ups only', async () => {
    const rule = { extrinsic: { name: 'CostCenter', value: '4711' }, customer: { number: '10042' } };
    await bench.save({ store: { shipTo: 'refuse', customer: { number: '10043' }, customerRules: [rule] } });
    const runs = [await made(), await made('0100'), await made('0300')];
    expect(await Promise.all(runs.map(priceIn))).toEqual(['7.06', '7.67', '7.06']);
    expect(runs[0]?.customer).toEqual({ number: '10043' });
  });

  it('do not mix: each reads what changed since its own last run, and keeps its own files', async () => {
    const [usual, north] = [await made(), await made('0100')];
    const again = [await made(), await made('0100')];
    expect(again.map(({ incremental, read }) => [incremental, read])).toEqual([
      [true, 0],
      [true, 0],
    ]);
    for (let nth = 0; nth < 3; nth += 1) await made('0100');
    expect(await priceIn(usual)).toBe('8.07');
    await expect(bench.file(north, 'cif')).rejects.toThrow('deleted');
    expect(await bench.runs.newestFile(ERP, 'cif')).toMatchObject({ runId: again[0]?.runId });
    const files = await bench.runs.newestFiles('demo', 'erp');
    expect(files.map(({ addressId, format, runId }) => [addressId, format, runId])).toEqual([
      [undefined, 'cif', again[0]?.runId],
      ['0100', 'cif', 7],
    ]);
    // The bytes are the same since its own first file, not since that of the other customer.
    expect(files[0]?.digest).not.toBe(files[1]?.digest);
    expect(new Set((await bench.runs.list('demo', 'erp', { addressId: '0100' })).map((run) => run.addressId))).toEqual(
      new Set(['0100']),
    );
    expect((await bench.runs.list('demo', 'erp', {})).map(({ runId }) => runId)).toEqual([3, 1]);
  });

  it('keep the newest 20 reports of each id, however many others there are', async () => {
    const north = await made('0100');
    for (let nth = 0; nth < 22; nth += 1) await made();
    expect((await bench.runs.list('demo', 'erp')).map(({ addressId }) => addressId)).not.toContain('0100');
    expect(await priceIn(north)).toBe('7.67');
    expect(await bench.runs.list('demo', 'erp', {})).toHaveLength(20);
    expect(await database().knex('catalogue_run')).toHaveLength(21);
  }, 120_000);

  it('are refused for an id that a call-up would not find, with place, value and what to do', async () => {
    await bench.addresses.meet({ ...ERP, addressId: '0900', place: '' });
    for (const addressId of ['0900', 'nobody', '010', 'x'.repeat(300), '0100\0'])
      expect(await bench.indexes.begin(OPERATOR, 'erp', { addressId })).toMatchObject({
        ok: false,
        refusal: {
          code: 'INVALID_REQUEST',
          reason: expect.stringMatching(/^address_id is ".*", which the table of addresses of erp does not have: name/),
          details: { field: 'address_id' },
        },
      });
    await bench.save({});
    expect(await bench.indexes.begin(OPERATOR, 'erp', { addressId: '0100' })).toMatchObject({
      ok: false,
      refusal: {
        code: 'INVALID_REQUEST',
        reason: expect.stringMatching(/^address_id is "0100", but the connection erp ignores .* set store\.shipTo/),
      },
    });
    expect(await bench.runs.list('demo', 'erp')).toEqual([]);
  });

  it('fail with a reason if the customer of the id changes meanwhile; the next one reads everything', async () => {
    await made('0100');
    const run = await bench.begin({ addressId: '0100' });
    await bench.addresses.save({ ...ERP, addressId: '0100' }, { number: '10043' });
    expect(await bench.work(run, store)).toBe(true);
    expect(await bench.found(run)).toMatchObject({ state: 'failed', reason: expect.stringContaining('customer') });
    const after = await made('0100');
    expect([after.incremental, await priceIn(after)]).toEqual([false, '7.06']);
  });

  it('end with the id: no file, no catalogue and no push is left, and the same id begins anew', async () => {
    const [usual, north] = [await made(), await made('0100')];
    const push = { ...ERP, url: 'https://erp.example.com/', format: 'cif' } as const;
    await database()
      .knex('index_push')
      .insert([
        { tenant_id: 'demo', connection_id: 'erp', address_id: '0100', url: push.url, format: 'cif' },
        { tenant_id: 'demo', connection_id: 'erp', url: push.url, format: 'cif' },
      ]);
    const going = await bench.begin({ addressId: '0100' });
    expect(await bench.addresses.remove({ ...ERP, addressId: '0100' })).toBe(true);
    expect(await bench.work(going, store)).toBe(true);
    expect(await bench.found(going)).toMatchObject({ state: 'failed', reason: expect.stringContaining('"0100"') });
    await expect(bench.file(north, 'cif')).rejects.toThrow('deleted');
    expect(await bench.runs.newestFile({ ...ERP, addressId: '0100' }, 'cif')).toBeUndefined();
    expect((await bench.runs.newestFiles('demo', 'erp')).map(({ addressId }) => addressId)).toEqual([undefined]);
    expect(await database().knex('index_push')).toMatchObject([{ address_id: '' }]);
    const kept: { address_id: string }[] = await database().knex('catalogue_item');
    expect(new Set(kept.map(({ address_id: id }) => id))).toEqual(new Set(['']));
    expect(await priceIn(usual)).toBe('8.07');
    // The report stays for a while.
    expect(await bench.indexes.find(north)).toMatchObject({ ok: true, value: { state: 'done', addressId: '0100' } });
    await bench.addresses.save({ ...ERP, addressId: '0100' }, { number: '10042' });
    expect(await bench.runs.newestFile({ ...ERP, addressId: '0100' }, 'cif')).toBeUndefined();
    expect((await made('0100')).incremental).toBe(false);
  });

  it.each([
    [
      ['0200', '0100'],
      [undefined, '0100', '0200'],
    ],
    [['*'], [undefined, '0100', '0200', '0300']],
    [
      ['*', '0100'],
      [undefined, '0100', '0200', '0300'],
    ],
  ])('are made on a schedule for %j, one after the other', async (addresses, expected) => {
    const index = { every: 'day', hour: 3, formats: ['cif'], addresses };
    await bench.save({ store: { shipTo: 'default' }, index });
    const at = new Date('2026-12-02T04:00:00Z');
    for (let begun = await bench.beginDue(10, at); begun > 0; begun = await bench.beginDue(10, at)) {
      expect([begun, await bench.beginDue(10, at)]).toEqual([1, 0]);
      const [run] = await bench.runs.list('demo', 'erp');
      if (run !== undefined) while (!(await bench.work(run, store, 600_000)));
    }
    const runs = (await bench.runs.list('demo', 'erp')).toReversed();
    expect(runs.map(({ addressId, state }) => [addressId, state])).toEqual(expected.map((id) => [id, 'done']));
    expect(await bench.beginDue(10, new Date('2026-12-03T02:59:00Z'))).toBe(0);
    expect(await bench.beginDue(10, new Date('2026-12-03T03:00:00Z'))).toBe(1);
  });

  it('a scheduled id that is not in the table fails, and the report says what to do', async () => {
    const index = { every: 'day', hour: 3, formats: ['cif'], addresses: ['0900'] };
    await bench.save({ store: { shipTo: 'default' }, index });
    const at = new Date('2026-12-02T04:00:00Z');
    for (let begun = await bench.beginDue(10, at); begun > 0; begun = await bench.beginDue(10, at)) {
      const [run] = await bench.runs.list('demo', 'erp');
      if (run !== undefined) while (!(await bench.work(run, store, 600_000)));
    }
    expect(await bench.runs.list('demo', 'erp')).toMatchObject([
      { addressId: '0900', state: 'failed', reason: expect.stringContaining('"0900", which the table of addresses') },
      { state: 'done' },
    ]);
  });
});
