import { expect, it } from '@jest/globals';
import { REFUSED } from '../../domain/access/return-url-spellings.js';
import { SESSION, SETUP, expectClean, isActive, rowOf } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { type Answer, HTML } from '../../support/web-client.js';

const KEY = { authorization: 'Bearer demo-api-key' };
const SNAKE = { protocol: 'cxml', buyer_cookie: 'BUYER_123', return_url: 'https://erp.example.com/return' };

describeShop('JSON call-up (PunchOut Session API)', {}, (shop) => {
  const post = (body: unknown, headers: Record<string, string> = KEY): Promise<Answer> =>
    shop()
      .browser()
      .send(SETUP, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
  const transmissions = async (): Promise<number> =>
    Number((await shop().knex('transmission').count({ n: '*' }))[0]?.['n']);

  it.each([
    ['snake_case, as in PHP and Python', SNAKE],
    [
      'camelCase, as in Node.js',
      { protocol: 'cxml', buyerCookie: 'BUYER_123', returnUrl: 'https://erp.example.com/return' },
    ],
  ])('%s', async (_, body) => {
    const answer = await post(body);
    expect([answer.status, answer.json()]).toEqual([
      201,
      {
        success: true,
        data: {
          session_id: expect.stringMatching(/^demo_/),
          status: 'active',
          protocol: 'cxml',
          start_url: expect.stringContaining(`${shop().url}${SESSION}/login/demo_`),
          created_at: expect.stringMatching(/Z$/),
          expires_at: expect.stringMatching(/Z$/),
        },
      },
    ]);
    const { session_id, start_url } = answer.json().data;
    expect(await rowOf(shop(), session_id)).toMatchObject({
      buyer_cookie: 'BUYER_123',
      return_url: 'https://erp.example.com/return',
      connection_id: 'company-cxml',
    });
    const client = shop().browser();
    await client.get(start_url, HTML);
    expect(await isActive(client)).toBe(true);
  });

  it('for OCI, with every field', async () => {
    const answer = await post({
      ...SNAKE,
      protocol: 'oci',
      connection: 'company-oci',
      operation: 'create',
      language: 'en',
      currency: 'EUR',
      selected_item: 'SKU-001',
      buyer: { email: 'a@example.com', name: 'A', company: 'B' },
    });
    expect(answer.status).toBe(201);
    const client = shop().browser();
    expect((await client.get(answer.json().data.start_url, HTML)).location).toBe(`${shop().url}/detail/SKU-001`);
  });

  it.each([
    ['no key', SNAKE, {}, 401, 'INVALID_CREDENTIALS', {}],
    ['a wrong key', SNAKE, { authorization: 'Bearer CANARY' }, 401, 'INVALID_CREDENTIALS', {}],
    ['another scheme', SNAKE, { authorization: 'Basic ZGVtbzpkZW1v' }, 401, 'INVALID_CREDENTIALS', {}],
    [
      'no JSON',
      '{"protocol": CANARY',
      KEY,
      400,
      'INVALID_REQUEST',
      { error: expect.stringMatching(/^The body is not JSON\. Send one object/) },
    ],
    ['nothing', '', KEY, 400, 'INVALID_REQUEST', {}],
    ['a list', '[]', KEY, 400, 'INVALID_REQUEST', {}],
    ['null', 'null', KEY, 400, 'INVALID_REQUEST', {}],
    ['no return_url', { protocol: 'cxml' }, KEY, 400, 'INVALID_REQUEST', { field: 'return_url' }],
    ['an unknown protocol', { ...SNAKE, protocol: 'CANARY' }, KEY, 400, 'INVALID_REQUEST', { field: 'protocol' }],
    ['source', { ...SNAKE, operation: 'source' }, KEY, 400, 'INVALID_REQUEST', { field: 'operation' }],
    ['an unknown field', { ...SNAKE, price: 1 }, KEY, 400, 'INVALID_REQUEST', { field: 'price' }],
    ['an unknown connection', { ...SNAKE, connection: 'canary' }, KEY, 400, 'INVALID_REQUEST', { field: 'connection' }],
    ['a foreign return_url', { ...SNAKE, return_url: 'https://evil.test/CANARY' }, KEY, 400, 'RETURN_URL_REFUSED', {}],
    [
      '__proto__',
      '{"__proto__":{"polluted":1},"protocol":"cxml","return_url":"https://erp.example.com/"}',
      KEY,
      400,
      'INVALID_REQUEST',
      {},
    ],
  ])('%s: refused in the envelope, nothing stored', async (_, body, headers, status, code, details) => {
    const before = await transmissions();
    const answer = await post(body, headers);
    expect([answer.status, answer.json()]).toEqual([
      status,
      { success: false, error: { code, message: expect.any(String), details: expect.objectContaining(details) } },
    ]);
    expectClean(answer, ['CANARY', 'evil.test', 'demo-api-key']);
    expect(await transmissions()).toBe(before);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it.each([
    [undefined, 'Die Anmeldedaten sind ung\u00fcltig'],
    ['de-AT', 'Die Anmeldedaten sind ung\u00fcltig'],
    ['fr', 'Die Anmeldedaten sind ung\u00fcltig'],
    ['en', 'The credentials are not valid.'],
    ['fr, en;q=0.5, de;q=0.4', 'The credentials are not valid.'],
  ])('Accept-Language %s: %s', async (language, message) => {
    const answer = await post(SNAKE, language === undefined ? {} : { 'accept-language': language });
    expect(answer.json().error.message).toBe(message);
  });

  it('T14: no open-redirect spelling gets a start link', async () => {
    const before = await transmissions();
    const answers = await Promise.all(
      REFUSED.filter((url) => url.trim() === url).map((return_url) => post({ ...SNAKE, return_url })),
    );
    expect(answers.filter(({ status }) => status !== 400).map(({ text }) => text)).toEqual([]);
    expect(await transmissions()).toBe(before);
  });

  it('several connections of a protocol: the request must name one', async () => {
    await shop().onboard({
      connectionId: 'second-oci',
      protocol: 'oci',
      settings: { returnOrigins: ['https://erp.example.com'] },
    });
    expect((await post({ ...SNAKE, protocol: 'oci' })).json().error).toMatchObject({
      code: 'INVALID_REQUEST',
      details: { field: 'connection' },
    });
    expect((await post({ ...SNAKE, protocol: 'oci', connection: 'second-oci' })).status).toBe(201);
  });

  it('5 MiB and one byte: 413 in the envelope', async () => {
    const answer = await post(`"${'a'.repeat(5 * 1024 * 1024)}"`);
    expect([answer.status, answer.json().error.code]).toEqual([413, 'REQUEST_TOO_LARGE']);
  });
});

describeShop('without the demo switched on', { connector: { demo: false } }, (shop) => {
  it('its well-known credentials are refused', async () => {
    const json = await shop()
      .browser()
      .send(SETUP, {
        method: 'POST',
        body: JSON.stringify(SNAKE),
        headers: { 'content-type': 'application/json', ...KEY },
      });
    expect(json.status).toBe(401);
    const oci = await shop()
      .browser()
      .post(
        '/v1/punchout/oci/setup',
        'HOOK_URL=https://erp.company.com/&USERNAME=buyer@company.com&PASSWORD=SecretPassword123',
        HTML,
      );
    expect(oci.status).toBe(401);
    expect(await shop().knex('transmission')).toEqual([]);
  });
});
