import { beforeEach, expect, it } from '@jest/globals';
import { GATEWAY_OPERATIONS } from '../../../../src/http/gateway/openapi-operations.js';
import { HTML, JSON_WANTED } from '../../../support/web-client.js';
import {
  SESSION,
  postXml,
  put,
  rowOf,
  setRow,
  setupXml,
  shopping,
  startUrlOf,
  idOf,
  expectClean,
} from '../../../support/call-ups.js';
import { describeShop } from '../../../support/running-shop.js';
import { type Json, ask, otherTenant, started } from './api-calls.js';

const LONG_AGO = new Date('2024-01-15T10:30:00Z');

describeShop('Session API (PunchFlow)', {}, (shop) => {
  // Both mounts share their database: rows that a test dated back are deleted.
  beforeEach(() => shop().knex('transmission').where('created_at', '<', '2025-01-01').del());

  const data = async (operation: string, question: Parameters<typeof ask>[2] = {}): Promise<Json> =>
    (await ask(shop(), operation, question)).json().data;

  it("a live session, field by field, with the store's current cart", async () => {
    const document = setupXml().replace(
      '</BuyerCookie>',
      '</BuyerCookie><Extrinsic name="UserName">Max Mustermann</Extrinsic>' +
        '<Extrinsic name="CompanyName">Company GmbH</Extrinsic>',
    );
    const startUrl = startUrlOf(await postXml(shop().browser(), document));
    const client = shop().browser();
    await client.get(startUrl, JSON_WANTED);
    const id = idOf(startUrl);
    const empty = await ask(shop(), 'getSession', { id });
    expect(empty.json().data.cart).toEqual({ items_count: 0, total_amount: 0, currency: 'EUR' });
    await put(client, 'SKU-001', 2);
    await put(client, 'SKU-002', 1);
    const answer = await ask(shop(), 'getSession', { id });
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        success: true,
        data: {
          session_id: id,
          status: 'active',
          protocol: 'cxml',
          created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          expires_at: expect.stringMatching(/Z$/),
          buyer: { email: 'user@company.com', name: 'Max Mustermann', company: 'Company GmbH' },
          cart: { items_count: 3, total_amount: 1299.99, currency: 'EUR' },
          metadata: { buyer_cookie: 'BUYER_COOKIE_123', return_url: 'https://erp.company.com/punchout/return' },
        },
      },
    ]);
    expect(answer.text).toContain('"items_count":3,"total_amount":1299.99,');
    // For lists, the last seen live cart is the summary.
    const { sessions } = await data('listSessions');
    expect(sessions[0]).toMatchObject({ session_id: id, items_count: 3, total_amount: 1299.99 });
  });

  it('a transferred session is completed: in the status and in the list, field by field', async () => {
    const { client, transmissionId: id } = await shopping(shop());
    await put(client, 'SKU-001', 2);
    await put(client, 'SKU-002', 1);
    expect((await client.post(`${SESSION}/logout?transferred=1`, {}, HTML)).status).toBe(200);
    expect(await data('getSession', { id })).toMatchObject({
      status: 'completed',
      cart: { items_count: 3, total_amount: 1299.99, currency: 'EUR' },
    });
    const answer = await ask(shop(), 'listSessions', { query: '?status=completed&limit=1' });
    const created = (await rowOf(shop(), id))['created_at'] as Date;
    expect(answer.json().data.sessions).toEqual([
      {
        session_id: id,
        status: 'completed',
        protocol: 'cxml',
        created_at: created.toISOString(),
        completed_at: expect.stringMatching(/Z$/),
        buyer_email: 'user@company.com',
        items_count: 3,
        total_amount: 1299.99,
        currency: 'EUR',
      },
    ]);
    expect(Object.keys(answer.json().data.pagination)).toEqual([
      'page',
      'limit',
      'total',
      'pages',
      'total_capped',
      'next_cursor',
    ]);
    const again = await ask(shop(), 'cancelSession', { id });
    expect([again.status, again.json().error]).toEqual([
      409,
      {
        code: 'SESSION_TRANSFERRED',
        message: 'Der Warenkorb dieser Punchout-Session wurde bereits übertragen',
        details: { session_id: id },
      },
    ]);
    await setRow(shop(), id, { status: 'order_created' });
    expect((await ask(shop(), 'cancelSession', { id })).json().error.code).toBe('ORDER_CREATED');
    expect((await data('getSession', { id })).status).toBe('completed');
  });

  it('a user without an e-mail address is shown by identity, a company by its connection', async () => {
    const startUrl = startUrlOf(
      await postXml(shop().browser(), setupXml().replace(/<Extrinsic name="UserEmail">.*?<\/Extrinsic>/, '')),
    );
    const session = await data('getSession', { id: idOf(startUrl) });
    expect(session.buyer).toEqual({ email: 'buyer@company.com', name: null, company: 'Company GmbH (cXML)' });
  });

  it('cancel, field by field; repeated: the same answer; the buyer is logged out', async () => {
    const { client, transmissionId: id } = await shopping(shop());
    await put(client, 'SKU-001', 1);
    const first = await ask(shop(), 'cancelSession', { id });
    expect([first.status, first.json()]).toEqual([
      200,
      {
        success: true,
        data: {
          session_id: id,
          status: 'cancelled',
          cancelled_at: ((await rowOf(shop(), id))['ended_at'] as Date).toISOString(),
        },
      },
    ]);
    expect((await ask(shop(), 'cancelSession', { id })).text).toBe(first.text);
    expect((await data('getSession', { id })).status).toBe('cancelled');
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json().active).toBe(false);
    const steps = await shop().knex('audit').where({ transmission_id: id, to_status: 'cancelled' });
    expect(steps).toMatchObject([{ actor: 'key:demo', event: 'cancel' }]);
  });

  it('five cancels at once: one effect, one answer', async () => {
    const { id } = await started(shop());
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => ask(shop(), 'cancelSession', { id })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await shop().knex('audit').where({ transmission_id: id, to_status: 'cancelled' })).toHaveLength(1);
  });

  it('an expired session reads as 200, status expired; cancel answers 410 SESSION_EXPIRED', async () => {
    const { id } = await started(shop());
    for (const change of [{ created_at: LONG_AGO, expires_at: LONG_AGO }, { status: 'expired' }]) {
      await setRow(shop(), id, change);
      expect((await data('getSession', { id })).status).toBe('expired');
      expect(
        (await data('listSessions', { query: '?status=expired&to_date=2024-01-15' })).sessions.map(
          (session: Json) => session.session_id,
        ),
      ).toContain(id);
      expect((await data('listSessions', { query: '?status=active&to_date=2024-01-15' })).sessions).toEqual([]);
      const answer = await ask(shop(), 'cancelSession', { id });
      expect([answer.status, answer.json()]).toEqual([
        410,
        {
          success: false,
          error: {
            code: 'SESSION_EXPIRED',
            message: 'Die Session ist abgelaufen',
            details: { session_id: id, expired_at: '2024-01-15T10:30:00.000Z' },
          },
        },
      ]);
    }
  });

  it('a session whose start link has expired is expired in every answer, before the sweep marks it', async () => {
    const { id } = await started(shop());
    await setRow(shop(), id, { created_at: '2024-02-15T10:30:00Z', start_expires_at: '2024-02-15T10:35:00Z' });
    const idsOf = async (status: string): Promise<string[]> =>
      (await data('listSessions', { query: `?${status}from_date=2024-02-15&to_date=2024-02-16` })).sessions.map(
        (session: Json) => `${session.session_id} ${session.status}`,
      );
    expect([await idsOf(''), await idsOf('status=expired&'), await idsOf('status=active&')]).toEqual([
      [`${id} expired`],
      [`${id} expired`],
      [],
    ]);
    expect(await data('getSession', { id })).toMatchObject({
      status: 'expired',
      expires_at: '2024-02-15T10:35:00.000Z',
    });
    const answer = await ask(shop(), 'cancelSession', { id });
    expect([answer.status, answer.json().error.code, answer.json().error.details.expired_at]).toEqual([
      410,
      'SESSION_EXPIRED',
      '2024-02-15T10:35:00.000Z',
    ]);
    expect(await rowOf(shop(), id)).toMatchObject({ status: 'open' });
  });

  it('pages by number and by cursor: every session once, newest first, even if new ones arrive', async () => {
    const ids: string[] = [];
    for (let nth = 0; nth < 7; nth += 1) {
      const { id } = await started(shop(), {
        protocol: nth % 2 === 0 ? 'cxml' : 'oci',
        connection: nth % 2 === 0 ? 'company-cxml' : 'company-oci',
      });
      // Two of them have the same microsecond: the id decides.
      await setRow(shop(), id, { created_at: `2023-05-0${nth === 6 ? 6 : nth + 1}T12:00:00.123456Z` });
      ids.unshift(id);
    }
    const range = 'from_date=2023-05-01&to_date=2023-05-31';
    const all = await data('listSessions', { query: `?${range}&limit=100` });
    expect(all.pagination).toEqual({ page: 1, limit: 100, total: 7, pages: 1, total_capped: false, next_cursor: null });
    const expected: string[] = all.sessions.map((session: Json) => session.session_id);
    expect([expected.toSorted(), expected.slice(2)]).toEqual([ids.toSorted(), ids.slice(2)]);

    const numbered: string[] = [];
    for (const page of [1, 2, 3])
      numbered.push(
        ...(await data('listSessions', { query: `?${range}&limit=3&page=${page}` })).sessions.map(
          (session: Json) => session.session_id,
        ),
      );
    expect(numbered).toEqual(expected);

    const followed: string[] = [];
    let cursor = '';
    for (let page = 1; page <= 3; page += 1) {
      const { sessions, pagination } = await data('listSessions', { query: `?${range}&limit=3${cursor}` });
      followed.push(...sessions.map((session: Json) => session.session_id));
      expect(pagination).toMatchObject({ page, limit: 3, total: 7, pages: 3 });
      cursor = `&cursor=${pagination.next_cursor}`;
    }
    expect([followed, cursor]).toEqual([expected, '&cursor=null']);

    expect(
      (await data('listSessions', { query: `?${range}&protocol=oci` })).sessions.map(
        (session: Json) => session.session_id,
      ),
    ).toEqual(expected.filter((id) => ids.indexOf(id) % 2 === 1));
    expect(
      (
        await data('listSessions', {
          query: '?from_date=2023-05-03T12:00:00.123Z&to_date=2023-05-04T14:00:00.123%2B02:00',
        })
      ).pagination.total,
    ).toBe(2);
    // to_date and cursor together: the earlier one applies.
    const middle = (await data('listSessions', { query: `?${range}&limit=3` })).pagination.next_cursor;
    const rest = async (to: string): Promise<string[]> =>
      (await data('listSessions', { query: `?from_date=2023-05-01&to_date=${to}&cursor=${middle}` })).sessions.map(
        (session: Json) => session.session_id,
      );
    expect([await rest('2023-05-31'), await rest('2023-05-02')]).toEqual([expected.slice(3), expected.slice(-2)]);
    expect(await data('listSessions', { query: '?to_date=1999-12-31' })).toEqual({
      sessions: [],
      pagination: { page: 1, limit: 20, total: 0, pages: 0, total_capped: false, next_cursor: null },
    });
  });

  it.each([
    ['status', '?status=open'],
    ['status', '?status=active&status=completed'],
    ['protocol', "?protocol=cxml'--"],
    ['from_date', '?from_date=yesterday'],
    ['from_date', '?from_date=2024-02-30'],
    ['from_date', '?from_date=2024-13-01'],
    ['to_date', '?to_date=2024-01-15T25:00:00Z'],
    ['from_date', '?from_date=2024-02-02&to_date=2024-02-01'],
    ['page', '?page=0'],
    ['page', '?page=1.5'],
    ['page', '?page=501'],
    ['limit', '?limit=101'],
    ['limit', '?limit=0'],
    ['limit', '?limit='],
    ['cursor', '?cursor=CANARY'],
    [
      'cursor',
      `?cursor=${Buffer.from('1 2024-99-99T00:00:00.000000Z demo_aaaaaaaaaaaaaaaaaaaaaaaaaa').toString('base64url')}`,
    ],
    ['sort', '?sort=created_at%3Bdrop%20table%20audit'],
  ])('the list refuses a wrong %s: %s', async (field, query) => {
    const answer = await ask(shop(), 'listSessions', { query });
    expect([answer.status, answer.json().error]).toEqual([
      400,
      {
        code: 'INVALID_REQUEST',
        message: 'Die Anfrage ist ungültig; den Grund nennt details',
        details: { field, error: expect.stringContaining(field) },
      },
    ]);
    expectClean(answer, ['CANARY']);
  });

  it('a batch: one result per id, in order', async () => {
    const [a, b] = [await started(shop()), await started(shop())];
    const unknown = `demo_${'a'.repeat(26)}`;
    const got = await data('batchSessions', {
      body: { action: 'get', session_ids: [b.id, unknown, a.id, 'x'.repeat(200)] },
    });
    const one = (await ask(shop(), 'getSession', { id: b.id })).json();
    expect(got.results[0]).toEqual({ session_id: b.id, ...one });
    expect(got.results.map(({ success, error }: Json) => [success, error?.code])).toEqual([
      [true, undefined],
      [false, 'TRANSMISSION_NOT_FOUND'],
      [true, undefined],
      [false, 'TRANSMISSION_NOT_FOUND'],
    ]);
    const cancelled = await data('batchSessions', {
      body: { action: 'cancel', session_ids: [a.id, unknown, a.id] },
      headers: { 'accept-language': 'en' },
    });
    expect(cancelled.results).toEqual([
      {
        session_id: a.id,
        success: true,
        data: { session_id: a.id, status: 'cancelled', cancelled_at: expect.any(String) },
      },
      {
        session_id: unknown,
        success: false,
        error: { code: 'TRANSMISSION_NOT_FOUND', message: 'There is no such punchout session.', details: {} },
      },
      cancelled.results[0],
    ]);
    const hundred = await data('batchSessions', {
      body: { action: 'get', session_ids: Array.from({ length: 100 }, () => a.id) },
    });
    expect(hundred.results).toHaveLength(100);
  });

  it.each([
    ['The body', 'no JSON'],
    ['The body', '[]'],
    ['The body', ''],
    ['action', { session_ids: ['a'] }],
    ['action', { action: 'CANARY', session_ids: ['a'] }],
    ['session_ids', { action: 'get' }],
    ['session_ids', { action: 'get', session_ids: [] }],
    ['session_ids', { action: 'get', session_ids: Array.from({ length: 101 }, () => 'a') }],
    ['session_ids.0', { action: 'cancel', session_ids: [7] }],
    ['force', { action: 'cancel', session_ids: ['a'], force: true }],
  ])('a batch refuses a wrong %s', async (field, body) => {
    const answer = await ask(shop(), 'batchSessions', { body });
    expect([answer.status, answer.json().error.code, answer.json().error.details.error]).toEqual([
      400,
      'INVALID_REQUEST',
      expect.stringContaining(field),
    ]);
    expectClean(answer, ['CANARY']);
  });

  it('bodies over 256 KiB are refused; other methods are refused with the allowed ones', async () => {
    const answer = await ask(shop(), 'batchSessions', { body: `"${'a'.repeat(256 * 1024)}"` });
    expect([answer.status, answer.json().error.code]).toEqual([413, 'REQUEST_TOO_LARGE']);
    for (const [path, method, allow] of [
      ['/sessions', 'DELETE', 'GET'],
      ['/sessions/x/cancel', 'GET', 'POST'],
      ['/sessions/x', 'PATCH', 'GET'],
      ['/analytics', 'POST', 'GET'],
      ['/sessions/batch', 'GET', 'POST'],
    ] as const) {
      const refused = await shop()
        .browser()
        .send(`/v1/punchout${path}`, { method, headers: { authorization: 'Bearer demo-api-key' } });
      expect([path, refused.status, refused.headers['allow'], refused.json().error.code]).toEqual([
        path,
        405,
        allow,
        'METHOD_NOT_ALLOWED',
      ]);
    }
  });

  it('T39: two tenants, every route: a foreign id is answered like an unknown one', async () => {
    await otherTenant(shop());
    const { client, transmissionId: mine } = await shopping(shop());
    await put(client, 'SKU-001', 1);
    const key = 'other-all';
    const unknown = `other_${'b'.repeat(26)}`;
    for (const operation of ['getSession', 'cancelSession']) {
      const answers = [];
      for (const id of [
        mine,
        unknown,
        `demo_${'c'.repeat(26)}`,
        'garbage',
        mine.toUpperCase(),
        `${mine}%00`,
        '..%2f..',
      ])
        answers.push(await ask(shop(), operation, { id, key }));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
        new Set([
          '404 {"success":false,"error":{"code":"TRANSMISSION_NOT_FOUND",' +
            '"message":"Diese Punchout-Session gibt es nicht","details":{}}}',
        ]),
      );
    }
    for (const action of ['get', 'cancel']) {
      const { results } = await data('batchSessions', { key, body: { action, session_ids: [mine] } });
      expect(results).toMatchObject([{ success: false, error: { code: 'TRANSMISSION_NOT_FOUND' } }]);
    }
    const own = await data('batchSessions', { body: { action: 'get', session_ids: [mine] } });
    expect(own.results[0].data.status).toBe('active');
    expect((await data('listSessions', { key })).pagination.total).toBe(0);
    const { pagination } = await data('listSessions', { query: '?limit=1' });
    expect((await data('listSessions', { key, query: `?cursor=${pagination.next_cursor}` })).sessions).toEqual([]);
    const figures = await data('readAnalytics', { key });
    expect([figures.summary.total_sessions, figures.timeline, figures.currency]).toEqual([0, [], 'CHF']);
  });

  it.each(GATEWAY_OPERATIONS.filter(({ open }) => open !== true).map(({ operationId }) => operationId))(
    '%s checks the key first, in either language',
    async (operation) => {
      for (const [language, message] of [
        ['de', 'Die Anmeldedaten sind ungültig'],
        ['en', 'The credentials are not valid.'],
      ] as const) {
        const answer = await ask(shop(), operation, {
          id: 'garbage',
          key: null,
          headers: { 'accept-language': language, 'content-type': 'application/json' },
        });
        // Systems that fetch files often know user name and password only.
        const ways = operation === 'fetchIndex' ? 'Bearer, Basic realm="indexes", charset="UTF-8"' : 'Bearer';
        expect([answer.status, answer.headers['www-authenticate'], answer.json().error.message]).toEqual([
          401,
          ways,
          message,
        ]);
      }
    },
  );

  it('keys: missing, unknown, and without the scope', async () => {
    await otherTenant(shop());
    const { id } = await started(shop());
    const body = { action: 'get', session_ids: [id] };
    const refused: [string, string | null, unknown?][] = [
      ['getSession', null],
      ['getSession', 'CANARY'],
      ['getSession', 'other-writer'],
      ['listSessions', null],
      ['listSessions', 'other-writer'],
      ['readAnalytics', 'other-writer'],
      ['readAnalytics', null],
      ['cancelSession', 'other-reader'],
      ['cancelSession', null],
      ['batchSessions', null, body],
      ['batchSessions', 'other-writer', body],
      ['batchSessions', 'other-reader', { ...body, action: 'cancel' }],
    ];
    for (const [operation, key, sent] of refused) {
      const answer = await ask(shop(), operation, { id, key, body: sent });
      expect([operation, key, answer.status, answer.json()]).toEqual([
        operation,
        key,
        401,
        {
          success: false,
          error: {
            code: 'INVALID_CREDENTIALS',
            message: 'Die Anmeldedaten sind ungültig',
            details: { protocol: 'api_key' },
          },
        },
      ]);
      expectClean(answer, ['CANARY']);
    }
    expect((await ask(shop(), 'batchSessions', { key: 'other-reader', body })).status).toBe(200);
    expect((await ask(shop(), 'cancelSession', { key: 'other-writer', id })).status).toBe(404);
    // An API key is accepted only in the header (T40).
    expect((await ask(shop(), 'listSessions', { key: null, query: '?api_key=demo-api-key' })).status).toBe(401);
  });
});
