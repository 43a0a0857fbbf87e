import { describe, expect, it } from '@jest/globals';
import { SESSION, cartFields, expectClean, idOf, isActive, put, rowOf } from '../../support/call-ups.js';
import { describeMounted } from '../../support/running-shop.js';
import { type Answer, HTML, NAVIGATION } from '../../support/web-client.js';

const OCI = '/v1/punchout/oci/setup';
/** PunchFlow's example, byte for byte. */
const PUNCHFLOW_SETUP = (
  'HOOK_URL=https://erp.company.com/oci/return\nUSERNAME=buyer@company.com\nPASSWORD=SecretPassword123\n' +
  'FUNCTION=CREATE_SESSION\nLANGUAGE=de\nCURRENCY=EUR'
).replaceAll('\n', '&');

const startUrlIn = (answer: Answer): string =>
  /<meta http-equiv="refresh" content="0;url=([^"]+)">/.exec(answer.text)?.[1]?.replaceAll('&#38;', '&') ?? '';

describeMounted('OCI call-up (PunchOut Session API)', {}, (shop) => {
  const transmissions = async (): Promise<number> =>
    Number((await shop().knex('transmission').count({ n: '*' }))[0]?.['n']);

  it('POST: a page that redirects the browser, and the cart comes back as OCI fields', async () => {
    const client = shop().browser();
    const answer = await client.post(OCI, PUNCHFLOW_SETUP, HTML);
    expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    const startUrl = startUrlIn(answer);
    expect(startUrl.startsWith(`${shop().url}${SESSION}/login/demo_`)).toBe(true);
    await client.get(startUrl, HTML);
    expect(await rowOf(shop(), idOf(startUrl))).toMatchObject({
      protocol: 'oci',
      return_url: 'https://erp.company.com/oci/return',
      request: { language: 'de', currency: 'EUR' },
    });
    await put(client, 'SKU-001', 2);
    await put(client, 'SKU-002', 1);
    const page = await client.get(`${SESSION}/logout?transferred=1`, {
      ...NAVIGATION,
      'sec-fetch-site': 'same-origin',
    });
    expect(page.text).toContain('action="https://erp.company.com/oci/return"');
    expect(cartFields(page)).toMatchObject({
      'NEW_ITEM-VENDORMAT[1]': 'SKU-001',
      'NEW_ITEM-QUANTITY[1]': expect.stringMatching(/^2(\.0+)?$/),
      'NEW_ITEM-PRICE[1]': expect.stringMatching(/^499\.990?$/),
      'NEW_ITEM-CURRENCY[1]': 'EUR',
      'NEW_ITEM-VENDORMAT[2]': 'SKU-002',
    });
    expect(JSON.stringify(cartFields(page))).not.toContain('SecretPassword123');
  });

  it('oci.md 8.9, T30: GET: 303 to an address without the password, which is in no log', async () => {
    const client = shop().browser();
    const answer = await client.get(`${OCI}?${PUNCHFLOW_SETUP}`, HTML);
    expect([answer.status, answer.text, answer.headers['referrer-policy'], answer.headers['cache-control']]).toEqual([
      303,
      expect.not.stringContaining('SecretPassword123'),
      'no-referrer',
      'no-store',
    ]);
    expect(answer.location).not.toMatch(/PASSWORD|SecretPassword123|USERNAME/i);
    await client.get(answer.location, HTML);
    expect(await isActive(client)).toBe(true);
    expect(shop().logged.filter((line) => /SecretPassword123/.test(line))).toEqual([]);
  });

  it('GET is refused if the connection does not allow it', async () => {
    await shop().onboard({
      connectionId: 'post-only',
      protocol: 'oci',
      credential: { kind: 'oci', domain: '', identity: 'post-only' },
    });
    const query = 'HOOK_URL=https://erp.company.com/&USERNAME=post-only&PASSWORD=SecretPassword123';
    const answer = await shop().browser().get(`${OCI}?${query}`, HTML);
    expect([answer.status, answer.text.includes('405 GET_NOT_ALLOWED')]).toEqual([405, true]);
    expectClean(answer);
    expect((await shop().browser().post(OCI, query, HTML)).status).toBe(200);
  });

  it.each([
    ['HEAD', { method: 'HEAD', headers: HTML }],
    ['prefetch', { headers: { ...NAVIGATION, 'sec-purpose': 'prefetch' } }],
    ['an image', { headers: { 'sec-fetch-dest': 'image' } }],
  ])('T02: %s starts nothing, even if GET is allowed', async (_, question) => {
    const before = await transmissions();
    expect((await shop().browser().send(`${OCI}?${PUNCHFLOW_SETUP}`, question)).status).toBe(204);
    expect(await transmissions()).toBe(before);
  });

  it('oci.md 1: names in any letter case; unknown parameters do no harm', async () => {
    const answer = await shop()
      .browser()
      .post(
        OCI,
        'hook_url=https://erp.company.com/&UserName=buyer@company.com&password=SecretPassword123&x=1&x=2' +
          '&__proto__[polluted]=1&constructor=1',
        HTML,
      );
    expect(answer.status).toBe(200);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  const multipart = (fields: Record<string, string>): string =>
    `${Object.entries(fields)
      .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join('')}--b--\r\n`;
  const LOGIN = { USERNAME: 'buyer@company.com', PASSWORD: 'SecretPassword123' };

  it('oci.md 1: blanks around HOOK_URL and the user name, and a repeated equal parameter', async () => {
    for (const form of [
      'HOOK_URL=%20https://erp.company.com/%0D%0A&USERNAME=%20buyer@company.com&PASSWORD=SecretPassword123',
      'HOOK_URL=https://erp.company.com/&hook_url=https://erp.company.com/&USERNAME=buyer@company.com' +
        '&PASSWORD=SecretPassword123',
    ]) {
      expect((await shop().browser().post(OCI, form, HTML)).status).toBe(200);
    }
    const wrong = await shop()
      .browser()
      .post(OCI, 'HOOK_URL=https://erp.company.com/&USERNAME=buyer@company.com&PASSWORD=%20SecretPassword123', HTML);
    expect(wrong.status).toBe(401);
  });

  it('oci.md 1: multipart/form-data is read like a form; other bodies get a hint', async () => {
    const headers = { ...HTML, 'content-type': 'multipart/form-data; boundary=b' };
    expect(
      (
        await shop()
          .browser()
          .send(OCI, { method: 'POST', body: multipart({ HOOK_URL: 'https://erp.company.com/', ...LOGIN }), headers })
      ).status,
    ).toBe(200);
    const json = await shop()
      .browser()
      .send(OCI, {
        method: 'POST',
        body: JSON.stringify(LOGIN),
        headers: { ...HTML, 'content-type': 'application/json' },
      });
    expect([json.status, json.text]).toEqual([
      400,
      expect.stringContaining(
        'came as application/json; send application/x-www-form-urlencoded or multipart/form-data',
      ),
    ]);
    expectClean(json, ['SecretPassword123']);
  });

  describe('refusals: a page with a code, nothing stored', () => {
    const login = 'USERNAME=buyer@company.com&PASSWORD=SecretPassword123';
    it.each([
      [
        'wrong password',
        'HOOK_URL=https://erp.company.com/&USERNAME=buyer@company.com&PASSWORD=CANARY',
        401,
        'INVALID_CREDENTIALS',
      ],
      [
        'unknown user',
        'HOOK_URL=https://erp.company.com/&USERNAME=CANARY&PASSWORD=SecretPassword123',
        401,
        'INVALID_CREDENTIALS',
      ],
      ['no user', 'HOOK_URL=https://erp.company.com/', 401, 'INVALID_CREDENTIALS'],
      ['nothing', '', 401, 'INVALID_CREDENTIALS'],
      ['no HOOK_URL', login, 400, 'INVALID_REQUEST'],
      ['empty HOOK_URL', `HOOK_URL=&${login}`, 400, 'INVALID_REQUEST'],
      [
        'HOOK_URL twice',
        `HOOK_URL=https://erp.company.com/&HOOK_URL=https://evil.test/CANARY&${login}`,
        400,
        'INVALID_REQUEST',
      ],
      [
        'HOOK_URL in two cases',
        `HOOK_URL=https://erp.company.com/&hook_url=https://evil.test/CANARY&${login}`,
        400,
        'INVALID_REQUEST',
      ],
      ['password twice', `HOOK_URL=https://erp.company.com/&${login}&password=CANARY`, 400, 'INVALID_REQUEST'],
      ['foreign HOOK_URL', `HOOK_URL=https://evil.test/CANARY&${login}`, 400, 'RETURN_URL_REFUSED'],
      ['oci.md 8.8: javascript HOOK_URL', `HOOK_URL=javascript:alert(1)//CANARY&${login}`, 400, 'RETURN_URL_REFUSED'],
      ['oci.md 8.8: SAPEVENT without the setting', `HOOK_URL=SAPEVENT:POST&${login}`, 400, 'RETURN_URL_REFUSED'],
      [
        'oci.md 8.8: markup as HOOK_URL',
        `HOOK_URL=%22%3E%3Cscript%3ECANARY%3C/script%3E&${login}`,
        400,
        'RETURN_URL_REFUSED',
      ],
      ['a NUL', `HOOK_URL=https://erp.company.com/%00&${login}`, 400, 'INVALID_REQUEST'],
    ])('%s', async (_, form, status, code) => {
      const before = await transmissions();
      for (const answer of [
        await shop().browser().post(OCI, form, HTML),
        await shop().browser().get(`${OCI}?${form}`, HTML),
      ]) {
        expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
        expect(answer.text).toContain(`${status} ${code}`);
        expectClean(answer, ['CANARY', 'evil.test', 'buyer@company.com']);
      }
      expect(await transmissions()).toBe(before);
    });

    it('5 MiB and one byte: 413; an unsupported compression: 400; other methods: 405', async () => {
      const large = await shop()
        .browser()
        .post(OCI, 'a'.repeat(5 * 1024 * 1024 + 1), HTML);
      expect([large.status, large.text.includes('413 REQUEST_TOO_LARGE')]).toEqual([413, true]);
      const zstd = await shop()
        .browser()
        .post(OCI, PUNCHFLOW_SETUP, { ...HTML, 'content-encoding': 'zstd' });
      expect([zstd.status, zstd.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
      expect((await shop().browser().send(OCI, { method: 'PUT' })).status).toBe(405);
    });
  });
});
