import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import { describeShop } from '../../support/running-shop.js';
import { askAdmin } from '../admin/admin-calls.js';
import type { Json } from '../gateway/api/api-calls.js';
import { type Operating, addOperators, emailOf, signedIn } from './console-visitor.js';

interface Repositories {
  hooks: {
    add: (...wish: unknown[]) => Promise<{ hookId: string }>;
    take: (limit: number, leaseSeconds: number) => Promise<{ hookId: string; lease: string }[]>;
    next: (...wish: unknown[]) => Promise<unknown>;
  };
  feeds: { save: (...wish: unknown[]) => Promise<object> };
}

describeShop('deliveries in the console', {}, (shop) => {
  const repositories = (): Repositories => shop().connector.directory as unknown as Repositories;
  const hook = async (hookId: string): Promise<Json> =>
    (await askAdmin(shop(), 'adminListHooks')).json().data.hooks.find((one: Json) => one.hook_id === hookId);
  const done = (operating: Operating, path: string, fields: Record<string, string> = {}): Promise<string> =>
    operating.post(path, fields).then(({ status, location }) => `${status} ${new URL(location).search}`);

  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
  });

  /** A hook of the shop 1 with five events to receive. */
  async function waitingHook(): Promise<string> {
    const url = `https://hooks.example.com/${randomUUID()}`;
    const { hookId } = await repositories().hooks.add('demo', 1, url, ['order_created'], 20);
    await shop().knex.raw(`update connect_stream set last_revision = 5 where tenant_id = 'demo' and shop_id = 1`);
    await shop().knex.raw(`update connect_hook set due_at = 'infinity' where hook_id <> ?`, [hookId]);
    return hookId;
  }

  it('a paused hook gets nothing, also from a delivery that is running, until it is resumed', async () => {
    const hookId = await waitingHook();
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const [running] = await repositories().hooks.take(1, 60);
    expect(running?.hookId).toBe(hookId);
    expect(await done(engineer, `/deliveries/hooks/${hookId}/pause`)).toBe('303 ?done=paused');
    expect(await repositories().hooks.next(running, '0', 10, 60)).toBeUndefined();
    await shop().knex.raw(`update connect_hook set due_at = now() where hook_id = ?`, [hookId]);
    expect(await repositories().hooks.take(1, 60)).toEqual([]);
    const paused = await hook(hookId);
    expect(paused).toMatchObject({ state: 'paused', last_error: null });
    // Again: since when it is paused stays.
    await done(engineer, `/deliveries/hooks/${hookId}/pause`);
    expect((await hook(hookId)).paused_at).toBe(paused.paused_at);
    expect((await engineer.get('/deliveries')).text).toMatch(/paused<\/span>.*5 events behind.*Resume/s);
    expect((await engineer.get('')).text).toContain('hook paused');
    expect(await done(engineer, `/deliveries/hooks/${hookId}/resume`)).toBe('303 ?done=resumed');
    expect((await repositories().hooks.take(1, 60)).map((taken) => taken.hookId)).toEqual([hookId]);
  });

  it('events are sent again from a revision on; what is no revision is told', async () => {
    const hookId = await waitingHook();
    await shop().knex.raw(`update connect_hook set acked_revision = 5, sent_revision = 5 where hook_id = ?`, [hookId]);
    const engineer = await signedIn(shop(), emailOf('engineer'));
    for (const revision of ['', '0', '-1', 'x', '9'.repeat(30)]) {
      const answer = await engineer.post(`/deliveries/hooks/${hookId}/replay`, { revision });
      expect([answer.status, answer.text.includes('The revision is a number')]).toEqual([400, true]);
    }
    expect(await done(engineer, `/deliveries/hooks/${hookId}/replay`, { revision: '3' })).toBe('303 ?done=replayed');
    expect((await hook(hookId)).acked_revision).toBe('2');
  });

  it('a waiting job is tried at once; a feed is fetched at once, and shows its imports', async () => {
    const [job] = await shop()
      .knex('job')
      .insert({ tenant_id: 'demo', kind: 'send-notice', input: '{}', due_at: '2099-01-01', last_error: 'no answer' })
      .returning('job_id');
    await repositories().feeds.save('demo', 1, 'https://feeds.example.com/a.csv');
    await shop().knex.raw(`update connect_feed set due_at = '2099-01-01'`);
    await shop().knex.raw(`
      insert into connect_import_report (tenant_id, shop_id, report_id, modified_at, md5, size, encoding, lines,
        warnings, errors, issue_lines, products, issues)
      values ('demo', 1, 1, now(), 'm', 10, 'UTF-8', 61, 2, 1, 3, 57, '[]') on conflict do nothing`);
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const { text } = await engineer.get('/deliveries');
    expect(text).toContain('57 products, 1 errors, 2 warnings');
    expect(text).toContain('no answer');
    expect(await done(engineer, `/deliveries/jobs/${String(job.job_id)}/retry`)).toBe('303 ?done=retried');
    expect(await done(engineer, '/deliveries/feeds/1/fetch')).toBe('303 ?done=fetched');
    for (const [table, where] of [
      ['job', { job_id: job.job_id }],
      ['connect_feed', { shop_id: 1 }],
    ] as const)
      expect((await shop().knex(table).where(where))[0].due_at.getTime()).toBeLessThan(Date.parse('2098-01-01'));
    const { reports } = (await askAdmin(shop(), 'adminListReports', { params: { shop: '1' } })).json().data;
    expect(reports).toMatchObject([{ report_id: 1, products: 57, errors: 1 }]);
    await shop().knex('job').where({ job_id: job.job_id }).del();
  });

  it('a job that was given up waits for a person: in the console, the API and Today', async () => {
    const input = { tenant_id: 'demo', kind: 'clear-cart', input: '{"cart":{"store":"demo","id":"gone"}}' };
    const late = { due_at: 'infinity', given_up_at: new Date(), last_error: 'the shop is closed' };
    const [job] = await shop()
      .knex('job')
      .insert({ ...input, ...late })
      .returning('job_id');
    const engineer = await signedIn(shop(), emailOf('engineer'));
    expect((await engineer.get('/deliveries')).text).toMatch(
      /clear-cart.*the shop is closed.*given up<\/span>.*Try now/s,
    );
    expect((await engineer.get('')).text).toMatch(/job given up<\/span>.*try it again under Deliveries/s);
    const listed = async (): Promise<Json> =>
      (await askAdmin(shop(), 'adminListJobs')).json().data.jobs.find((one: Json) => one.job_id === job.job_id);
    expect(await listed()).toMatchObject({ due_at: null, given_up_at: expect.stringMatching(/^20/) });
    expect(await done(engineer, `/deliveries/jobs/${String(job.job_id)}/retry`)).toBe('303 ?done=retried');
    const [again] = await shop().knex('job').where({ job_id: job.job_id });
    expect(again === undefined || again.given_up_at === null).toBe(true);
    await shop().knex('job').where({ job_id: job.job_id }).del();
  });

  it('an import shows its issues by page, errors first, with lines, value and remedy', async () => {
    await repositories().feeds.save('demo', 1, 'https://feeds.example.com/a.csv');
    const issue = (of: object): object => ({
      ...{ severity: 'error', message: 'Field "%field%" must be a number.', parameters: { '%field%': 'price' } },
      ...{ lines: [2, 3], field: 'price', productId: 'A1', productTitle: null },
      ...of,
    });
    const issues = [
      issue({ severity: 'warning', message: 'No text of this version: %field%', lines: [9] }),
      issue({ value: '12 EUR', lines: Array.from({ length: 40 }, (_, index) => index + 2) }),
      ...Array.from({ length: 30 }, (_, index) => issue({ parameters: { '%field%': `column-${index}` } })),
    ];
    const values = (reportId: number, found: object[]): string =>
      `('demo', 1, ${reportId}, now(), 'm', 10, 'UTF-8', 61, 1, 31, 40, 20, '${JSON.stringify(found)}')`;
    await shop().knex.raw(`
      insert into connect_import_report (tenant_id, shop_id, report_id, modified_at, md5, size, encoding, lines,
        warnings, errors, issue_lines, products, issues) values ${values(50, issues)}, ${values(51, [])}`);
    const viewer = await signedIn(shop(), emailOf('viewer'));
    expect((await viewer.get('/deliveries')).text).toContain('/console/deliveries/feeds/1?report=50"');
    expect((await viewer.get('/deliveries/feeds/1')).text).toContain('No issues');
    const first = (await viewer.get('/deliveries/feeds/1?report=50')).text;
    expect(first).toMatch(/The field &quot;price&quot; is no number\..*2, 3, 4, 5, 6, 7, 8, 9, 10, 11.*30 more/s);
    expect(first).toMatch(/<code>12 EUR<\/code>.*Write 12\.50 or 12,50/s);
    expect(first).not.toContain('No text of this version');
    const [, next = ''] = /href="[^"]*\/console([^"]*)" rel="next"/.exec(first) ?? [];
    const second = (await viewer.get(next.replaceAll('&amp;', '&'))).text;
    expect(second).toContain('No text of this version: price');
    expect(second).not.toContain('rel="next"');
    const names = [...(first + second).matchAll(/column-(\d+)/g)].map(([name]) => name);
    expect([names.length, new Set(names).size]).toEqual([30, 30]);
    const german = await viewer.browser.get('/console/deliveries/feeds/1?report=50', { 'accept-language': 'de' });
    expect(german.text).toMatch(/Das Feld &quot;price&quot; ist keine Zahl\..*ohne Währungszeichen/s);
    const { data } = (await askAdmin(shop(), 'adminGetReport', { params: { shop: '1', report: '50' } })).json();
    expect([data.issue_lines, data.issues.length]).toEqual([40, 32]);
    expect(data.issues[1]).toMatchObject({ text: 'Field "price" must be a number.', value: '12 EUR', field: 'price' });
    const stranger = await signedIn(shop(), emailOf('owner', 'rival'));
    for (const path of ['', '?report=50']) expect((await stranger.get(`/deliveries/feeds/1${path}`)).status).toBe(404);
    for (const path of ['/1?report=49', '/1?report=x', '/2', '/x'])
      expect((await viewer.get(`/deliveries/feeds${path}`)).status).toBe(404);
  });

  it('a confirmation that was given up is sent again from the list', async () => {
    const [order, transaction] = [randomUUID(), Math.floor(Math.random() * 1_000_000_000)];
    await shop()
      .knex('purchase_order')
      .insert({
        tenant_id: 'demo',
        connection_id: 'company-cxml',
        payload_id: '',
        order_id: order,
        version: 1,
        kind: 'new',
        digest: order,
        verdict: 'matched',
        mismatches: '[]',
        attachments: '[]',
        content: JSON.stringify({ orderId: order, kind: 'new', references: [], lines: [] }),
        document: '',
        content_type: 'text/xml',
      });
    await shop()
      .knex('order_notice')
      .insert({
        tenant_id: 'demo',
        transaction_id: transaction,
        supplier_shop: 1,
        status: 'shipped',
        connection_id: 'company-cxml',
        order_id: order,
        content: JSON.stringify({
          connectionId: 'company-cxml',
          orderId: order,
          status: 'shipped',
          supplierOrderId: '1',
        }),
        given_up_at: new Date(),
        last_error: 'HTTP 410',
      });
    const { notices } = (await askAdmin(shop(), 'adminListNotices')).json().data;
    expect(notices).toMatchObject([{ connection_id: 'company-cxml', order_id: order, last_error: 'HTTP 410' }]);
    const engineer = await signedIn(shop(), emailOf('engineer'));
    expect((await engineer.get('/deliveries')).text).toMatch(/given up.*HTTP 410/s);
    const fields = { connection: 'company-cxml', order };
    expect(await done(engineer, '/deliveries/notices/resend', fields)).toBe('303 ?done=resent');
    expect((await engineer.post('/deliveries/notices/resend', fields)).status).toBe(409);
    expect(
      await shop()
        .knex('job')
        .whereRaw(`input->>'transactionId' = ?`, [String(transaction)]),
    ).toHaveLength(1);
    await shop().knex('order_notice').del();
    await shop().knex('job').del();
  });

  it('a viewer sees no button, another tenant sees and changes nothing, and changes are audited', async () => {
    const hookId = await waitingHook();
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const { text } = await viewer.get('/deliveries');
    expect(text).toContain('https://hooks.example.com/');
    expect(text).not.toMatch(/action="[^"]*\/deliveries\//);
    const stranger = await signedIn(shop(), emailOf('owner', 'rival'));
    expect((await stranger.get('/deliveries')).text).not.toContain('example.com');
    for (const path of [`hooks/${hookId}/pause`, `hooks/${hookId}/resume`, 'feeds/1/fetch'])
      expect((await stranger.post(`/deliveries/${path}`)).status).toBe(404);
    expect((await stranger.post(`/deliveries/hooks/${hookId}/replay`, { revision: '1' })).status).toBe(404);
    expect((await hook(hookId)).state).toBe('active');
    const engineer = await signedIn(shop(), emailOf('engineer'));
    await engineer.post(`/deliveries/hooks/${hookId}/pause`);
    const { rows } = (await askAdmin(shop(), 'adminListAudit', { query: '?event=hook-paused&limit=1' })).json().data;
    expect(rows).toMatchObject([{ actor: 'operator:engineer@demo.test', details: { hook: hookId } }]);
  });
});
