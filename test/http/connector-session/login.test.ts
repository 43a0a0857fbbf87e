import { describe, expect, it, jest } from '@jest/globals';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import { SESSION, callUp, expectClean, idOf, isActive, rowOf, setRow, shopping } from '../../support/call-ups.js';
import { describeMounted, describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED, NAVIGATION, plain } from '../../support/web-client.js';

describeMounted('login (connector session, architecture.md decision 2)', {}, (shop) => {
  const audited = async (transmissionId: string): Promise<string[]> => {
    const rows: { event: string; details: { code?: string } }[] = await shop()
      .knex('audit')
      .where({ transmission_id: transmissionId })
      .orderBy('audit_id');
    return rows.map(({ event, details }) => (details.code === undefined ? event : `${event} ${details.code}`));
  };

  describe('accepted', () => {
    it.each(['GET', 'POST'])('by %s: 303 to the shop, and the transmission is active', async (method) => {
      const startUrl = await callUp(shop());
      const client = shop().browser();
      const answer = await client.send(startUrl, { method, headers: HTML });
      expect([answer.status, answer.location]).toEqual([303, `${shop().url}/`]);
      expect(await isActive(client)).toBe(true);
      expect(await rowOf(shop(), idOf(startUrl))).toMatchObject({ status: 'active', epoch: 1 });
      expect(await audited(idOf(startUrl))).toEqual(['created', 'login']);
    });

    it('as JSON if requested', async () => {
      const startUrl = await callUp(shop());
      const answer = await shop().browser().get(startUrl, JSON_WANTED);
      expect(answer.status).toBe(200);
      expect(answer.json()).toEqual({
        active: true,
        transmissionId: idOf(startUrl),
        protocol: 'cxml',
        operation: 'create',
        status: 'active',
        expiresAt: expect.any(String),
        location: `${shop().prefix}/`,
        restored: [],
      });
    });

    it('lands on the SelectedItem, the cart for an edit, or the home page', async () => {
      const land = async (wish: Parameters<typeof callUp>[1]): Promise<string> =>
        (
          await shop()
            .browser()
            .get(await callUp(shop(), wish), HTML)
        ).location;
      expect(await land({ selectedSku: 'SKU-001' })).toBe(`${shop().url}/detail/SKU-001`);
      expect(await land({ selectedSku: 'no such' })).toBe(`${shop().url}/`);
      expect(await land({ operation: 'edit', items: [{ sku: 'SKU-001', quantity: '2' }] })).toBe(
        `${shop().url}/checkout/cart`,
      );
    });

    it('architecture.md decision 6: an edit restores its lines and reports the missing ones', async () => {
      const startUrl = await callUp(shop(), {
        operation: 'edit',
        items: [
          { sku: 'SKU-001', quantity: '2' },
          { sku: 'GONE', quantity: '1' },
        ],
      });
      const answer = await shop().browser().get(startUrl, JSON_WANTED);
      expect(answer.json().restored).toEqual([
        { supplierPartId: 'SKU-001', requested: '2', got: '2' },
        { supplierPartId: 'GONE', requested: '1', got: '0', difference: 'gone' },
      ]);
    });

    it('removes the token from a posted form', async () => {
      const startUrl = new URL(await callUp(shop()));
      const answer = await shop()
        .browser()
        .post(startUrl.origin + startUrl.pathname, { token: String(startUrl.searchParams.get('token')) }, HTML);
      expect(answer.status).toBe(303);
    });
  });

  describe('refused', () => {
    it.each([
      ['unknown', (id: string) => `${id.slice(0, -1)}${id.endsWith('a') ? 'b' : 'a'}`],
      ['of an unknown tenant', (id: string) => id.replace(/^demo/, 'nobody')],
      ['malformed', () => 'x'],
      ['malformed, with SQL in it', () => "demo_'%3Bselect%20*%20from%20tenant--"],
      ['in upper case', (id: string) => id.toUpperCase()],
      ['with a NUL', (id: string) => `${id}%00`],
      ['with a broken percent-encoding', () => '%E0%A4%A'],
      ['very long', () => 'a'.repeat(5000)],
    ])('404 for an id that is %s, with the same text', async (_, change) => {
      const startUrl = await callUp(shop());
      const address = startUrl.replace(idOf(startUrl), () => change(idOf(startUrl)));
      for (const method of ['GET', 'POST']) {
        const answer = await shop().browser().send(address, { method, headers: JSON_WANTED });
        expect([answer.status, answer.json()]).toEqual([
          404,
          { error: { code: 'TRANSMISSION_NOT_FOUND', message: 'There is no such punchout session.' } },
        ]);
        const page = await shop().browser().send(address, { method, headers: HTML });
        expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
        expectClean(page, ['select', '%E0', 'aaaaaaa']);
      }
    });

    it.each([
      ['no token', ''],
      ['an empty one', '?token='],
      ['a wrong one', '?token=wrong'],
      ['the right one twice', 'twice'],
    ])('401 for %s; the link is not used up', async (_, query) => {
      const startUrl = await callUp(shop());
      const [bare = '', right = ''] = startUrl.split('?');
      const wanted = query === 'twice' ? `?${right}&${right}` : query;
      for (const method of ['GET', 'POST']) {
        const answer = await shop()
          .browser()
          .send(bare + wanted, { method, headers: JSON_WANTED });
        expect([answer.status, answer.json().error.code]).toEqual([401, 'START_TOKEN_INVALID']);
      }
      expect(await audited(idOf(startUrl))).toEqual([
        'created',
        'login_refused START_TOKEN_INVALID',
        'login_refused START_TOKEN_INVALID',
      ]);
      expect((await shop().browser().get(startUrl, HTML)).status).toBe(303);
    });

    const PAST = new Date(Date.now() - 3_600_000);
    it.each([
      ['cancelled', { status: 'cancelled' }, 400, 'SESSION_CANCELLED'],
      ['transferred', { status: 'transferred' }, 400, 'SESSION_TRANSFERRED'],
      ['order_created', { status: 'order_created' }, 400, 'ORDER_CREATED'],
      ['closed', { status: 'closed' }, 400, 'SESSION_CLOSED'],
      ['expired', { status: 'expired' }, 410, 'SESSION_EXPIRED'],
      ['past its time', { expires_at: PAST }, 410, 'SESSION_EXPIRED'],
      ['an expired start link', { start_expires_at: PAST }, 410, 'SESSION_EXPIRED'],
      ['over, although claimed', { status: 'active', expires_at: PAST }, 410, 'SESSION_EXPIRED'],
    ])(
      '%s: its status, as page and as JSON, by GET and POST; nothing changes; the token is checked first',
      async (_, change, status, code) => {
        const startUrl = await callUp(shop());
        await setRow(shop(), idOf(startUrl), change);
        const before = await rowOf(shop(), idOf(startUrl));
        for (const method of ['GET', 'POST']) {
          const client = shop().browser();
          const answer = await client.send(startUrl, { method, headers: JSON_WANTED });
          expect([answer.status, answer.json().error.code]).toEqual([status, code]);
          const page = await client.send(startUrl, { method, headers: HTML });
          expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([
            status,
            'text/html; charset=utf-8',
            'no-store',
          ]);
          expect(page.text).toContain(`${status} ${code}`);
          expect(client.cookies.size).toBe(0);
          const wrong = await client.send(`${String(startUrl.split('?')[0])}?token=wrong`, {
            method,
            headers: JSON_WANTED,
          });
          expect(wrong.status).toBe(401);
        }
        expect(await rowOf(shop(), idOf(startUrl))).toEqual(before);
      },
    );

    it.each([
      ['de', 'Der Link wurde nicht rechtzeitig benutzt'],
      ['en', 'The link was not used in time'],
    ])('an expired link says so in %s, before and after the sweep', async (language, sentence) => {
      const startUrl = await callUp(shop());
      for (const change of [{ start_expires_at: PAST }, { status: 'expired' }]) {
        await setRow(shop(), idOf(startUrl), change);
        const page = await shop()
          .browser()
          .get(startUrl, { ...HTML, 'accept-language': language });
        expect(plain(page.text)).toContain(sentence);
        expect((await shop().browser().get(startUrl, JSON_WANTED)).json().error).toEqual({
          code: 'SESSION_EXPIRED',
          message: 'The start link was not used in time.',
          details: { session_id: idOf(startUrl), expired_at: PAST.toISOString(), link_used: false },
        });
      }
    });

    it('a session that timed out says that nothing happened', async () => {
      const { transmissionId, startUrl } = await shopping(shop());
      await setRow(shop(), transmissionId, { expires_at: PAST, start_expires_at: PAST });
      expect((await shop().browser().get(startUrl, HTML)).text).toContain('For a while nothing happened');
    });

    it('409 for another browser; it is audited, and the first browser is not affected (T01)', async () => {
      const { client, transmissionId, startUrl } = await shopping(shop());
      for (const method of ['GET', 'POST']) {
        const answer = await shop().browser().send(startUrl, { method, headers: JSON_WANTED });
        expect([answer.status, answer.json().error.code]).toEqual([409, 'START_LINK_USED']);
      }
      expect(await audited(transmissionId)).toEqual([
        'created',
        'login',
        'login_refused START_LINK_USED',
        'login_refused START_LINK_USED',
      ]);
      expect(await isActive(client)).toBe(true);
    });

    it('405 for other methods, 404 for other paths', async () => {
      const startUrl = await callUp(shop());
      const answer = await shop().browser().send(startUrl, { method: 'DELETE', headers: JSON_WANTED });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, POST']);
      expect((await shop().browser().get(`${SESSION}/nothing`, JSON_WANTED)).status).toBe(404);
      expect((await shop().browser().get(`${SESSION}/login`, JSON_WANTED)).status).toBe(404);
    });
  });

  describe('one browser', () => {
    it('returns to its own session by 303, even without its claim cookie or its session', async () => {
      const { client, transmissionId, startUrl } = await shopping(shop());
      expect((await client.get(startUrl, HTML)).status).toBe(303);
      expect((await client.get(String(startUrl.split('?')[0]), HTML)).status).toBe(303);
      const claim = String(client.cookies.get('connector.claim'));
      client.cookies.delete('connector.claim');
      expect((await client.get(startUrl, HTML)).status).toBe(303);
      client.cookies.clear();
      client.cookies.set('connector.claim', claim);
      expect((await client.get(startUrl, HTML)).status).toBe(303);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active', epoch: 1 });
    });

    it('T04: gets a new session id at every login', async () => {
      const startUrl = await callUp(shop());
      const client = shop().browser();
      const other = await shopping(shop());
      const planted = String(other.client.cookies.get('connector.sid'));
      await other.client.get(`${SESSION}/logout`, JSON_WANTED);
      client.cookies.set('connector.sid', planted);
      expect((await client.get(startUrl, HTML)).status).toBe(303);
      const mine = client.cookies.get('connector.sid');
      expect(mine).not.toBe(planted);
      await client.get(startUrl, HTML);
      expect(client.cookies.get('connector.sid')).not.toBe(mine);
      const thief = shop().browser();
      thief.cookies.set('connector.sid', planted);
      expect(await isActive(thief)).toBe(false);
    });

    it('with another live session: 409, and the page offers to end that session and continue', async () => {
      const { client, transmissionId } = await shopping(shop());
      const second = await callUp(shop());
      const answer = await client.get(second, JSON_WANTED);
      expect([answer.status, answer.json().error.code]).toEqual([409, 'SESSION_ACTIVE']);
      const page = await client.get(second);
      expect(page.status).toBe(409);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });

      const crossSite = await client.submit(page, { ...NAVIGATION, 'sec-fetch-site': 'cross-site' });
      expect(crossSite.status).toBe(409);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });

      expect((await client.submit(page)).status).toBe(303);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
      expect(await rowOf(shop(), idOf(second))).toMatchObject({ status: 'active' });
      expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json().transmissionId).toBe(idOf(second));
    });

    it('the page keeps a token that was posted', async () => {
      const { client } = await shopping(shop());
      const second = new URL(await callUp(shop()));
      const page = await client.post(second.origin + second.pathname, {
        token: String(second.searchParams.get('token')),
      });
      expect(page.status).toBe(409);
      expect((await client.submit(page)).status).toBe(303);
    });

    it('a link that another browser has used meanwhile does not end the existing session', async () => {
      const { client, transmissionId } = await shopping(shop());
      const second = await shopping(shop());
      const answer = await client.post(second.startUrl, { end_current: '1' }, JSON_WANTED);
      expect(answer.status).toBe(409);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
    });

    it('onActiveSession "replace" ends the other session without asking', async () => {
      await shop().onboard({
        connectionId: 'replacing',
        settings: { onActiveSession: 'replace' },
        credential: { kind: 'cxml', domain: 'NetworkId', identity: 'replacing@company.com' },
      });
      const { client, transmissionId } = await shopping(shop());
      const second = await callUp(shop(), { identity: 'replacing@company.com' });
      expect((await client.get(second)).status).toBe(303);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
    });
  });

  describe('an interrupted login', () => {
    it('by a kill between claim and cart: the browser comes back and gets its cart', async () => {
      const { client, transmissionId, startUrl } = await shopping(shop(), {
        operation: 'edit',
        items: [{ sku: 'SKU-001', quantity: '2' }],
      });
      await shop().knex('demo_cart').where({ cart_id: transmissionId }).del();
      await setRow(shop(), transmissionId, { cart: null, restored_at: null, restore_report: null });
      await shop().knex('browser_session').del();
      const answer = await client.get(startUrl, JSON_WANTED);
      expect([answer.status, answer.json().restored]).toEqual([
        200,
        [{ supplierPartId: 'SKU-001', requested: '2', got: '2' }],
      ]);
      expect((await client.get('/checkout/cart.json', JSON_WANTED)).json().items_count).toBe(2);
    });

    it('by a shop that does not answer: 503, the browser keeps its claim and tries again', async () => {
      const startUrl = await callUp(shop());
      const client = shop().browser();
      const silent = jest
        .spyOn(shop().store, 'openCart')
        .mockRejectedValue(new PunchoutError('STORE_UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.1'));
      const answer = await client.get(startUrl, HTML);
      silent.mockRestore();
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
      expectClean(answer, ['ECONNREFUSED', '10.0.0.1']);
      expect((await client.get(startUrl, HTML)).status).toBe(303);
      expect(await isActive(client)).toBe(true);
      expect((await rowOf(shop(), idOf(startUrl)))['cart']).not.toBeNull();
    });
  });

  describe('T02: opening without intent does not use the link', () => {
    it.each([
      ['HEAD', { method: 'HEAD', headers: HTML }],
      ['HEAD of a browser', { method: 'HEAD', headers: NAVIGATION }],
      ['prefetch', { headers: { ...NAVIGATION, 'sec-purpose': 'prefetch' } }],
      ['prerender', { headers: { ...NAVIGATION, 'sec-purpose': 'prefetch;prerender' } }],
      ['old prefetch', { headers: { ...HTML, purpose: 'prefetch' } }],
      ['old Firefox prefetch', { headers: { ...HTML, 'x-moz': 'prefetch' } }],
      [
        'an image',
        {
          headers: {
            accept: 'image/*',
            'sec-fetch-dest': 'image',
            'sec-fetch-mode': 'no-cors',
            'sec-fetch-site': 'cross-site',
          },
        },
      ],
      [
        'a script',
        {
          headers: {
            accept: '*/*',
            'sec-fetch-dest': 'script',
            'sec-fetch-mode': 'no-cors',
            'sec-fetch-site': 'same-origin',
          },
        },
      ],
      ['a style', { headers: { accept: 'text/css', 'sec-fetch-dest': 'style' } }],
    ])('%s changes nothing, and the browser still logs in', async (_, question) => {
      const startUrl = await callUp(shop());
      const looker = shop().browser();
      const answer = await looker.send(startUrl, question);
      expect([answer.status, looker.cookies.size]).toEqual([204, 0]);
      expect(await rowOf(shop(), idOf(startUrl))).toMatchObject({ status: 'open', epoch: 0 });
      expect((await shop().browser().get(startUrl, HTML)).status).toBe(303);
    });
  });

  describe('continuePage', () => {
    const calling = async (): Promise<string> => {
      await shop().onboard({
        connectionId: 'clicking',
        settings: { continuePage: true },
        credential: { kind: 'cxml', domain: 'NetworkId', identity: 'clicking@company.com' },
      });
      return callUp(shop(), { identity: 'clicking@company.com' });
    };

    it.each([
      ['a navigation', HTML],
      ['a mail scanner that takes anything', { accept: '*/*' }],
      ['a link preview without Accept', {}],
    ])('GET by %s gets a page and does not use the link; its button logs in', async (_, headers) => {
      const startUrl = await calling();
      const client = shop().browser();
      const page = await client.send(startUrl, { headers });
      expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await rowOf(shop(), idOf(startUrl))).toMatchObject({ status: 'open' });
      expect((await client.submit(page, HTML)).status).toBe(303);
      expect(await isActive(client)).toBe(true);
    });

    it('a call-up posted by another site gets the page too, and the page keeps its token', async () => {
      const startUrl = new URL(await calling());
      const client = shop().browser();
      client.cookies.set('connector.probe', '1');
      const page = await client.post(
        startUrl.origin + startUrl.pathname,
        { token: String(startUrl.searchParams.get('token')) },
        { ...NAVIGATION, 'sec-fetch-site': 'cross-site' },
      );
      expect([page.status, await isActive(client)]).toEqual([200, false]);
      expect((await client.submit(page)).status).toBe(303);
    });
  });
});

describeShop('wrong start tokens', {}, (shop) => {
  it('refused logins leave at most 20 audit rows of a session per minute, by any route', async () => {
    const [one, other] = [await callUp(shop()), await callUp(shop())].map(idOf) as [string, string];
    const rows = async (id: string): Promise<number> =>
      (await shop().knex('audit').where({ transmission_id: id, event: 'login_refused' })).length;
    for (let turn = 0; turn < 120; turn += 1) await shop().browser().get(`${SESSION}/login/${one}?token=${turn}`, HTML);
    for (let turn = 0; turn < 40; turn += 1)
      await shop().browser().get(`/sso?token=${other}.wrong-token-${turn}`, HTML);
    expect([await rows(one), await rows(other)]).toEqual([20, 20]);
  });
});
