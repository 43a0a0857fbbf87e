import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type FeedServer, startFeedServer } from '../../jobs/feed-server.js';
import { SESSION, put, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';
import { until } from '../../support/until.js';
import { signed } from './signed-calls.js';

const GOOD = 'id;title;price;gtin\nF-1;Schraube;1,50;4006381333931\nF-2;"Mutter ""M8""";0.20;4006381333931\n';

describeShop('order events: CSV feeds', {}, (shop) => {
  let feed: FeedServer;
  let body: string | Buffer = GOOD;
  beforeAll(async () => {
    feed = await startFeedServer((res) =>
      res.writeHead(200, { 'content-type': 'text/csv', 'last-modified': 'Thu, 15 Jan 2015 15:46:27 GMT' }).end(body),
    );
  });
  afterAll(() => feed.close());
  beforeEach(async () => {
    await shop().knex('connect_feed').del();
    await shop().knex('connect_import_report').del();
  });
  const get = (path: string, wish = {}) => signed(shop().browser(), path, '', { method: 'GET', ...wish });
  const fixture = (name: string): unknown =>
    JSON.parse(readFileSync(`test/fixtures/shopware-connect/${name}.json`, 'utf8'));

  async function imported(
    text: string | Buffer,
  ): Promise<Record<string, string> & { issues: Record<string, string>[] }> {
    body = text;
    const before = (await get('/api/provider/reports')).json().length;
    await signed(shop().browser(), '/sdk/provider/import-url', { url: feed.url });
    const worker = shop().connector.startWorker();
    try {
      await until(async () => (await get('/api/provider/reports')).json().length > before);
    } finally {
      await worker.stop();
    }
    const [{ id }] = (await get('/api/provider/reports')).json();
    return (await get(`/api/provider/report/${id}`)).json();
  }

  it("a report has Shopware Connect's fields one by one, and its id can be used", async () => {
    const [second, first] = fixture('reports') as Record<string, string>[];
    const detail = fixture('report-2') as { issues: { line: string }[] } & Record<string, string>;
    const row = (report: Record<string, string>, issues: unknown[] = []) => ({
      tenant_id: 'demo',
      shop_id: 1,
      report_id: Number(report['id']),
      imported_at: new Date(Number(report['date']) * 1000),
      modified_at: new Date(Number(report['modified']) * 1000),
      md5: report['md5'],
      size: report['size'],
      encoding: report['encoding'],
      lines: report['lines'],
      warnings: report['warnings'],
      errors: report['errors'],
      issue_lines: report['issue_lines'],
      products: 0,
      issues: JSON.stringify(
        issues.map((issue) => ({
          ...(issue as object),
          lines: (issue as { line: string }).line.split(', ').map(Number),
        })),
      ),
    });
    await shop()
      .knex('connect_import_report')
      .insert([row(first!), row(second!)]);
    expect((await get('/api/provider/reports')).text).toBe(JSON.stringify(fixture('reports')));
    expect((await get('/api/provider/report/1')).text).toBe(
      JSON.stringify({ ...(fixture('report-1') as object), id: '1' }),
    );
    await shop().knex('connect_import_report').del();
    await shop().knex('connect_import_report').insert(row(detail, detail.issues));
    expect((await get('/api/provider/report/2')).text).toBe(JSON.stringify(detail));
    for (const id of ['3', '0', 'x', '1e0', '99999999999'])
      expect((await get(`/api/provider/report/${id}`)).status).toBe(404);
    const merchant = { shop: '2', key: 'demo-connect-merchant-key' };
    expect((await get('/api/provider/report/2', merchant)).status).toBe(404);
    expect((await get('/api/provider/reports', merchant)).json()).toEqual([]);
    expect((await get('/api/provider/reports', { key: 'wrong' })).status).toBe(401);
  });

  it('a feed is registered and read; an unchanged file is skipped, a changed one is read', async () => {
    const report = await imported(GOOD);
    expect(report).toEqual({
      issues: [],
      id: '1',
      date: expect.stringMatching(/^\d{10}$/),
      modified: '1421336787',
      md5: createHash('md5').update(GOOD).digest('hex'),
      size: String(GOOD.length),
      encoding: 'UTF-8',
      lines: '3',
      warnings: '0',
      errors: '0',
      issue_lines: '0',
    });
    expect(
      await shop()
        .knex('demo_product')
        .where({ tenant_id: 'demo' })
        .whereIn('product_id', ['F-1', 'F-2'])
        .orderBy('product_id')
        .pluck('product'),
    ).toMatchObject([
      { title: 'Schraube', price: '1.50' },
      { title: 'Mutter "M8"', price: '0.20' },
    ]);
    expect((await get('/sdk/provider/import-url')).json()).toEqual({
      success: true,
      feed: { url: feed.url, status: 'waiting', next_import: expect.any(String) },
    });

    const buyer = (await shopping(shop())).client;
    expect((await put(buyer, 'F-1', 3)).status).toBeLessThan(400);
    expect((await buyer.get('/checkout/cart.json', JSON_WANTED)).json()).toMatchObject({
      items_count: 3,
      lines: [{ sku: 'F-1' }],
    });
    expect((await buyer.get('/search?search=schraube%20f-1', HTML)).text).toContain('/detail/F-1');
    expect((await buyer.get('/detail/F-1', HTML)).text).toContain('Schraube');
    expect(
      (await buyer.send(`${SESSION}/logout?transferred=1`, { method: 'POST', headers: JSON_WANTED })).text,
    ).toMatch(/4\.50.*F-1/s);

    const asked = feed.asked;
    await shop()
      .knex('connect_feed')
      .update({ due_at: new Date(0) });
    const worker = shop().connector.startWorker();
    await until(
      async () => feed.asked > asked && (await get('/sdk/provider/import-url')).json().feed.status === 'waiting',
    );
    await worker.stop();
    expect((await get('/api/provider/reports')).json()).toHaveLength(1);
    expect((await imported(`${GOOD}F-3;Scheibe;0.10;4006381333931\n`)).id).toBe('2');
  }, 30_000);

  it("Shopware Connect's issue format: lines together, the product if all of them have the same one", async () => {
    const { issues, lines, errors, warnings, issue_lines } = await imported(
      'id;title;price;gtin\n;;1;\n;;1;\nF-1;;1;\nF-2;Mutter;1;4006381333931\n',
    );
    expect(issues).toEqual([
      {
        severity: 'error',
        message: 'Field "%field%" must not be empty.',
        parameters: { '%field%': 'id' },
        line: '2, 3',
        field: 'id',
        productId: null,
        productTitle: null,
      },
      {
        severity: 'error',
        message: 'Field "%field%" must not be empty.',
        parameters: { '%field%': 'title' },
        line: '2, 3, 4',
        field: 'title',
        productId: null,
        productTitle: null,
      },
      {
        severity: 'warning',
        message: 'Field "%field%" must not be empty (recommended).',
        parameters: { '%field%': 'gtin' },
        line: '2, 3, 4',
        field: 'gtin',
        productId: null,
        productTitle: null,
      },
    ]);
    expect({ lines, errors, warnings, issue_lines }).toEqual({
      lines: '5',
      warnings: '3',
      errors: '5',
      issue_lines: '3',
    });
  });

  it.each([
    ['UTF-8', Buffer.from('\ufeffid,title,price,gtin\nE-1,Größe €,1,4006381333931\n')],
    ['ISO-8859-1', Buffer.from('id,title,price,gtin\nE-1,Größe,1,4006381333931\n', 'latin1')],
    [
      'windows-1252',
      Buffer.concat([
        Buffer.from('id\ttitle\tprice\tgtin\nE-1\tGröße ', 'latin1'),
        Buffer.from([0x80]),
        Buffer.from('\t1\t4006381333931\n'),
      ]),
    ],
    ['UTF-16LE', Buffer.from('\ufeffid;title;price;gtin\nE-1;Größe €;1;4006381333931\n', 'utf16le')],
  ])('encoding %s', async (encoding, bytes) => {
    expect(await imported(bytes)).toMatchObject({ encoding, errors: '0', warnings: '0', size: String(bytes.length) });
    const [product] = await shop().knex('demo_product').where({ product_id: 'E-1' }).pluck('product');
    expect(product.title).toBe(encoding === 'ISO-8859-1' ? 'Größe' : 'Größe €');
  });

  it('an invalid feed is reported, or its reason is given to the engineer, and tried again', async () => {
    expect(await imported('')).toMatchObject({
      issues: [{ message: 'The file must have a header line.', line: '1' }],
      size: '0',
      lines: '0',
      errors: '1',
      issue_lines: '1',
    });
    expect((await imported('<html>\n<body>\n')).issues.map((issue) => [issue.message, issue.field])).toEqual(
      ['id', 'title', 'price'].map((field) => ['Column "%field%" is missing.', field]),
    );
    feed.answer = (res) => res.writeHead(302, { location: 'http://127.0.0.1:1/' }).end('gone');
    await signed(shop().browser(), '/sdk/provider/import-url', { url: feed.url });
    const worker = shop().connector.startWorker();
    await until(async () => (await get('/sdk/provider/import-url')).json().feed.status === 'failing');
    await worker.stop();
    expect((await get('/sdk/provider/import-url')).json().feed.last_error).toBe('GET was answered with status 302');
    feed.answer = (res) => res.writeHead(200).end(body);
  });

  it('only a supplier can register a feed, and only at a public address (T49)', async () => {
    const client = shop().browser();
    expect((await get('/sdk/provider/import-url')).status).toBe(404);
    expect(
      (
        await signed(
          client,
          '/sdk/provider/import-url',
          { url: feed.url },
          { shop: '2', key: 'demo-connect-merchant-key' },
        )
      ).json().error.code,
    ).toBe('OPERATION_NOT_ALLOWED');
    for (const url of ['http://169.254.169.254/', 'https://10.0.0.1/x.csv', 'ftp://example.com/x.csv', 'x'])
      expect((await signed(client, '/sdk/provider/import-url', { url })).json().error.code).toBe('HOOK_URL_REFUSED');
    expect((await signed(client, '/sdk/provider/import-url', {})).status).toBe(400);
    const answer = await signed(client, '/sdk/provider/import-url', { url: 'https://feeds.example.com/a.csv' });
    expect([answer.status, answer.json().feed.url]).toEqual([200, 'https://feeds.example.com/a.csv']);
  });

  it('1,000 faults of 12 kinds: the report is right, and every good line is imported', async () => {
    const good = (id: string): string => `${id};Titel ${id};1.5;4006381333931;EUR;19;5;https://example.com/${id}`;
    const fields = (id: string, change: Record<number, string>): string =>
      good(id)
        .split(';')
        .map((field, index) => change[index] ?? field)
        .join(';');
    const kinds: [expected: string, line: (id: string) => string][] = [
      ['Field "%field%" must not be empty.', (id) => fields(id, { 1: '' })],
      ['Field "%field%" must not be empty (recommended).', (id) => fields(id, { 3: '' })],
      ['Field "%field%" must be a number.', (id) => fields(id, { 2: 'twelve' })],
      ['Field "%field%" must not be negative.', (id) => fields(id, { 2: '-1' })],
      ['Field "%field%" must be a number from %min% to %max%.', (id) => fields(id, { 5: '190' })],
      ['Field "%field%" must be a currency code of three letters.', (id) => fields(id, { 4: 'Euro' })],
      ['Field "%field%" must not be longer than %max% characters.', (id) => fields(id, { 1: 'x'.repeat(256) })],
      ['Field "%field%" must not contain control characters.', (id) => fields(id, { 1: 'a\u0001b' })],
      [
        'Field "%field%" must be a GTIN of 8, 12, 13 or 14 digits with its check digit.',
        (id) => fields(id, { 3: '4006381333932' }),
      ],
      ['Field "%field%" must be a whole number.', (id) => fields(id, { 6: 'many' })],
      ['The line must have %columns% columns.', (id) => `${good(id)};extra`],
      ['A quote within a field must be doubled, and the field be quoted.', (id) => fields(id, { 1: '"a"b' })],
    ];
    const lines = ['id;title;price;gtin;currency;vat;stock;url'];
    const expected = new Map<string, number[]>();
    for (let index = 0; index < 3_000; index += 1) {
      const id = `K-${index}`;
      const kind = index % 3 === 0 ? kinds[(index / 3) % kinds.length] : undefined;
      lines.push(kind === undefined ? good(id) : kind[1](id));
      if (kind !== undefined) expected.set(kind[0], [...(expected.get(kind[0]) ?? []), lines.length]);
    }
    const report = await imported(lines.join('\r\n'));
    expect(new Map(report.issues.map((issue) => [issue.message, issue.line]))).toEqual(
      new Map([...expected].map(([message, at]) => [message, at.join(', ')])),
    );
    const warnings = [1, 8, 9].reduce((sum, kind) => sum + (expected.get(kinds[kind]![0])?.length ?? 0), 0);
    expect(report).toMatchObject({
      lines: '3001',
      warnings: String(warnings),
      errors: String(1_000 - warnings),
      issue_lines: '1000',
    });
    expect(await shop().knex('demo_product').where('product_id', 'like', 'K-%').pluck('product_id')).toHaveLength(
      2_000 + warnings,
    );
  }, 60_000);

  it('a repeated id counts once, at any distance', async () => {
    const lines = [
      'id,title,price,gtin',
      ...Array.from({ length: 1_200 }, (_, index) => `D-${index},t,1,4006381333931`),
      'D-3,again,9,4006381333931',
      'D-1199,again,9,4006381333931',
    ];
    const report = await imported(lines.join('\n'));
    expect(report.issues).toEqual([
      {
        severity: 'error',
        message: 'Field "%field%" must be unique.',
        parameters: { '%field%': 'id' },
        line: '1202, 1203',
        field: 'id',
        productId: null,
        productTitle: 'again',
      },
    ]);
    expect((await shop().knex('demo_product').where({ product_id: 'D-3' }).pluck('product'))[0].price).toBe('1');
  }, 30_000);
});
