import { expect, it } from '@jest/globals';
import { READERS } from '../../adapters/index-encoder/read-index.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { askAdmin, send } from './admin-calls.js';

const OF = { connection: 'company-cxml' };

describeShop("the buyer's own lists", {}, (shop) => {
  const save = (list: string, body: object) => send(shop(), 'adminSaveCodeList', { params: { ...OF, list }, body });

  async function reportAndFile() {
    const begun = await askAdmin(shop(), 'adminBeginIndexRun', { params: OF, body: { formats: ['cif'], full: true } });
    const params = { ...OF, run: String(begun.json().data.run_id) };
    const worker = shop().connector.startWorker();
    const report = async () => (await askAdmin(shop(), 'adminGetIndexRun', { params })).json().data;
    await until(async () => (await report()).state === 'done');
    await worker.stop();
    const { text } = await send(shop(), 'adminGetIndexFile', { params: { ...params, format: 'cif' } });
    return { report: await report(), text, items: READERS['cif']?.(text) ?? [] };
  }

  it('are told against what is in the file, which they do not change', async () => {
    const before = await reportAndFile();
    expect(before.report.coverage).toEqual({ classification: null, unit: null });
    const units = new Set(before.items.map(({ unit }) => unit));
    const [first = '', ...others] = units;
    expect(others.length).toBeGreaterThan(0);
    expect((await save('unit', { codes: [` ${first} `, 'XYZ'] })).json().data.lists).toEqual({
      classification: 0,
      unit: 2,
    });
    await save('classification', { csv: 'code;name\n99999999;none' });

    const { report, text, items } = await reportAndFile();
    expect(text).toBe(before.text);
    const strangers = items.filter(({ unit }) => unit !== first);
    const matched = items.length - strangers.length;
    expect(report.coverage).toEqual({
      classification: { products: items.length, matched: 0, percent: 0 },
      unit: { products: items.length, matched, percent: Math.floor((matched * 1000) / items.length) / 10 },
    });
    const issueOf = (kind: string) => report.issues.find((issue: { kind: string }) => issue.kind === kind);
    expect(issueOf('unit_unknown')).toMatchObject({ severity: 'warning', field: 'unit', count: strangers.length });
    expect(issueOf('unit_unknown').products.toSorted()).toEqual(strangers.map(({ id }) => id).toSorted());
    expect(issueOf('code_unknown')).toMatchObject({ severity: 'warning', count: items.length });
    expect(issueOf('unit_uncommon')).toBeUndefined();
  });

  it('cover everything when the codes are added, and nothing is told of a list that is removed', async () => {
    const { items } = await reportAndFile();
    await save('unit', { codes: [...new Set(items.map(({ unit }) => unit))], add: true });
    await askAdmin(shop(), 'adminRemoveCodeList', { params: { ...OF, list: 'classification' } });
    const { report } = await reportAndFile();
    expect(report.coverage).toEqual({
      classification: null,
      unit: { products: items.length, matched: items.length, percent: 100 },
    });
    expect(report.issues.map(({ kind }: { kind: string }) => kind)).not.toContain('unit_unknown');
    expect(report.issues.map(({ kind }: { kind: string }) => kind)).not.toContain('code_unknown');
  });

  it('are refused as a whole, with the code that is none', async () => {
    for (const body of [
      { codes: ['EA', ' '] },
      { codes: ['EA', 'x'.repeat(101)] },
      { codes: ['EA', 'a\u0007'] },
      { csv: '["EA"' },
      { csv: 'code' },
      { codes: ['EA'], csv: 'EA' },
      { add: true },
    ]) {
      const refused = await save('unit', body);
      expect([body, refused.status]).toEqual([body, 400]);
    }
    expect((await save('unit', { codes: ['EA', ''] })).json().error.details.error).toContain('Code 2');
    expect((await save('colour', { codes: ['EA'] })).status).toBe(404);
    const lists = (await askAdmin(shop(), 'adminGetCodeLists', { params: OF })).json().data;
    expect(lists.lists.unit).toBeGreaterThan(1);
  });

  it('take tens of thousands of codes at once', async () => {
    const codes = Array.from({ length: 20_000 }, (_, nth) => String(10_000_000 + nth));
    expect((await save('classification', { csv: codes.join('\n') })).json().data.lists.classification).toBe(20_000);
    const more = codes.map((code) => code.replace('1', '2'));
    const all = await save('classification', { csv: [...more, codes[0]].join('\n'), add: true });
    expect(all.json().data.lists.classification).toBe(40_000);
  });
});
