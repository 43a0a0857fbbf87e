import { beforeAll, expect, it } from '@jest/globals';
import { READERS } from '../../adapters/index-encoder/read-index.js';
import { describeShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';
import { until } from '../../support/until.js';
import { askAdmin, send } from '../admin/admin-calls.js';
import { openBuy, openBuyToken } from '../open-buy/open-buy-calls.js';
import { addOperators, emailOf, type Operating, OWN_FORM, signedIn } from './console-visitor.js';

const PAGE = '/connections/company-cxml/indexes';
const SECRET = 'secret-of-the-buyer';

describeShop('indexes of a connection in the console', {}, (shop) => {
  let engineer: Operating;
  let viewer: Operating;
  beforeAll(async () => {
    await addOperators(shop());
    engineer = await signedIn(shop(), emailOf('engineer'));
    viewer = await signedIn(shop(), emailOf('viewer'));
  });

  /** Posts a form in which several formats are ticked. */
  async function make(formats: readonly string[], read = 'incremental'): Promise<Answer> {
    const ticked = formats.map((format) => `&formats=${format}`).join('');
    const body = `form_token=${engineer.formToken}&read=${read}${ticked}`;
    return engineer.browser.post(`/console${PAGE}`, body, OWN_FORM);
  }
  const runs = () => shop().knex('catalogue_run').where({ connection_id: 'company-cxml' }).orderBy('run_id');

  async function worked(): Promise<void> {
    const worker = shop().connector.startWorker();
    await until(async () => (await runs()).every(({ state }) => state === 'done' || state === 'failed'));
    await worker.stop();
  }

  it('the page of a connection leads to them; without a run it says what to do', async () => {
    expect((await viewer.get('/connections/company-cxml')).text).toContain(`/console${PAGE}"`);
    const { text } = await viewer.get(PAGE);
    expect(text).toContain('No file yet');
    expect(text).toContain('No run yet');
    expect(text).toContain('No index is made by itself.');
    expect(text).not.toContain('name="formats"');
    const form = (await engineer.get(PAGE)).text;
    expect(form).toMatch(/<input type="checkbox" name="formats" value="cxml" checked/);
  });

  it('an engineer begins a run of the ticked formats, once at a time', async () => {
    expect((await make([])).status).toBe(400);
    expect((await make(['nonsense'])).text).toContain('Choose at least one format.');
    expect(await runs()).toEqual([]);
    const begun = await make(['cif', 'cxml', 'cif']);
    expect([begun.status, begun.location]).toEqual([303, `${shop().url}/console${PAGE}?done=1`]);
    const [run] = await runs();
    expect(run).toMatchObject({
      formats: ['cif', 'cxml'],
      started_by: `operator:${emailOf('engineer')}`,
    });
    const audited: { actor: string }[] = await shop().knex('audit').where({ event: 'index-begun' });
    expect(audited.map(({ actor }) => actor)).toEqual([`operator:${emailOf('engineer')}`]);
    const { text } = await engineer.get(`${PAGE}?done=1`);
    expect(text).toContain('The run has begun.');
    expect(text).toContain('Run 1 is being made; products so far: 0.');
    const refused = await make(['cif']);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('An index of this connection is being made: wait until it is done.');
  });

  it('its files have their names, are whole, and are for viewers too', async () => {
    await worked();
    const { text } = await viewer.get(PAGE);
    expect(text).toContain('CIF 3.0 (SAP Ariba)');
    expect(text).toContain(emailOf('engineer'));
    const [, address = ''] = /href="([^"]*\/files\/cif)"/.exec(text) ?? [];
    const file = await viewer.browser.get(new URL(address, shop().url).href);
    expect(file).toMatchObject({
      status: 200,
      headers: {
        'content-disposition': 'attachment; filename="company-cxml-1.cif"',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
    expect(READERS['cif']?.(file.text).length).toBeGreaterThan(50);
    const xml = await viewer.get(`${PAGE}/files/cxml`);
    expect(xml.headers['content-disposition']).toBe('attachment; filename="company-cxml-1.xml"');
    for (const format of ['oci', 'nonsense', '__proto__'])
      expect((await viewer.get(`${PAGE}/files/${format}`)).status).toBe(404);
  });

  it('a run reads what changed, or everything', async () => {
    await make(['cif']);
    await worked();
    await make(['cif'], 'full');
    await worked();
    expect((await runs()).map(({ since }) => since !== null)).toEqual([false, true, false]);
    const { headers } = await viewer.get(`${PAGE}/files/cif`);
    expect(headers['content-disposition']).toBe('attachment; filename="company-cxml-3.cif"');
    const older = await viewer.get(`${PAGE}/files/cxml`);
    expect(older.headers['content-disposition']).toBe('attachment; filename="company-cxml-1.xml"');
  });

  it('the report groups what was found, with products and remedy, and tells the coverage', async () => {
    const codes = { params: { connection: 'company-cxml', list: 'unit' }, body: { codes: ['XXX'] } };
    await send(shop(), 'adminSaveCodeList', codes);
    await shop().store.importProducts('demo', '33333333-3333-4333-8333-333333333333', [
      { id: 'BAD <1>', title: 'No unit', price: '1.00', currency: 'EUR', unit: 'no unit' },
    ]);
    await make(['cif'], 'full');
    await worked();
    const { text } = await viewer.get(`${PAGE}/4`);
    expect(text).toContain('Index 4 of ');
    expect(text).toContain('The unit is no UN/CEFACT code.');
    expect(text).toContain('Map it in &quot;units&quot; of the settings, such as piece to C62.');
    expect(text).toContain('BAD &lt;1>');
    expect(text).toMatch(/0 %: 0 of \d+ products/);
    expect(text).toContain('The buyer has no such list.');
    for (const run of ['0', '99', 'x', '1e1', '01']) expect((await viewer.get(`${PAGE}/${run}`)).status).toBe(404);
    expect((await viewer.get(PAGE)).text).toMatch(/Units<\/dt><dd>codes: 1</);
  });

  it('the schedule is a sentence, in the language of the operator', async () => {
    const connections = shop().connector.directory.connections;
    const entry = await connections.entry('demo', 'company-cxml');
    const index = { every: 'week', weekday: 'sunday', hour: 22, formats: ['cif'] } as const;
    await connections.save({ ...entry!, settings: { ...entry!.settings, index: { ...index, formats: ['cif'] } } });
    await until(async () => (await viewer.get(PAGE)).text.includes('Every Sunday at 22:00 UTC: CIF 3.0 (SAP Ariba).'));
    const german = await viewer.browser.get(`/console${PAGE}`, { 'accept-language': 'de' });
    expect(german.text).toContain('Jeden Sonntag um 22:00 Uhr UTC: CIF 3.0 (SAP Ariba).');
    expect(german.text).toContain('/connections/company-cxml/settings#f-index.every"');
    const settings = await viewer.get('/connections/company-cxml/settings');
    expect(settings.text).toContain('id="f-index.every"');
  });

  it('the push says what became of it, and no secret of its address', async () => {
    const url = 'https://erp.example.com/catalogues?token=very-secret';
    const body = { url, format: 'cif', authorization: `Bearer ${SECRET}` };
    await send(shop(), 'adminSaveIndexPush', { params: { connection: 'company-cxml' }, body });
    const before = (await engineer.get(PAGE)).text;
    expect(before).toContain('https://erp.example.com/catalogues?…');
    expect(before).toContain('none yet');
    expect(before).toContain('after the next run');
    await shop().knex('index_push').update({ failed_at: new Date(), last_error: 'answered with status 503' });
    await shop()
      .knex('job')
      .insert({
        tenant_id: 'demo',
        kind: 'push-index',
        input: JSON.stringify({ connectionId: 'company-cxml', runId: 4 }),
        due_at: new Date(Date.now() + 600_000),
      });
    const failing = (await engineer.get(PAGE)).text;
    expect(failing).toContain('answered with status 503');
    expect(failing).toMatch(/Next attempt<\/dt><dd><time[^>]*>in \d+ minutes</);
    await shop().knex('job').where({ kind: 'push-index' }).update({ due_at: 'infinity', given_up_at: new Date() });
    expect((await engineer.get(PAGE)).text).toContain('it has failed for three days');
    for (const text of [before, failing, shop().logged.join('\n')]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain('very-secret');
    }
  });

  it('a disabled connection keeps its files, for operators', async () => {
    await shop().connector.directory.connections.setDisabled('demo', 'company-cxml', true);
    expect((await viewer.get(`${PAGE}/files/cif`)).status).toBe(200);
    await shop().connector.directory.connections.setDisabled('demo', 'company-cxml', false);
  });

  it('the page has what Coupa needs for Open Buy, and leads to its key', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    const { text } = await owner.get(PAGE);
    const [, base = ''] = /Base address<\/dt><dd><code>([^<]+)</.exec(text) ?? [];
    expect(base).toBe(`${shop().url}/open-buy`);
    const [, address = ''] = /href="([^"]*\/access\?kind=open-buy[^"]*)"/.exec(text) ?? [];
    const form = (await owner.browser.get(new URL(address.replaceAll('&amp;', '&'), shop().url).href)).text;
    expect(form).toMatch(/<option value="open-buy" selected/);
    const wish = { name: 'Coupa', kind: 'open-buy', connection: 'company-cxml' };
    const key =
      /<code class="secret">(pk_[\w-]+)<\/code>/.exec((await owner.post('/access/keys', wish)).text)?.[1] ?? '';
    expect((await openBuy(shop(), 'search', { query: 'SKU-001' }, await openBuyToken(shop(), key))).status).toBe(200);
  });

  it('an owner is led to Access, and makes the key that fetches them', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    expect(await shop().knex('api_key').whereRaw(`'index' = any(scopes)`)).toEqual([]);
    expect((await engineer.get(PAGE)).text).toContain('An owner makes it in Access.');
    const { text } = await owner.get(PAGE);
    const [, address = ''] = /href="([^"]*\/access\?[^"]*)"/.exec(text) ?? [];
    const form = (await owner.browser.get(new URL(address.replaceAll('&amp;', '&'), shop().url).href)).text;
    expect(form).toMatch(/<option value="index" selected/);
    expect(form).toMatch(/name="connection"[^>]*value="company-cxml"/);
    const wish = { name: 'Big Buyer', kind: 'index', connection: 'company-cxml' };
    const made = await owner.post('/access/keys', wish);
    const key = /<code class="secret">(pk_[\w-]+)<\/code>/.exec(made.text)?.[1] ?? '';
    const fetched = await shop()
      .browser()
      .get('/v1/punchout/indexes/company-cxml/cif', { authorization: `Bearer ${key}` });
    expect([made.status, fetched.status]).toEqual([200, 200]);
    expect((await askAdmin(shop(), 'adminListKeys')).text).toContain('Big Buyer');
    for (const wrong of [
      { ...wish, connection: '' },
      { ...wish, connection: 'nobody' },
      { ...wish, kind: 'read' },
    ])
      expect((await owner.post('/access/keys', wrong)).status).toBe(400);
  });
});
