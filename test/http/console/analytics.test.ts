import { beforeAll, expect, it } from '@jest/globals';
import { SESSION, callUp, put, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';
import { askAdmin } from '../admin/admin-calls.js';
import type { Json } from '../gateway/api/api-calls.js';
import { LINES, orderXml, post, sent } from '../gateway/purchase-order-calls.js';
import { addOperators, emailOf, signedIn } from './console-visitor.js';

interface Row {
  day: string;
  connection_id: string;
  status: string;
  logged_in_at: Date | null;
  summary: { totalAmount: string; currency: string } | null;
}

/** `1,299.99` */
const grouped = (amount: string): string => amount.replace(/\B(?=(\d{3})+(?!\d))(?=[^.]*\.)/g, ',');

describeShop('analytics', {}, (shop) => {
  const [first, last] = ['2026-01-30', '2026-02-03'];
  const range = `from_date=${first}&to_date=${last}`;

  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
    for (const [sku, quantity] of [
      ['SKU-001', 3],
      ['SKU-002', 1],
      ['SKU-001', 1],
    ] as const) {
      const { client } = await shopping(shop());
      await put(client, sku, quantity);
      await client.post(`${SESSION}/logout?transferred=1`, '', JSON_WANTED);
    }
    const { quote } = await sent(shop());
    await post(shop(), orderXml({ orderId: `PO-${shop().prefix.length}`, quote, lines: LINES }));
    await callUp(shop(), { buyerCookie: 'never-opened' });
    await shopping(shop());
    // Without a buyer: counted nowhere.
    const validate = { HOOK_URL: 'https://erp.company.com/oci/return', FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001' };
    const caller = { USERNAME: 'buyer@company.com', PASSWORD: 'SecretPassword123' };
    const answer = await shop()
      .browser()
      .post('/v1/punchout/oci/setup', { ...validate, ...caller }, HTML);
    expect(answer.text).toContain('NEW_ITEM-');
    // Half of it is folded into the roll-ups, the other half not: the same by the days of the call-ups.
    await shop().knex.raw(`
      update transmission set created_at = '${first}T10:00:00Z'::timestamptz
        + (row_number - 1) * interval '13 hours'
      from (select transmission_id as id, row_number() over (order by transmission_id) from transmission
        where created_at > '2026-06-01') n where id = transmission_id`);
    await shop().knex.raw(`
      update sales_fact set day = '2026-02-01' where day > '2026-06-01'`);
  });

  const rows = async (): Promise<Row[]> =>
    (
      await shop().knex.raw<{ rows: Row[] }>(`
        select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, connection_id, status, logged_in_at, summary
        from transmission where tenant_id = 'demo' and not uncounted
          and created_at >= '${first}T00:00:00Z' and created_at < '${last}T24:00:00Z'`)
    ).rows;
  const api = async (operationId: string, accept?: string): Promise<Json> => {
    const headers: Record<string, string> = accept === undefined ? {} : { accept };
    const answer = await askAdmin(shop(), operationId, { query: `?${range}`, headers });
    return accept === undefined ? answer.json().data : answer.text;
  };

  async function agree(): Promise<void> {
    const raw = await rows();
    const soldRows = raw.filter(({ status }) => ['transferred', 'order_created'].includes(status));
    const cents = soldRows.reduce((sum, { summary }) => sum + Math.round(Number(summary?.totalAmount) * 100), 0);
    const recount = {
      sessions: raw.length,
      logins: raw.filter(({ logged_in_at }) => logged_in_at !== null).length,
      completed: soldRows.length,
      orders: raw.filter(({ status }) => status === 'order_created').length,
      revenue: (cents / 100).toFixed(2),
    };
    const figures = await api('adminAnalytics');
    expect(figures).toMatchObject({
      summary: {
        total_sessions: recount.sessions,
        completed_sessions: recount.completed,
        total_revenue: Number(recount.revenue),
      },
      funnel: {
        call_ups: recount.sessions,
        logins: recount.logins,
        transfers: recount.completed,
        orders: recount.orders,
      },
    });
    const { connections } = await api('adminAnalyticsByConnection');
    expect(connections.map((one: Json) => [one.connection_id, one.call_ups])).toEqual([
      ['company-cxml', recount.sessions],
    ]);
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const page = (await viewer.get(`/analytics?from=${first}&to=${last}`)).text.replaceAll(/<[^>]+>/g, ' ');
    const plain = page.replaceAll(/\s+/g, ' ');
    expect(plain).toContain(`Sessions ${recount.sessions} in 5 days`);
    expect(plain).toContain(`${recount.completed} carts came back`);
    expect(plain).toContain(`Revenue ${grouped(recount.revenue)} EUR of carts`);
    expect(plain).toContain(`Average cart ${grouped(String(figures.summary.average_cart_value.toFixed(2)))} EUR`);
    for (const [step, count] of [
      ['Call-up', recount.sessions],
      ['Login', recount.logins],
      ['Transfer', recount.completed],
      ['Order', recount.orders],
    ])
      expect(plain).toContain(`${step}: ${count}`);
    for (const { sku, quantity, revenue } of figures.top_products)
      expect(plain).toContain(`${sku} ${quantity} ${grouped(revenue.toFixed(2))}`);
    for (const [file, operationId] of [
      ['timeline', 'adminAnalytics'],
      ['connections', 'adminAnalyticsByConnection'],
    ] as const) {
      const csv = await viewer.get(`/analytics/${file}.csv?from=${first}&to=${last}`);
      expect([csv.headers['content-type'], csv.text]).toEqual([
        'text/csv; charset=utf-8',
        await api(operationId, 'text/csv'),
      ]);
    }
  }

  it('the page, the API and a recount of the rows agree, before and after the roll-ups are folded', async () => {
    await agree();
    const worker = shop().connector.startWorker();
    const left = async (): Promise<number> =>
      Number((await shop().knex.raw(`select count(*) as n from funnel_fact`)).rows[0]?.n) +
      Number((await shop().knex.raw(`select count(*) as n from sales_fact`)).rows[0]?.n);
    await until(async () => (await left()) === 0);
    await worker.stop();
    await agree();
  });

  it('a validation without a buyer is in no figure, also not in Today and Connections', async () => {
    expect(await shop().knex('transmission').where({ uncounted: true })).not.toEqual([]);
    await shop().knex.raw(`update transmission set created_at = now() - interval '1 hour' where uncounted`);
    const viewer = await signedIn(shop(), emailOf('viewer'));
    expect((await viewer.get('')).text).toContain('Call-up: 0');
    const row = (await viewer.get('/connections')).text.split('<tr').find((one) => one.includes('(OCI)'));
    expect(row?.replaceAll(/<[^>]+>/g, ' ')).toMatch(/Company GmbH \(OCI\).* 0 /s);
  });

  it.each([
    ['?from=2026-02-30', 'This day does not exist'],
    ['?from=2026-02-02&to=2026-02-01', 'The first day must not be later'],
    ['?from=1980-01-01', 'Five years at most'],
    ['?currency=XXX', 'No sessions in this time'],
    ['?from=9999-12-01&to=9999-12-31', 'No sessions in this time'],
    ['?from=2020-01-01&to=2024-12-31', 'Month from|No sessions'],
  ])('the address %s is answered by %s', async (query, text) => {
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const answer = await viewer.get(`/analytics${query}`);
    expect([answer.status, new RegExp(text).test(answer.text)]).toEqual([200, true]);
  });

  it('another tenant sees its own figures only', async () => {
    const stranger = await signedIn(shop(), emailOf('owner', 'rival'));
    const { text } = await stranger.get(`/analytics?from=${first}&to=${last}`);
    expect(text).toContain('No sessions in this time');
    expect(text).not.toContain('company-cxml');
  });
});
