import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import { READERS } from '../../adapters/index-encoder/read-index.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { askAdmin } from '../admin/admin-calls.js';

const CIF = '/v1/punchout/indexes/company-cxml/cif';

describeShop("the buyer's system fetches its index", {}, (shop) => {
  const keys = { cxml: '', oci: '' };
  const fetched = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    shop()
      .browser()
      .send(path, { method, headers: { authorization: `Bearer ${keys.cxml}`, ...headers } });
  const madeKey = async (body: object) => (await askAdmin(shop(), 'adminCreateKey', { body })).json();

  async function makeIndex(): Promise<number> {
    const params = { connection: 'company-cxml' };
    const body = { formats: ['cxml', 'cif'] };
    const { run_id: run } = (await askAdmin(shop(), 'adminBeginIndexRun', { params, body })).json().data;
    const worker = shop().connector.startWorker();
    await until(async () => {
      const report = await askAdmin(shop(), 'adminGetIndexRun', { params: { ...params, run: String(run) } });
      return report.json().data.state === 'done';
    });
    await worker.stop();
    return run;
  }

  beforeAll(async () => {
    for (const protocol of ['cxml', 'oci'] as const) {
      const wish = { name: 'Buyer', scopes: ['index'], connection: `company-${protocol}` };
      keys[protocol] = (await madeKey(wish)).data.key;
    }
  });

  it('and gets 404 before there is one', async () => {
    expect((await fetched(CIF)).status).toBe(404);
  });

  it('whole, with a name and a type, by a bearer key or Basic', async () => {
    await makeIndex();
    const file = await fetched(CIF);
    expect(file).toMatchObject({
      status: 200,
      headers: {
        'content-type': expect.stringContaining('text/'),
        'content-disposition': 'attachment; filename="company-cxml.cif"',
        'cache-control': 'private, no-cache',
        etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
      },
    });
    expect(READERS['cif']?.(file.text).length).toBeGreaterThan(50);
    const basic = Buffer.from(`whoever:${keys.cxml}`).toString('base64');
    expect((await fetched(CIF, { authorization: `Basic ${basic}` })).text).toBe(file.text);
    const xml = await fetched('/v1/punchout/indexes/company-cxml/cxml');
    expect(xml.headers['content-disposition']).toBe('attachment; filename="company-cxml.xml"');
    expect(READERS['cxml']?.(xml.text).length).toBeGreaterThan(50);
  });

  it('once, as long as nothing changes: a new run with the same bytes has the same ETag and time', async () => {
    const first = await fetched(CIF);
    const { etag = '', 'last-modified': modified = '' } = first.headers;
    expect(Math.abs(Date.now() - Date.parse(modified))).toBeLessThan(300_000);
    await makeIndex();
    const again = await fetched(CIF, { 'if-none-match': etag });
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
    expect((await fetched(CIF, { 'if-none-match': `W/${etag}` })).status).toBe(304);
    expect((await fetched(CIF, { 'if-modified-since': modified })).status).toBe(304);
    expect((await fetched(CIF, { 'if-none-match': '"other"' })).text).toBe(first.text);

    await shop().store.importProducts('demo', '33333333-3333-4333-8333-333333333333', [
      { id: 'NEW-1', title: 'New', price: '1.00', currency: 'EUR', unit: 'EA' },
    ]);
    await makeIndex();
    const changed = await fetched(CIF, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(etag);
    expect(changed.text).toContain('NEW-1');
  });

  it('by HEAD without the file', async () => {
    const head = await fetched(CIF, {}, 'HEAD');
    const { etag, 'last-modified': modified } = (await fetched(CIF)).headers;
    expect([head.status, head.text, head.headers.etag, head.headers['last-modified']]).toEqual([
      200,
      '',
      etag,
      modified,
    ]);
    expect((await fetched(CIF, { 'if-none-match': etag ?? '' }, 'HEAD')).status).toBe(304);
  });

  it('of no other connection, and with no other key', async () => {
    expect((await fetched('/v1/punchout/indexes/company-oci/oci')).status).toBe(404);
    expect((await fetched(CIF, { authorization: `Bearer ${keys.oci}` })).status).toBe(404);
    const wrong = await fetched(CIF, { authorization: 'Bearer wrong' });
    expect([wrong.status, wrong.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Basic realm=')]);
    for (const authorization of ['Bearer demo-api-key', 'Bearer demo-admin-key', 'Basic eA==', ''])
      expect((await fetched(CIF, { authorization })).status).toBe(401);
    expect((await fetched(`${CIF}?key=${keys.cxml}`, { authorization: '' })).status).toBe(401);
    const elsewhere = await fetched('/v1/punchout/sessions');
    expect([elsewhere.status, (await fetched('/v1/admin/tenant')).status]).toEqual([401, 401]);
  });

  it('no more after its key was revoked, which the log of refusals tells', async () => {
    const made = (await madeKey({ name: 'Old', scopes: ['index'], connection: 'company-cxml' })).data;
    const authorization = `Bearer ${made.key}`;
    expect((await fetched(CIF, { authorization })).status).toBe(200);
    const rotated = await askAdmin(shop(), 'adminRotateKey', { params: { key: made.key_id }, body: { grace_days: 1 } });
    expect(rotated.json().data).toMatchObject({ scopes: ['index'], connection: 'company-cxml' });
    const fresh = { authorization: `Bearer ${rotated.json().data.key}` };
    expect((await fetched(CIF, fresh)).status).toBe(200);
    await askAdmin(shop(), 'adminRevokeKey', { params: { key: made.key_id } });
    const refused = await fetched(CIF, { authorization });
    expect(refused.status).toBe(401);
    const reference = refused.headers['x-request-id'];
    await until(async () => {
      const rows = await shop().knex('message_log').where({ reference });
      return rows.length === 1 && rows[0].kind === 'Index' && !JSON.stringify(rows).includes(made.key);
    });
  });

  it('only with a key that names one connection, and is for nothing else', async () => {
    const wish = { name: 'K', scopes: ['index'] };
    for (const body of [wish, { ...wish, scopes: ['read'], connection: 'company-cxml' }])
      expect(await madeKey(body)).toMatchObject({
        error: { code: 'INVALID_REQUEST', details: { field: 'connection' } },
      });
    expect(await madeKey({ ...wish, scopes: ['index', 'read'], connection: 'company-cxml' })).toMatchObject({
      error: { code: 'INVALID_REQUEST', details: { field: 'scopes' } },
    });
    expect(await madeKey({ ...wish, connection: 'company-cxm' })).toMatchObject({
      error: { code: 'INVALID_REQUEST', details: { error: expect.stringContaining('did you mean company-cxml?') } },
    });
  });

  it('no more after its connection was removed, also if there is another one of that name', async () => {
    const onboard = () => shop().onboard({ connectionId: 'gone' });
    await onboard();
    const { key } = (await madeKey({ name: 'K', scopes: ['index'], connection: 'gone' })).data;
    const path = '/v1/punchout/indexes/gone/cif';
    expect((await fetched(path, { authorization: `Bearer ${key}` })).status).toBe(404);
    await askAdmin(shop(), 'adminRemoveConnection', { params: { connection: 'gone' } });
    await onboard();
    expect((await fetched(path, { authorization: `Bearer ${key}` })).status).toBe(401);
  });

  it('and its digest is that of the pieces of the file', async () => {
    const run = await makeIndex();
    const pieces: string[] = await shop()
      .knex('catalogue_piece')
      .where({ connection_id: 'company-cxml', run_id: run, format: 'cif' })
      .orderBy('piece')
      .pluck('content');
    const ofPieces = Buffer.concat(pieces.map((text) => createHash('sha256').update(text).digest()));
    expect((await fetched(CIF)).headers.etag).toBe(`"${createHash('sha256').update(ofPieces).digest('hex')}"`);
  });

  it('not while the connection is disabled', async () => {
    await shop().knex('connection').where({ connection_id: 'company-cxml' }).update({ disabled_at: new Date() });
    await until(async () => (await fetched(CIF)).status === 404);
  });
});
