import { describe, expect, it } from '@jest/globals';
import { SESSION, cartFields, expectClean, isActive, put, rowOf, shopping } from '../../support/call-ups.js';
import { describeMounted, describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED, NAVIGATION } from '../../support/web-client.js';
import { until } from '../../support/until.js';

describeMounted('get and logout (connector session)', {}, (shop) => {
  it('get: the state with a session, "active": false without one', async () => {
    expect((await shop().browser().get(`${SESSION}/get`, JSON_WANTED)).json()).toEqual({ active: false });
    const { client, transmissionId } = await shopping(shop());
    const answer = await client.get(`${SESSION}/get`, JSON_WANTED);
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        active: true,
        transmissionId,
        protocol: 'cxml',
        operation: 'create',
        status: 'active',
        expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      },
    ]);
    expect((await client.send(`${SESSION}/get`, { method: 'POST', headers: JSON_WANTED })).status).toBe(405);
  });

  it.each(['GET', 'POST'])(
    '%s logout ends the session, a job deletes its cart, its cookies are deleted',
    async (method) => {
      const { client, transmissionId } = await shopping(shop());
      await put(client, 'SKU-001', 1);
      const answer = await client.send(`${SESSION}/logout`, { method, headers: JSON_WANTED });
      expect([answer.status, answer.json()]).toEqual([200, { active: false, transmissionId, status: 'closed' }]);
      expect([client.cookies.size, await isActive(client)]).toEqual([0, false]);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
      expect(await shop().knex('transfer_payload').where({ transmission_id: transmissionId })).toEqual([]);
      const worker = shop().connector.startWorker();
      await until(async () => (await shop().knex('demo_cart').where({ cart_id: transmissionId })).length === 0);
      await worker.stop();
    },
  );

  it.each(['GET', 'POST'])(
    '%s logout/redirect ends the session and redirects home; also without a session',
    async (method) => {
      const { client, transmissionId } = await shopping(shop());
      const answer = await client.send(`${SESSION}/logout/redirect`, { method, headers: HTML });
      expect([answer.status, answer.location]).toEqual([303, `${shop().url}/`]);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
      expect((await client.send(`${SESSION}/logout/redirect`, { method, headers: HTML })).location).toBe(
        `${shop().url}/`,
      );
    },
  );

  it('architecture.md section 6: without a session 200, and nothing happens', async () => {
    for (const query of ['', '?transferred=1', '?transferred=0']) {
      const answer = await shop().browser().get(`${SESSION}/logout${query}`, JSON_WANTED);
      expect([answer.status, answer.json()]).toEqual([200, { active: false }]);
      const page = await shop().browser().get(`${SESSION}/logout${query}`);
      expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    }
  });

  it('a person gets a page', async () => {
    const { client } = await shopping(shop());
    const page = await client.get(`${SESSION}/logout`);
    expect([
      page.status,
      page.headers['content-type'],
      page.headers['cache-control'],
      page.headers['x-content-type-options'],
    ]).toEqual([200, 'text/html; charset=utf-8', 'no-store', 'nosniff']);
    expect(page.text).toContain(`href="${shop().prefix}/"`);
  });

  it.each([
    ['1', 'transferred'],
    ['true', 'transferred'],
    ['TRUE', 'transferred'],
    ['0', 'closed'],
    ['false', 'closed'],
    ['', 'closed'],
  ])(
    'architecture.md section 6: transferred=%s leaves the transmission %s, in the query and in a form',
    async (value, status) => {
      const first = await shopping(shop());
      expect((await first.client.get(`${SESSION}/logout?transferred=${value}`, JSON_WANTED)).status).toBe(200);
      expect(await rowOf(shop(), first.transmissionId)).toMatchObject({ status });
      const second = await shopping(shop());
      expect((await second.client.post(`${SESSION}/logout`, { transferred: value }, JSON_WANTED)).status).toBe(200);
      expect(await rowOf(shop(), second.transmissionId)).toMatchObject({ status });
    },
  );

  it.each([
    ['?transferred=2', ''],
    ['?transferred=yes', ''],
    ['?transferred=1&transferred=0', ''],
    ['?transferred=1&transferred=1', ''],
    ['', 'transferred=1&transferred=0'],
    ['?transferred=0', 'transferred=1'],
  ])('400 for an ambiguous parameter: %s %s', async (query, body) => {
    const { client, transmissionId } = await shopping(shop());
    const answer = await client.post(`${SESSION}/logout${query}`, body, JSON_WANTED);
    expect([answer.status, answer.json().error]).toEqual([
      400,
      { code: 'INVALID_REQUEST', message: expect.any(String), details: { parameter: 'transferred' } },
    ]);
    expectClean(answer, ['yes']);
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
  });

  it('413 for a body over 4 kB, and nothing happens', async () => {
    const { client, transmissionId } = await shopping(shop());
    const answer = await client.post(`${SESSION}/logout`, `transferred=1&x=${'a'.repeat(5000)}`, JSON_WANTED);
    expect([answer.status, answer.json().error.code]).toEqual([413, 'REQUEST_TOO_LARGE']);
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
  });

  it('T10: a session id from before the logout is worthless', async () => {
    const { client } = await shopping(shop());
    const stolen = new Map(client.cookies);
    await client.get(`${SESSION}/logout`, JSON_WANTED);
    for (const [name, value] of stolen) client.cookies.set(name, value);
    expect(await isActive(client)).toBe(false);
    expect((await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED)).json()).toEqual({ active: false });
  });

  it.each([
    ['HEAD', { method: 'HEAD', headers: HTML }],
    ['prefetch', { headers: { ...NAVIGATION, 'sec-fetch-site': 'same-origin', 'sec-purpose': 'prefetch' } }],
    ['image', { headers: { 'sec-fetch-dest': 'image', 'sec-fetch-site': 'same-origin' } }],
    ['script', { headers: { 'sec-fetch-dest': 'script', 'sec-fetch-site': 'same-origin' } }],
  ])('T02: %s changes nothing at logout, transfer and redirect', async (_, question) => {
    const { client, transmissionId } = await shopping(shop());
    for (const path of ['/logout', '/logout?transferred=1', '/logout/redirect'])
      expect((await client.send(SESSION + path, question)).status).toBe(204);
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
  });

  describe('another site (architecture.md decision 1, T08)', () => {
    const NEUTRAL = { accept: 'text/html' };
    const sites: [string, Record<string, string>][] = [
      ['Sec-Fetch-Site: cross-site', { ...NAVIGATION, 'sec-fetch-site': 'cross-site' }],
      [
        'cross-site with a foreign Origin',
        { ...NAVIGATION, 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
      ],
      ['a foreign Origin alone', { ...NEUTRAL, origin: 'https://evil.test' }],
      ['Origin: null', { ...NEUTRAL, origin: 'null' }],
      ['a frame of another site', { ...NAVIGATION, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }],
    ];

    it.each(sites)(
      '%s: logout and redirect ask first, by GET and POST, and the button ends the session',
      async (_, headers) => {
        const { client, transmissionId } = await shopping(shop());
        for (const path of ['/logout', '/logout/redirect', '/logout?transferred=0']) {
          for (const method of ['GET', 'POST']) {
            const page = await client.send(SESSION + path, { method, headers });
            expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
            expect(page.text).toContain('<form method="post"');
          }
        }
        expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
        const page = await client.get(`${SESSION}/logout`, headers);
        await client.submit(page);
        expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
      },
    );

    it.each(sites)('%s: transfer asks first, and the button transfers', async (_, headers) => {
      const { client, transmissionId } = await shopping(shop());
      await put(client, 'SKU-001', 1);
      await client.get(`${SESSION}/logout?transferred=1`, headers);
      const page = await client.post(`${SESSION}/logout`, { transferred: '1' }, headers);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
      const cart = await client.submit(page);
      expect(Object.keys(cartFields(cart))).toEqual(['cXML-urlencoded']);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'transferred' });
    });

    it('a listed frontend origin counts as our own, others do not', async () => {
      const { tenants } = shop().connector.directory;
      await tenants.save({
        tenantId: 'demo',
        name: 'Demo shop',
        settings: { frontendOrigins: ['https://front.example.com'] },
      });
      const { client, transmissionId } = await shopping(shop());
      await client.post(`${SESSION}/logout`, '', {
        ...JSON_WANTED,
        'sec-fetch-site': 'cross-site',
        origin: 'https://front.example.com.evil.test',
      });
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
      await client.post(`${SESSION}/logout`, '', {
        ...JSON_WANTED,
        'sec-fetch-site': 'cross-site',
        origin: 'https://front.example.com',
      });
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
    });

    it('a sibling subdomain is asked, unless its origin is listed', async () => {
      const { tenants } = shop().connector.directory;
      await tenants.save({
        tenantId: 'demo',
        name: 'Demo shop',
        settings: { frontendOrigins: ['https://www.shop.example'] },
      });
      const { client, transmissionId } = await shopping(shop());
      const sibling = { ...NAVIGATION, 'sec-fetch-site': 'same-site' };
      for (const headers of [
        sibling,
        { ...sibling, origin: 'https://blog.shop.example' },
        { ...sibling, referer: 'https://blog.shop.example/' },
        { ...JSON_WANTED, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' },
      ]) {
        for (const method of ['GET', 'POST']) {
          for (const path of [
            '/logout',
            '/logout/redirect',
            '/logout?transferred=1',
            '/logout?transferred=1&unchanged=1',
          ])
            expect((await client.send(SESSION + path, { method, headers })).text).toContain('<form method="post"');
        }
      }
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
      await client.get(`${SESSION}/logout`, { ...sibling, referer: 'https://www.shop.example/cart' });
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
    });

    it.each(['same-origin', 'none'])('Sec-Fetch-Site: %s is not asked', async (site) => {
      const { client, transmissionId } = await shopping(shop());
      await client.post(`${SESSION}/logout`, '', { ...NAVIGATION, 'sec-fetch-site': site });
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
    });
  });
});

describeShop('headerlessGet: false', { connector: { headerlessGet: false } }, (shop) => {
  it('a GET without Sec-Fetch-Site and Origin asks first; a POST does not', async () => {
    const { client, transmissionId } = await shopping(shop());
    const page = await client.get(`${SESSION}/logout?transferred=1`, HTML);
    expect(page.text).toContain('<form method="post"');
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
    expect((await client.submit(page, HTML)).status).toBe(200);
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'transferred' });
  });
});
