import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import { SESSION, postXml, put, setupXml, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { JSON_WANTED } from '../../support/web-client.js';
import type { Json } from '../gateway/api/api-calls.js';
import { orderXml, post } from '../gateway/purchase-order-calls.js';
import { type AdminQuestion, askAdmin } from './admin-calls.js';

describeShop('what the admin API shows', {}, (shop) => {
  const known = {
    id: '',
    cookie: `cookie-${randomUUID()}`,
    email: `${randomUUID()}@Buyer.example`,
    payloadId: `${randomUUID()}@buyer.example`,
    order: `PO-${randomUUID()}`,
  };
  beforeAll(async () => {
    const { client, transmissionId } = await shopping(shop(), {
      payloadId: known.payloadId,
      buyerCookie: known.cookie,
    });
    known.id = transmissionId;
    await put(client, 'SKU-001', 2);
    await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    await shop()
      .knex('transmission')
      .where({ transmission_id: transmissionId })
      .update({ buyer: JSON.stringify({ name: 'Käufer', email: known.email }) });
    await post(shop(), orderXml({ orderId: known.order, lines: [{ sku: 'FREE', quantity: '1', price: '1.00' }] }));
    await shop().knex('purchase_order').where({ order_id: known.order }).update({ transmission_id: transmissionId });
    await postXml(shop().browser(), setupXml({ secret: 'wrong' }));
    // Waits until the message log is written.
    await askAdmin(shop(), 'adminListRefusals');
  }, 120_000);
  const ask = (operationId: string, question: AdminQuestion = {}) => askAdmin(shop(), operationId, question);
  const data = async (operationId: string, question: AdminQuestion = {}): Promise<Json> => {
    const answer = await ask(operationId, question);
    expect([operationId, answer.status, answer.text.slice(0, 300)]).toEqual([
      operationId,
      200,
      answer.text.slice(0, 300),
    ]);
    return answer.json().data;
  };

  it.each(['id', 'cookie', 'email', 'payloadId', 'order'] as const)('a session is found by its %s', async (name) => {
    const find = async (text: string): Promise<string[]> =>
      (await data('adminSearchSessions', { query: `?q=${encodeURIComponent(text)}` })).sessions.map(
        (session: { session_id: string }) => session.session_id,
      );
    expect(await find(known[name])).toEqual([known.id]);
    if (name === 'email') expect(await find(known.email.toLowerCase())).toEqual([known.id]);
    expect(await find(`${known[name]}x`)).toEqual([]);
  });

  it('sessions are listed by connection and status, page by page', async () => {
    for (let index = 0; index < 4; index += 1) await postXml(shop().browser(), setupXml());
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = `?connection=company-cxml&limit=2${cursor && `&cursor=${cursor}`}`;
      const page: Json = await data('adminSearchSessions', { query });
      seen.push(...page.sessions.map((session: { session_id: string }) => session.session_id));
      cursor = page.pagination.next_cursor;
    }
    expect([seen.length, new Set(seen).size, seen.at(-1)]).toEqual([5, 5, known.id]);
    const completed = await data('adminSearchSessions', { query: '?connection=company-cxml&status=completed' });
    expect(completed.sessions).toMatchObject([{ session_id: known.id, connection_id: 'company-cxml' }]);
    expect((await data('adminSearchSessions', { query: '?connection=company-oci' })).sessions).toEqual([]);
    expect((await ask('adminSearchSessions', { query: '?cursor=abc' })).status).toBe(400);
  });

  it('a timeline has all steps and documents; its bundle has no secret', async () => {
    const params = { session: known.id };
    const timeline = await data('adminGetSession', { params });
    expect(timeline.events.map(({ event }: { event: string }) => event)).toEqual(
      expect.arrayContaining(['login', 'transfer']),
    );
    expect(timeline.messages.map(({ kind }: { kind: string }) => kind)).toEqual([
      'PunchOutSetupRequest',
      'Response',
      'Cart',
    ]);
    const bundle = await data('adminSupportBundle', { params });
    expect(bundle).toMatchObject({ connection: { protocol: 'cxml' }, session: { session_id: known.id } });
    expect(JSON.stringify(bundle)).not.toContain('SecretPassword123');
    expect((await ask('adminGetSession', { params: { session: 'x' } })).status).toBe(404);
  });

  it('refusals: listed with their documents, counted by connection and code', async () => {
    const { messages } = await data('adminListRefusals', { query: '?limit=1' });
    expect(messages).toHaveLength(1);
    const { groups } = await data('adminGroupRefusals');
    // The refused calls of this suite have groups too.
    expect(
      groups.filter(({ connection_id }: { connection_id: string | null }) => connection_id !== null),
    ).toMatchObject([
      {
        connection_id: 'company-cxml',
        code: 'INVALID_CREDENTIALS',
        message: 'The credentials are not valid.',
        count: 1,
        last_reason: 'Sender: the SharedSecret is wrong',
      },
    ]);
    expect((await data('adminGroupRefusals', { query: '?to_date=2020-01-01' })).groups).toEqual([]);
  });

  it('the funnel equals a recount of the rows; CSV has the same rows', async () => {
    const { funnel, summary } = await data('adminAnalytics');
    const rows: { status: string; logged_in_at: Date | null }[] = await shop().knex('transmission');
    expect(funnel).toEqual({
      call_ups: rows.length,
      logins: rows.filter(({ logged_in_at }) => logged_in_at !== null).length,
      transfers: rows.filter(({ status }) => ['transferred', 'order_created'].includes(status)).length,
      orders: rows.filter(({ status }) => status === 'order_created').length,
    });
    expect(summary.total_sessions).toBe(funnel.call_ups);
    const last = await data('adminAnalytics', { query: '?from_date=9999-12-01&to_date=9999-12-31' });
    expect(last.funnel).toMatchObject({ call_ups: 0 });
    const { connections } = await data('adminAnalyticsByConnection');
    const csv = await ask('adminAnalyticsByConnection', { headers: { accept: 'text/csv' } });
    expect([csv.headers['content-type'], csv.text.trim().split('\r\n').length]).toEqual([
      'text/csv; charset=utf-8',
      connections.length + 1,
    ]);
    expect(csv.text).toContain(`company-cxml,${connections[0].call_ups},`);
    expect((await ask('adminAnalytics', { headers: { accept: 'text/csv' } })).text).toMatch(/^date,sessions,completed/);
  });

  it('orders with their differences; unknown ones are 404', async () => {
    const { orders } = await data('adminListOrders');
    expect(orders).toMatchObject([{ order_id: known.order, connection_id: 'company-cxml', session_id: known.id }]);
    const params = { connection: 'company-cxml', order: known.order };
    expect((await data('adminGetOrder', { params })).documents[0].lines).toHaveLength(1);
    expect(await data('adminResendNotices', { params })).toEqual({ queued: 0 });
    expect((await ask('adminGetOrder', { params: { ...params, order: 'x' } })).status).toBe(404);
  });

  it('hooks, feeds and jobs: their state, resumed, replayed, retried', async () => {
    const { hooks, feeds } = shop().connector.directory as unknown as {
      hooks: { add: (...wish: unknown[]) => Promise<{ hookId: string }> };
      feeds: { save: (...wish: unknown[]) => Promise<unknown> };
    };
    const { hookId } = await hooks.add('demo', 1, 'https://hooks.example.com/', ['order_created'], 20);
    await feeds.save('demo', 1, 'https://feeds.example.com/a.csv');
    expect((await data('adminListHooks')).hooks).toMatchObject([{ hook_id: hookId, state: 'active' }]);
    expect(await data('adminResumeHook', { params: { hook: hookId } })).toMatchObject({ hook_id: hookId });
    expect(await data('adminReplayHook', { params: { hook: hookId }, body: { revision: 0 } })).toMatchObject({
      hook_id: hookId,
    });
    expect((await data('adminListFeeds')).feeds).toMatchObject([{ shop_id: 1, last_error: null }]);
    await shop()
      .knex('job')
      .insert({ tenant_id: 'demo', kind: 'send-notice', input: '{}', due_at: '2099-01-01', last_error: 'refused' });
    const jobs = (await data('adminListJobs', { query: '?limit=100' })).jobs as { job_id: string; due_at: string }[];
    const late = jobs.find(({ due_at }) => due_at.startsWith('2099'));
    expect(await data('adminRetryJob', { params: { job: late?.job_id ?? '' } })).toEqual({ due: true });
    expect((await ask('adminRetryJob', { params: { job: 'x' } })).status).toBe(404);
    const { rows } = await data('adminListAudit', { query: '?limit=3' });
    expect(rows.map(({ event }: { event: string }) => event)).toEqual(['job-retried', 'hook-replayed', 'hook-resumed']);
  });

  it('a preview with saved and with edited settings stores nothing', async () => {
    const params = { connection: 'company-cxml' };
    const saved = await data('adminPreview', { params, body: {} });
    expect(saved.document.join('\n')).toContain('PunchOutOrderMessage');
    const edited = await data('adminPreview', { params, body: { settings: { cxml: { version: '1.2.050' } } } });
    expect(edited.document.join('\n')).toContain('1.2.050');
    expect((await ask('adminPreview', { params, body: { cart: {} } })).status).toBe(400);
    const { given_settings: given } = await data('adminGetConnection', { params });
    expect(JSON.stringify(given)).not.toContain('1.2.050');
  });

  it('the audit is listed page by page and verified; a person is erased', async () => {
    const first = await data('adminListAudit', { query: '?limit=1' });
    const second = await data('adminListAudit', { query: `?limit=1&cursor=${first.pagination.next_cursor}` });
    expect(Number(second.rows[0].audit_id)).toBeLessThan(Number(first.rows[0].audit_id));
    const narrowed = await data('adminListAudit', { query: '?about=changes&actor=KEY:&event=job-retried' });
    expect(narrowed.rows.length).toBeGreaterThan(0);
    for (const row of narrowed.rows)
      expect(row).toMatchObject({ session_id: null, event: 'job-retried', actor: expect.stringMatching(/^key:/) });
    expect((await data('adminListAudit', { query: '?to_date=2020-01-01' })).rows).toEqual([]);
    expect((await ask('adminListAudit', { query: '?from_date=2026-02-01&to_date=2026-01-01' })).status).toBe(400);
    expect(await data('adminVerifyAudit')).toMatchObject({ unchanged: true, faults: [] });
    expect(await data('adminErasePerson', { body: { email: known.email } })).toMatchObject({ sessions: 1 });
    expect((await data('adminSearchSessions', { query: `?q=${encodeURIComponent(known.email)}` })).sessions).toEqual(
      [],
    );
  });
});
