import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { catalogueCommand } from '../../../src/commands/catalogue/catalogue-command.js';
import { PunchFlowClient } from '../../../src/client/punchflow-client.js';
import type { IndexWish } from '../../../src/client/index-types.js';
import { READERS } from '../../adapters/index-encoder/read-index.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { addOperators, emailOf, OWN_FORM, signedIn } from '../console/console-visitor.js';

const ERP = 'company-cxml';
const SKU = 'SKU-001';
/** 499.99 in the list; 95 % for 10042, 87.5 % for 10043. */
const PRICES = { usual: '499.99', '0100': '474.99', 'Süd / 2': '437.49' };

describeShop('indexes for the address ids of a buying organisation', {}, (shop) => {
  let admin: PunchFlowClient['admin'];
  let worker: { stop(): Promise<void> };
  const received: { name: string; price: string | undefined; authorization: string | undefined }[] = [];
  const priceIn = (file: string): string | undefined => READERS['cif']?.(file).find(({ id }) => id === SKU)?.price;
  const take = async (req: IncomingMessage): Promise<void> => {
    const { authorization, 'content-disposition': name = '' } = req.headers;
    received.push({ name, price: priceIn(await text(req)), authorization });
  };
  const buyer = createServer((req, res) => void take(req).then(() => res.writeHead(204).end()));
  let url = '';

  beforeAll(async () => {
    ({ admin } = new PunchFlowClient('demo-admin-key', { baseUrl: shop().url, language: 'en' }));
    await admin.changeConnection(ERP, '*', { settings: { store: { shipTo: 'refuse' } } });
    await admin.saveAddresses(ERP, [
      { addressId: '0100', customer: { number: '10042' } },
      { addressId: 'Süd / 2', customer: { number: '10043' } },
    ]);
    await new Promise<void>((resolve) => buyer.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(buyer.address() as AddressInfo).port}/index`;
    worker = shop().connector.startWorker();
  });
  afterAll(async () => {
    await worker?.stop();
    buyer.closeAllConnections();
    buyer.close();
  });

  async function made(wish: IndexWish = {}): Promise<number> {
    const { runId } = await admin.beginIndexRun(ERP, { formats: ['cif'], ...wish });
    await until(async () => !['reading', 'writing'].includes((await admin.getIndexRun(ERP, runId)).state));
    expect(await admin.getIndexRun(ERP, runId)).toMatchObject({ state: 'done', reason: null });
    return runId;
  }
  async function run(...args: string[]): Promise<string> {
    const lines: string[] = [];
    const command = catalogueCommand({
      directory: (act) => act({ ...shop().connector.directory, migrated: [] } as never),
      print: (line) => void lines.push(line),
      readText: async () => '',
    }).exitOverride();
    await command.parseAsync(args, { from: 'user' }).catch((error: Error) => lines.push(error.message));
    return lines.join('\n');
  }

  it('the admin API makes one, and says whose prices it has, in the list and in the report', async () => {
    const runs = [await made(), await made({ addressId: '0100' }), await made({ addressId: 'Süd / 2' })];
    expect(
      (await admin.listIndexRuns(ERP)).map(({ runId, addressId, customer }) => [runId, addressId, customer]),
    ).toEqual([
      [runs[2], 'Süd / 2', { number: '10043' }],
      [runs[1], '0100', { number: '10042' }],
      [runs[0], null, null],
    ]);
    expect((await admin.listIndexRuns(ERP, { addressId: '0100' })).map(({ runId }) => runId)).toEqual([runs[1]]);
    expect((await admin.listIndexRuns(ERP, { addressId: '' })).map(({ runId }) => runId)).toEqual([runs[0]]);
    expect(await admin.getIndexRun(ERP, runs[1] ?? 0)).toMatchObject({ addressId: '0100' });
    for (const [nth, price] of Object.values(PRICES).entries()) {
      let file = '';
      for await (const piece of admin.readIndexFile(ERP, runs[nth] ?? 0, 'cif')) file += piece;
      expect(priceIn(file)).toBe(price);
    }
  });

  it('an id that is not in the table is refused with place, value and what to do', async () => {
    const refused = {
      code: 'INVALID_REQUEST',
      status: 400,
      details: {
        field: 'address_id',
        error: expect.stringMatching(
          /^address_id is "0900", which the table of addresses of company-cxml does not have: name its customer/,
        ),
      },
    };
    await expect(admin.beginIndexRun(ERP, { addressId: '0900' })).rejects.toMatchObject(refused);
    await expect(admin.listIndexRuns(ERP, { addressId: '0900' })).rejects.toMatchObject(refused);
    await expect(admin.removeIndexPush(ERP, '0900')).rejects.toMatchObject(refused);
    const push = { url, format: 'cif', addressId: '0900' } as const;
    await expect(admin.saveIndexPush(ERP, push)).rejects.toMatchObject(refused);
    expect(await run('run', 'demo', ERP, '--address', '0900')).toContain('address_id is "0900"');
  });

  it("the buyer's system fetches that of its address, under its name, and no other's", async () => {
    const { key } = await admin.createKey({ name: 'Buyer', scopes: ['index'], connection: ERP });
    const fetched = (query: string) =>
      shop()
        .browser()
        .get(`/v1/punchout/indexes/${ERP}/cif${query}`, { authorization: `Bearer ${key}` });
    const files = [
      await fetched(''),
      await fetched('?address_id=0100'),
      await fetched(`?${new URLSearchParams({ address_id: 'Süd / 2' }).toString()}`),
    ];
    expect(files.map(({ text: file }) => priceIn(file))).toEqual(Object.values(PRICES));
    expect(files.map(({ headers }) => headers['content-disposition'])).toEqual([
      'attachment; filename="company-cxml.cif"',
      'attachment; filename="company-cxml-0100.cif"',
      'attachment; filename="company-cxml-S_d_2.cif"',
    ]);
    expect(new Set(files.map(({ headers }) => headers.etag)).size).toBe(3);
    expect((await fetched('?address_id=0900')).status).toBe(404);
    expect((await fetched('?address_id=%00')).status).toBe(404);
    for (const query of ['?address_id=', '?address_id=0100&address_id=0200'])
      expect((await fetched(query)).status).toBe(400);
    const [of0100] = await admin.listIndexRuns(ERP, { addressId: '0100' });
    const file = await shop().browser().get(`/v1/admin/connections/${ERP}/indexes/${of0100?.runId}/files/cif`, {
      authorization: 'Bearer demo-admin-key',
      accept: 'application/octet-stream',
    });
    expect(file.headers['content-disposition']).toBe(`attachment; filename="${ERP}-0100-${of0100?.runId}.cif"`);
  });

  it('each is pushed to its own address, with its own secret', async () => {
    await admin.saveIndexPush(ERP, { url, format: 'cif', authorization: 'Bearer usual' });
    await admin.saveIndexPush(ERP, { url, format: 'cif', addressId: '0100', authorization: 'Bearer north' });
    await made({ addressId: 'Süd / 2' });
    const [usual, north] = [await made(), await made({ addressId: '0100' })];
    await until(async () => (await admin.listIndexPushes(ERP)).every(({ pushedAt }) => pushedAt !== null));
    expect(received.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'attachment; filename="company-cxml-0100.cif"', price: '474.99', authorization: 'Bearer north' },
      { name: 'attachment; filename="company-cxml.cif"', price: '499.99', authorization: 'Bearer usual' },
    ]);
    expect((await admin.listIndexPushes(ERP)).map(({ addressId, pushedRun }) => [addressId, pushedRun])).toEqual([
      [null, usual],
      ['0100', north],
    ]);
    expect(await admin.getIndexPush(ERP, '0100')).toMatchObject({ addressId: '0100', hasAuthorization: true });
    expect(await run('push', 'show', 'demo', ERP)).toMatch(
      new RegExp(`cif to http.*\\n.*run ${usual}\\ncif of the address id 0100 to http.*\\n.*run ${north}$`),
    );
    await until(async () => (await shop().knex('message_log').whereLike('content', '%address id 0100%')).length === 1);
    expect(await admin.removeIndexPush(ERP, '0100')).toEqual({ removed: true });
    expect((await admin.listIndexPushes(ERP)).map(({ addressId }) => addressId)).toEqual([null]);
  });

  it('the command line makes one and names it', async () => {
    expect(await run('run', 'demo', ERP, '--format', 'cif', '--address', '0100')).toContain('prices of 0100: 10042');
    await until(async () => (await admin.listIndexRuns(ERP))[0]?.state === 'done');
    expect(await run('list', 'demo', ERP)).toMatch(/PRICES OF[\s\S]*0100: 10042/);
    expect(await run('push', 'set', 'demo', ERP, 'cif', 'https://erp.example.com/x', '--address', '0100')).toBe(
      'The next run for the address id 0100 pushes its cif to https://erp.example.com/x.',
    );
    expect(await run('push', 'remove', 'demo', ERP, '--address', '0100')).toContain('for the address id 0100');
  });

  it('the console offers the ids of the table, makes one, and names it in lists and files', async () => {
    await addOperators(shop());
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const page = `/connections/${ERP}/indexes`;
    const before = (await engineer.get(page)).text;
    expect(before).toMatch(/<select[^>]*name="address"[\s\S]*<option value selected>usual customer<[\s\S]*>Süd \/ 2</);
    const form = { form_token: engineer.formToken, read: 'incremental', formats: 'cif' };
    const post = (address: string) =>
      engineer.browser.post(`/console${page}`, new URLSearchParams({ ...form, address }).toString(), OWN_FORM);
    const refused = await post('0900');
    expect([refused.status, refused.text.includes('address_id is &quot;0900&quot;')]).toEqual([400, true]);
    expect((await post('Süd / 2')).status).toBe(303);
    await until(async () => (await admin.listIndexRuns(ERP))[0]?.state === 'done');
    const { text: after } = await engineer.get(page);
    expect(after).toContain('address id Süd / 2, customer 10043');
    const [, address = ''] = /href="([^"]*files\/cif\?address=S[^"]*)"/.exec(after) ?? [];
    const file = await engineer.browser.get(new URL(address, shop().url).href);
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="company-cxml-S_d_2-\d+\.cif"$/);
    expect(priceIn(file.text)).toBe('437.49');
    expect((await engineer.get(`${page}/files/cif?address=0900`)).status).toBe(404);
    const report = await engineer.get(
      /href="[^"]*\/console(\/connections\/[^"]*indexes\/\d+)"[\s\S]{0,300}Süd/.exec(after)?.[1] ?? '',
    );
    expect(report.text).toContain('address id Süd / 2, customer 10043');
    // Of a long table an id is typed.
    const many = Array.from({ length: 250 }, (_, nth) => ({ addressId: `plant-${nth}`, customer: null }));
    await admin.saveAddresses(ERP, many);
    expect((await engineer.get(page)).text).toMatch(/<input[^>]*name="address" type="text"/);
    expect((await post('plant-249')).status).toBe(303);
  });
});
