import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { askAdmin, send } from './admin-calls.js';

interface Received {
  method: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const OF = { connection: 'company-cxml' };
const AUTHORIZATION = 'Bearer secret-of-the-buyer';

describeShop('an index is pushed', {}, (shop) => {
  const received: Received[] = [];
  let answer = (res: ServerResponse): unknown => res.writeHead(204).end();
  const buyer = createServer((req, res) => {
    const take = async (): Promise<void> => {
      received.push({ method: req.method ?? '', headers: req.headers, body: await text(req) });
      answer(res);
    };
    void take();
  });
  let url = '';
  let worker: { stop(): Promise<void> };
  beforeAll(async () => {
    await new Promise<void>((resolve) => buyer.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(buyer.address() as AddressInfo).port}/index?tenant=7`;
    worker = shop().connector.startWorker();
  });
  afterAll(async () => {
    await worker?.stop();
    buyer.closeAllConnections();
    buyer.close();
  });
  beforeEach(() => {
    received.length = 0;
    answer = (res) => res.writeHead(204).end();
  });

  const save = (body: object) =>
    send(shop(), 'adminSaveIndexPush', { params: OF, body: { url, format: 'cif', ...body } });
  const pushOf = async () => (await askAdmin(shop(), 'adminGetIndexPush', { params: OF })).json().data.push;
  const jobs = () => shop().knex('job').where({ kind: 'push-index' });

  async function makeIndex(formats = ['cif', 'cxml']): Promise<string> {
    const begun = await askAdmin(shop(), 'adminBeginIndexRun', { params: OF, body: { formats } });
    const run = String(begun.json().data.run_id);
    await until(async () => {
      const report = await askAdmin(shop(), 'adminGetIndexRun', { params: { ...OF, run } });
      return report.json().data.state === 'done';
    });
    return run;
  }
  const fileOf = async (run: string, format = 'cif') =>
    (await send(shop(), 'adminGetIndexFile', { params: { ...OF, run, format } })).text;
  const pushed = (run: string) => until(async () => (await pushOf()).pushed_run === Number(run));

  it('nowhere, until an address is saved', async () => {
    await makeIndex();
    expect([await pushOf(), (await jobs()).length]).toEqual([null, 0]);
  });

  it('whole, with type, name, length and the secret, and the message log has it', async () => {
    expect((await save({ authorization: AUTHORIZATION })).json().data.push).toMatchObject({ has_authorization: true });
    const run = await makeIndex();
    await pushed(run);
    const file = await fileOf(run);
    expect(received).toEqual([
      {
        method: 'POST',
        headers: expect.objectContaining({
          authorization: AUTHORIZATION,
          'content-length': String(Buffer.byteLength(file)),
          'content-disposition': 'attachment; filename="company-cxml.cif"',
        }),
        body: file,
      },
    ]);
    expect(await pushOf()).toMatchObject({ failed_at: null, last_error: null, pushed_at: expect.any(String) });
    await until(async () => {
      const rows = await shop().knex('message_log').where({ kind: 'Index', direction: 'out' });
      return rows.length === 1 && rows[0].connection_id === 'company-cxml' && !rows[0].content.includes('tenant=7');
    });
    expect(JSON.stringify(await shop().knex('index_push'))).not.toContain('secret-of-the-buyer');
    expect(JSON.stringify(await shop().knex('message_log'))).not.toContain('secret-of-the-buyer');
  });

  it('no more while its bytes are the same, and again when they change', async () => {
    const before = (await pushOf()).pushed_at;
    await pushed(await makeIndex());
    expect([received.length, (await pushOf()).pushed_at]).toEqual([0, before]);
    await shop().store.importProducts('demo', '44444444-4444-4444-8444-444444444444', [
      { id: 'PUSH-1', title: 'New', price: '1.00', currency: 'EUR', unit: 'EA' },
    ]);
    await pushed(await makeIndex());
    expect(received.map(({ body }) => body.includes('PUSH-1'))).toEqual([true]);
  });

  it('not by a run without its format', async () => {
    await makeIndex(['cxml']);
    await until(async () => (await jobs()).length === 0);
    expect(received).toEqual([]);
  });

  it('again after it has failed, until it is taken; a redirect is no success', async () => {
    // The same address with another format gets its file.
    await save({ format: 'cxml' });
    answer = (res) => res.writeHead(received.length === 1 ? 302 : 500, { location: url }).end('no');
    const run = await makeIndex();
    await until(async () => (await pushOf()).last_error === 'POST was answered with status 302');
    expect([received.length, await pushOf()]).toEqual([1, expect.objectContaining({ pushed_run: expect.any(Number) })]);
    await until(async () => ((await jobs().whereNull('lease'))[0] ?? {}).last_error !== undefined);
    await jobs().update({ due_at: new Date(0) });
    await until(async () => (await pushOf()).last_error === 'POST was answered with status 500');
    answer = (res) => res.writeHead(200).end();
    await until(async () => (await jobs().whereNull('lease')).length === 1);
    await jobs().update({ due_at: new Date(0) });
    await pushed(run);
    expect(received.at(-1)).toMatchObject({
      body: await fileOf(run, 'cxml'),
      headers: { authorization: AUTHORIZATION },
    });
    expect(await pushOf()).toMatchObject({ last_error: null, failed_at: null });
  });

  it('to another address without the secret of the first, and with none where it is taken back', async () => {
    expect((await save({ url: `${url}&x=1` })).json().data.push.has_authorization).toBe(false);
    await save({ authorization: AUTHORIZATION });
    expect((await save({})).json().data.push.has_authorization).toBe(true);
    expect((await save({ authorization: null })).json().data.push.has_authorization).toBe(false);
    await pushed(await makeIndex());
    expect(received[0]?.headers.authorization).toBeUndefined();
  });

  it('to no address that is not public, and with no broken header', async () => {
    for (const wrong of ['https://10.0.0.1/x', 'https://u:p@erp.example.com/', 'ftp://erp.example.com/', 'x']) {
      const refused = await save({ url: wrong });
      expect([wrong, refused.status, refused.json().error.details.field]).toEqual([wrong, 400, 'url']);
    }
    const broken = await save({ authorization: 'Bearer x\r\nX-Other: 1' });
    expect([broken.status, broken.json().error.details.field]).toEqual([400, 'authorization']);
  });

  it('no more after the address was removed', async () => {
    await askAdmin(shop(), 'adminRemoveIndexPush', { params: OF });
    expect((await askAdmin(shop(), 'adminRemoveIndexPush', { params: OF })).status).toBe(404);
    await makeIndex();
    expect([received.length, await pushOf(), (await jobs()).length]).toEqual([0, null, 0]);
    const told: string[] = await shop().knex('audit').where('event', 'like', 'index-push-%').pluck('event');
    expect(new Set(told)).toEqual(new Set(['index-push-saved', 'index-push-removed']));
  });
});
