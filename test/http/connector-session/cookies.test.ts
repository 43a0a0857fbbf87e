import { describe, expect, it } from '@jest/globals';
import { SESSION, callUp, idOf, isActive, rowOf, shopping } from '../../support/call-ups.js';
import { describeMounted } from '../../support/running-shop.js';
import { type Answer, HTML, JSON_WANTED, NAVIGATION, plain } from '../../support/web-client.js';

const attributesOf = (answer: Answer, name: string): object[] =>
  answer.cookies
    .filter((cookie) => cookie.name === name)
    .map(({ attributes }) =>
      Object.fromEntries(
        Object.entries(attributes).filter(([attribute]) => !['expires', 'max-age'].includes(attribute)),
      ),
    );

describeMounted('cookies on http', {}, (shop) => {
  const LAX = { path: '/', httponly: true, samesite: 'Lax' };

  it('architecture.md decision 1: Lax, not Secure, under plain names', async () => {
    const client = shop().browser();
    const answer = await client.get(await callUp(shop()), HTML);
    expect(attributesOf(answer, 'connector.sid')).toEqual([LAX]);
    expect(attributesOf(answer, 'connector.claim')).toEqual([LAX]);
    expect([...client.cookies.keys()].toSorted()).toEqual(['connector.claim', 'connector.sid']);
  });

  it('the claim cookie outlives the session by 24 hours; its value is not in the database', async () => {
    const startUrl = await callUp(shop());
    const client = shop().browser();
    const answer = await client.get(startUrl, HTML);
    const claim = answer.cookies.find(({ name }) => name === 'connector.claim');
    const row = await rowOf(shop(), idOf(startUrl));
    const wanted = (new Date(String(row['absolute_expires_at'])).getTime() - Date.now()) / 1000 + 24 * 3600;
    expect(Math.abs(Number(claim?.attributes['max-age']) - wanted)).toBeLessThan(30);
    expect(claim?.value).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(row)).not.toContain(String(claim?.value));
  });

  it('T05: no URL ever contains a session id or a claim', async () => {
    const { client, startUrl } = await shopping(shop());
    const secrets = [client.cookies.get('connector.sid'), client.cookies.get('connector.claim')].map(String);
    const answers = [
      await client.get(startUrl),
      await client.get('/checkout/confirm'),
      await client.get(`${SESSION}/logout?transferred=1`),
    ];
    for (const { location, text } of answers)
      for (const secret of secrets) expect(location + text).not.toContain(secret);
  });

  it.each([
    'connector.sid=s%3Agarbage.sig; connector.claim=garbage',
    'connector.sid=; connector.claim=',
    'connector.sid=%E0%A4%A',
    'connector.claim=' + 'a'.repeat(4000),
  ])('an invalid cookie counts as none: %.40s', async (cookie) => {
    const answer = await shop()
      .browser()
      .get(`${SESSION}/get`, { ...JSON_WANTED, cookie });
    expect([answer.status, answer.json()]).toEqual([200, { active: false }]);
    expect(
      (
        await shop()
          .browser()
          .get(await callUp(shop()), { ...HTML, cookie })
      ).status,
    ).toBe(303);
  });

  describe('a browser without our cookies', () => {
    it('is redirected once before the link is used; with the cookie it logs in', async () => {
      const startUrl = await callUp(shop());
      const client = shop().browser();
      const probed = await client.get(startUrl);
      expect([probed.status, new URL(probed.location).pathname]).toEqual([303, new URL(startUrl).pathname]);
      expect(await rowOf(shop(), idOf(startUrl))).toMatchObject({ status: 'open' });
      expect((await client.get(probed.location)).location).toBe(`${shop().url}/`);
      expect(await isActive(client)).toBe(true);
    });

    it.each(['GET', 'POST'])(
      'that accepts none (%s): a page with a link to a new window, and the link works there',
      async (method) => {
        const startUrl = new URL(await callUp(shop()));
        const token = String(startUrl.searchParams.get('token'));
        const frame = { ...NAVIGATION, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' };
        const client = shop().browser();
        const probed =
          method === 'GET'
            ? await client.get(startUrl.href, frame)
            : await client.post(startUrl.origin + startUrl.pathname, { token }, frame);
        expect(probed.status).toBe(303);
        client.cookies.clear();
        const page = await client.get(probed.location, frame);
        expect(page.status).toBe(200);
        expect(page.headers['content-security-policy']).toContain("frame-ancestors 'self' https://erp.company.com");
        expect(client.cookies.size).toBe(0);
        expect(await rowOf(shop(), idOf(startUrl.href))).toMatchObject({ status: 'open' });

        const link = /<a href="([^"]+)"[^>]*target="_blank"/.exec(page.text)?.[1] ?? '';
        const window = shop().browser();
        const opened = await window.get(new URL(plain(link), page.url).href);
        expect((await window.get(opened.location)).location).toBe(`${shop().url}/`);
        expect(await isActive(window)).toBe(true);
      },
    );
  });
});

describeMounted(
  'cookies on https, behind a proxy that ends TLS',
  { publicOrigin: 'https://shop.localhost' },
  (shop) => {
    const PARTITIONED = { path: '/', httponly: true, secure: true, samesite: 'None', partitioned: true };
    const SESSION_COOKIE = '__Host-connector.sid';
    const CLAIM_COOKIE = '__Host-connector.claim';

    it('architecture.md decision 1: __Host-, Secure, SameSite=None, Partitioned behind http', async () => {
      const client = shop().browser();
      const startUrl = await callUp(shop());
      expect(startUrl.startsWith(`${shop().url}${SESSION}/login/`)).toBe(true);
      const probed = await client.get(startUrl);
      expect(attributesOf(probed, '__Host-connector.probe')).toEqual([PARTITIONED]);
      const answer = await client.get(probed.location);
      expect(answer.status).toBe(303);
      expect(attributesOf(answer, SESSION_COOKIE)).toEqual([PARTITIONED]);
      expect(attributesOf(answer, CLAIM_COOKIE)).toEqual([PARTITIONED]);
      for (const { attributes } of answer.cookies) expect(attributes).not.toHaveProperty('domain');
      expect(await isActive(client)).toBe(true);
    });

    it('T06: deleting repeats every attribute', async () => {
      const { client } = await shopping(shop());
      const answer = await client.get(`${SESSION}/logout`, JSON_WANTED);
      for (const name of [SESSION_COOKIE, CLAIM_COOKIE]) {
        expect(attributesOf(answer, name)).toEqual([PARTITIONED]);
        expect(answer.cookies.find((cookie) => cookie.name === name)).toMatchObject({
          value: '',
          attributes: { expires: 'Thu, 01 Jan 1970 00:00:00 GMT' },
        });
      }
      expect(client.cookies.size).toBe(0);
    });

    it("T38: the client's claims about host and scheme appear in no answer", async () => {
      const startUrl = await callUp(shop());
      const hostile = {
        host: 'evil.test',
        'x-forwarded-host': 'evil.test',
        'x-forwarded-proto': 'http',
        forwarded: 'host=evil.test',
        ...NAVIGATION,
      };
      const client = shop().browser();
      const probed = await client.get(startUrl, hostile);
      const landed = await client.get(probed.location, hostile);
      const absolute = await shop()
        .browser()
        .send(`http://evil.test${new URL(startUrl).pathname}?token=x`, { raw: true, headers: HTML });
      for (const answer of [probed, landed, absolute])
        expect(JSON.stringify(answer.headers) + answer.text).not.toContain('evil.test');
      expect(landed.status).toBe(303);
    });

    it('HSTS on https, for this host only', async () => {
      expect((await shop().browser().get(`${SESSION}/get`, JSON_WANTED)).headers['strict-transport-security']).toBe(
        'max-age=31536000',
      );
    });
  },
);
