import { beforeEach, expect, it } from '@jest/globals';
import { salesFigures } from '../../../../src/adapters/postgres/history/sales-figures.js';
import type { Database } from '../../../../src/adapters/postgres/database/database.js';
import { HTML } from '../../../support/web-client.js';
import { SESSION, expectClean, put, shopping } from '../../../support/call-ups.js';
import { type RunningShop, describeShop } from '../../../support/running-shop.js';
import { type Json, ask, started } from './api-calls.js';

/** A fact as a transfer on that day would have written it. */
async function sale(
  shop: RunningShop,
  day: string,
  currency: string,
  revenue: string,
  lines: [string, string, string, string][] = [],
): Promise<void> {
  await shop.knex('sales_fact').insert([
    { tenant_id: 'demo', day, currency: '', sessions: 1, completed: 0, revenue: 0 },
    { tenant_id: 'demo', day, currency, sessions: 0, completed: 1, revenue, lines: JSON.stringify(lines) },
  ]);
}

async function fold(shop: RunningShop): Promise<void> {
  const query: Database['query'] = async ({ text }, values) =>
    (await shop.knex.raw(text.replaceAll('$1', '?'), [...values] as number[])).rows;
  const figures = salesFigures({ query } as Database);
  while ((await figures.fold(3)) > 0);
}

describeShop('Analytics (PunchOut Session API)', {}, (shop) => {
  const read = async (query = ''): Promise<Json> => (await ask(shop(), 'readAnalytics', { query })).json().data;

  beforeEach(async () => {
    for (const table of ['sales_fact', 'sales_day', 'product_day', 'product_month']) await shop().knex(table).del();
  });

  it('a transfer counts at once, and the figures are the same after folding, field by field', async () => {
    const { client } = await shopping(shop());
    await put(client, 'SKU-001', 2);
    await put(client, 'SKU-002', 1);
    expect((await client.post(`${SESSION}/logout?transferred=1`, {}, HTML)).status).toBe(200);
    await started(shop());
    const today = new Date().toISOString().slice(0, 10);
    const answer = await ask(shop(), 'readAnalytics', { query: '?period=day' });
    expect(answer.json()).toEqual({
      success: true,
      data: {
        currency: 'EUR',
        from_date: today,
        to_date: today,
        summary: {
          total_sessions: 2,
          completed_sessions: 1,
          conversion_rate: 50,
          average_cart_value: 1299.99,
          total_revenue: 1299.99,
        },
        timeline: [{ date: today, sessions: 2, completed: 1, revenue: 1299.99 }],
        top_products: [
          { sku: 'SKU-001', name: 'Premium Widget', quantity: 2, revenue: 999.98 },
          { sku: 'SKU-002', name: 'Standard Gadget', quantity: 1, revenue: 300.01 },
        ],
        by_currency: [{ currency: 'EUR', completed_sessions: 1, average_cart_value: 1299.99, total_revenue: 1299.99 }],
      },
    });
    await fold(shop());
    expect(await shop().knex('sales_fact')).toEqual([]);
    expect((await ask(shop(), 'readAnalytics', { query: '?period=day' })).text).toBe(answer.text);
  });

  it("PunchFlow's own figures, digit by digit", async () => {
    const rows = [
      { tenant_id: 'demo', day: '2024-01-01', currency: '', sessions: 1250, completed: 0, revenue: 0 },
      { tenant_id: 'demo', day: '2024-01-01', currency: 'EUR', sessions: 0, completed: 980, revenue: '881510.00' },
    ];
    await shop().knex('sales_day').insert(rows);
    const { text } = await ask(shop(), 'readAnalytics', { query: '?from_date=2024-01-01&to_date=2024-01-31' });
    expect(text).toContain(
      '"summary":{"total_sessions":1250,"completed_sessions":980,"conversion_rate":78.4,' +
        '"average_cart_value":899.50,"total_revenue":881510.00}',
    );
  });

  it('amounts that a float cannot hold stay exact', async () => {
    await sale(shop(), '2024-03-01', 'EUR', '12345678901234567.89', [['X', 'X', '0.1', '0.10']]);
    await sale(shop(), '2024-03-01', 'EUR', '0.10', [['X', 'X', '0.2', '0.20']]);
    const { text } = await ask(shop(), 'readAnalytics', { query: '?from_date=2024-03-01&to_date=2024-03-01' });
    expect(text).toContain('"total_revenue":12345678901234567.99}');
    expect(text).toContain('"quantity":0.3,"revenue":0.30');
  });

  it('never sums across currencies; ?currency= selects another; yen have no decimals', async () => {
    await sale(shop(), '2024-02-01', 'EUR', '10.00', [['A', 'Eins', '1', '10.00']]);
    await sale(shop(), '2024-02-01', 'JPY', '1000', [
      ['A', 'Eins', '2', '1000'],
      ['B', 'Zwei', '1', '7'],
    ]);
    const euro = await read('?from_date=2024-02-01&to_date=2024-02-01');
    expect(euro).toMatchObject({
      currency: 'EUR',
      summary: {
        total_sessions: 2,
        completed_sessions: 2,
        conversion_rate: 100,
        average_cart_value: 10,
        total_revenue: 10,
      },
      timeline: [{ sessions: 2, completed: 2, revenue: 10 }],
    });
    expect(euro.top_products).toEqual([{ sku: 'A', name: 'Eins', quantity: 1, revenue: 10 }]);
    expect(euro.by_currency).toEqual([
      { currency: 'EUR', completed_sessions: 1, average_cart_value: 10, total_revenue: 10 },
      { currency: 'JPY', completed_sessions: 1, average_cart_value: 1000, total_revenue: 1000 },
    ]);
    const yen = await ask(shop(), 'readAnalytics', { query: '?currency=JPY&from_date=2024-02-01&to_date=2024-02-01' });
    expect(yen.text).toContain('"average_cart_value":1000,"total_revenue":1000}');
    expect(yen.json().data.top_products.map(({ sku }: Json) => sku)).toEqual(['A', 'B']);
    expect(await read('?currency=USD&from_date=2024-02-01&to_date=2024-02-01')).toMatchObject({
      summary: { average_cart_value: 0, total_revenue: 0 },
      top_products: [],
    });
  });

  it('group_by day, week (from Monday) and month; a range that begins and ends within months', async () => {
    const days = ['2023-12-31', '2024-01-01', '2024-01-07', '2024-01-08', '2024-02-29', '2024-03-01', '2024-03-15'];
    for (const folded of [false, true]) {
      for (const day of days)
        await sale(shop(), day, 'EUR', '1.00', [
          [day, day, '1', '1.00'],
          ['ALL', 'All', '1', '0.50'],
        ]);
      if (folded) await fold(shop());
    }
    const dates = async (query: string): Promise<[string, number][]> =>
      (await read(query)).timeline.map(({ date, sessions }: Json) => [date, sessions]);
    const range = 'from_date=2024-01-01&to_date=2024-03-14';
    expect(await dates(`?${range}`)).toEqual([
      ['2024-01-01', 2],
      ['2024-01-07', 2],
      ['2024-01-08', 2],
      ['2024-02-29', 2],
      ['2024-03-01', 2],
    ]);
    expect(await dates(`?${range}&group_by=week`)).toEqual([
      ['2024-01-01', 4],
      ['2024-01-08', 2],
      ['2024-02-26', 4],
    ]);
    expect(await dates(`?${range}&group_by=month`)).toEqual([
      ['2024-01-01', 6],
      ['2024-02-01', 2],
      ['2024-03-01', 2],
    ]);
    for (const [from, to, count] of [
      ['2024-01-01', '2024-03-14', 10],
      ['2023-12-31', '2024-03-15', 14],
      ['2024-01-02', '2024-01-31', 4],
      ['2024-01-07', '2024-03-01', 8],
      ['2024-01-01', '2024-01-31', 6],
      ['2024-01-31', '2024-02-01', 0],
      ['2024-02-01', '2024-02-29', 2],
    ] as const) {
      const { top_products: products } = await read(`?from_date=${from}&to_date=${to}`);
      expect([from, to, products.find(({ sku }: Json) => sku === 'ALL')?.quantity ?? 0]).toEqual([from, to, count]);
    }
  });

  it('period looks back from to_date: day, week, month (default), year; from_date overrides it', async () => {
    for (const [query, from] of [
      ['period=day', '2024-12-31'],
      ['period=week', '2024-12-25'],
      ['period=month', '2024-12-02'],
      ['', '2024-12-02'],
      ['period=year', '2024-01-02'],
      ['period=year&from_date=2024-12-30T23:59:59Z', '2024-12-30'],
    ]) {
      expect(await read(`?to_date=2024-12-31&${query}`)).toMatchObject({ from_date: from, to_date: '2024-12-31' });
    }
  });

  it('top products: at most ten, by revenue, with their latest name', async () => {
    for (let nth = 0; nth < 12; nth += 1)
      await sale(shop(), '2024-05-01', 'EUR', '1.00', [[`P${nth}`, 'old', '1', `${nth}.00`]]);
    await sale(shop(), '2024-05-02', 'EUR', '1.00', [['P3', 'new', '1', '100.00']]);
    await fold(shop());
    const { top_products: products } = await read('?from_date=2024-05-01&to_date=2024-05-31');
    expect(products.map(({ sku }: Json) => sku)).toEqual([
      'P3',
      'P11',
      'P10',
      'P9',
      'P8',
      'P7',
      'P6',
      'P5',
      'P4',
      'P2',
    ]);
    expect(products[0]).toEqual({ sku: 'P3', name: 'new', quantity: 2, revenue: 103 });
  });

  it.each([
    ['period', '?period=decade'],
    ['group_by', "?group_by=day'%20or%201=1"],
    ['group_by', '?group_by=day&group_by=week'],
    ['currency', '?currency=eur'],
    ['from_date', '?from_date=2023-02-29'],
    ['from_date', '?from_date=2024-02-02&to_date=2024-02-01'],
    ['to_date', '?to_date=CANARY'],
    ['tenant', '?tenant=other'],
  ])('refuses a wrong %s: %s', async (field, query) => {
    const answer = await ask(shop(), 'readAnalytics', { query, headers: { 'accept-language': 'en' } });
    expect([answer.status, answer.json().error]).toEqual([
      400,
      { code: 'INVALID_REQUEST', message: 'The request is not valid.', details: { field, error: expect.any(String) } },
    ]);
    expectClean(answer, ['CANARY', '1=1']);
  });
});
