import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { SESSION, cxmlStatus, postXml, setupXml, startUrlOf } from '../../support/call-ups.js';
import { cloneBody } from '../../support/clone-calls.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type Answer, HTML, JSON_WANTED } from '../../support/web-client.js';
import { signature } from '../connect/signed-calls.js';

const OCI_SETUP = '/v1/punchout/oci/setup';
const STRANGERS = 1_200;
const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
const json = { 'content-type': 'application/json' };

/** Default settings. Each test uses its own addresses. */
describe('limits that are on by default', () => {
  const running: { home?: TestDatabase; shop?: RunningShop } = {};
  beforeAll(async () => {
    running.home = await testDatabase();
    running.shop = await startShop(running.home.database, '', { trustedProxies: ['127.0.0.1'] });
  }, 120_000);
  afterAll(async () => {
    await running.shop?.close();
    await running.home?.drop();
  });
  const shop = (): RunningShop => {
    if (running.shop === undefined) throw new Error('the shop did not start');
    return running.shop;
  };
  const send = (path: string, headers: Record<string, string>, method = 'GET', body?: string): Promise<Answer> =>
    shop()
      .browser()
      .send(path, { method, headers, ...(body === undefined ? {} : { body }) });
  const times = async (count: number, ask: (index: number) => Promise<Answer>): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (let done = 0; done < count; done += 50)
      answers.push(
        ...(await Promise.all(Array.from({ length: Math.min(50, count - done) }, (_, index) => ask(done + index)))),
      );
    return answers;
  };
  const counted = (answers: readonly Answer[]): Record<number, number> =>
    answers.reduce<Record<number, number>>((sums, { status }) => ({ ...sums, [status]: (sums[status] ?? 0) + 1 }), {});
  const wrongLink = (address: string) => (index: number) =>
    send(`${SESSION}/login/demo_${index}?token=x`, { ...HTML, ...from(address) });

  describe('requests from unknown addresses', () => {
    const ADDRESS = '203.0.113.1';

    it('10,000 wrong start links: 1,200 a minute are looked up, the others refused', async () => {
      const answers = await times(STRANGERS + 100, wrongLink(ADDRESS));
      expect(counted(answers)).toEqual({ 404: STRANGERS, 429: 100 });
      const page = await send(`${SESSION}/login/demo_x?token=x`, { ...HTML, ...from(ADDRESS) });
      expect([
        page.status,
        page.headers['content-type'],
        Number(page.headers['retry-after']) > 0,
        page.text.includes('RATE_LIMITED'),
      ]).toEqual([429, 'text/html; charset=utf-8', true, true]);
      const cxml = await postXml(shop().browser(), setupXml(), from(ADDRESS));
      expect([cxmlStatus(cxml).code, Number(cxml.headers['retry-after']) > 0]).toEqual(['560', true]);
      expect(cxmlStatus(cxml).text).toMatch(/^Too many requests came from this address; try again in \d+ s\.$/);
      const order = await send(
        '/v1/punchout/order',
        { ...from(ADDRESS), 'content-type': 'text/xml' },
        'POST',
        setupXml(),
      );
      expect(cxmlStatus(order).code).toBe('560');
      const oci = await send(OCI_SETUP, { ...HTML, ...from(ADDRESS) }, 'POST', 'USERNAME=a');
      expect([oci.status, oci.headers['content-type'], Number(oci.headers['retry-after']) > 0]).toEqual([
        429,
        'text/html; charset=utf-8',
        true,
      ]);
      const others: [string, string, string?][] = [
        ['/v1/punchout/sessions', 'GET'],
        ['/api/punchout/clone', 'POST', '{}'],
        ['/api/punchout/categories?api_key=x', 'GET'],
        ['/sdk/hooks', 'POST', '{}'],
        ['/api/provider/reports', 'GET'],
        ['/oauth/token', 'POST', 'grant_type=client_credentials'],
        ['/session-context/demo/context/x', 'GET'],
        ['/sso?token=x', 'GET'],
        ['/openapi.json', 'GET'],
        ['/docs', 'GET'],
      ];
      for (const [path, method, body] of others) {
        const answer = await send(path, { ...JSON_WANTED, ...from(ADDRESS) }, method, body);
        expect([
          path,
          answer.status,
          Number(answer.headers['retry-after']) > 0,
          /Too many requests came from this address; try again in|Zu viele Anfragen/.test(answer.text),
        ]).toEqual([path, 429, true, true]);
      }
      expect([(await send('/healthz', from(ADDRESS))).status, (await send('/readyz', from(ADDRESS))).status]).toEqual([
        200, 200,
      ]);
    }, 120_000);

    it('other addresses are not affected', async () => {
      expect(cxmlStatus(await postXml(shop().browser(), setupXml(), from('203.0.113.2'))).code).toBe('200');
      expect((await wrongLink('203.0.113.3')(1)).status).toBe(404);
    });

    it('requests without cost are not counted: the session of visitors without our cookies', async () => {
      const visits = await times(STRANGERS + 200, () =>
        send(`${SESSION}/get`, { ...JSON_WANTED, ...from('203.0.113.4') }),
      );
      expect(counted(visits)).toEqual({ 200: STRANGERS + 200 });
      expect((await wrongLink('203.0.113.4')(1)).status).toBe(404);
    }, 120_000);
  });

  describe('an address with valid credentials is not unknown', () => {
    const token = async (address: string): Promise<string> => {
      const answer = await send(
        '/oauth/token',
        {
          ...from(address),
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from(`${DEMO.client.clientId}:${DEMO.client.secret}`).toString('base64')}`,
        },
        'POST',
        'grant_type=client_credentials',
      );
      return answer.json().access_token as string;
    };
    const signedHeaders = (address: string): Record<string, string> => ({
      'x-shopware-connect-shop': '1',
      'x-shopware-connect-key': signature('{}'),
      ...from(address),
    });
    const proofs: [string, (address: string) => Promise<number>][] = [
      [
        'a cXML call-up',
        async (address) => Number(cxmlStatus(await postXml(shop().browser(), setupXml(), from(address))).code),
      ],
      [
        'an OCI call-up',
        async (address) =>
          (
            await shop()
              .browser()
              .post(
                OCI_SETUP,
                { USERNAME: DEMO.identity, PASSWORD: DEMO.secret, HOOK_URL: 'https://erp.company.com/oci/return' },
                { ...HTML, ...from(address) },
              )
          ).status,
      ],
      [
        'an API key',
        async (address) =>
          (await send('/v1/punchout/sessions', { authorization: `Bearer ${DEMO.apiKey}`, ...from(address) })).status,
      ],
      [
        'a middleware',
        async (address) =>
          (await send('/api/punchout/clone', { ...json, ...from(address) }, 'POST', JSON.stringify(cloneBody())))
            .status,
      ],
      ['a signed call', async (address) => (await send('/sdk/ping', signedHeaders(address), 'POST', '{}')).status],
      ['client credentials', async (address) => ((await token(address)) === '' ? 0 : 200)],
      [
        'an access token',
        async (address) =>
          (
            await send('/session-context/demo/context/no', {
              authorization: `Bearer ${await token('203.0.113.200')}`,
              ...from(address),
            })
          ).status === 404
            ? 200
            : 0,
      ],
      [
        'a start link',
        async (address) =>
          (
            await shop()
              .browser()
              .get(startUrlOf(await postXml(shop().browser(), setupXml())), { ...JSON_WANTED, ...from(address) })
          ).status,
      ],
      [
        'a live session',
        async (address) => {
          const buyer = shop().browser();
          await buyer.get(startUrlOf(await postXml(shop().browser(), setupXml())), JSON_WANTED);
          return (await buyer.get(`${SESSION}/get`, { ...JSON_WANTED, ...from(address) })).status;
        },
      ],
    ];

    it.each(proofs)(
      '%s',
      async (name, prove) => {
        const address = `198.51.100.${proofs.findIndex(([other]) => other === name) + 1}`;
        await times(STRANGERS - 5, wrongLink(address));
        expect(await prove(address)).toBe(200);
        expect(counted(await times(20, wrongLink(address)))).toEqual({ 404: 20 });
        expect(await prove(address)).toBe(200);
      },
      120_000,
    );
  });

  describe('wrong keys and signatures', () => {
    const asKey = (key: string, address: string): Promise<Answer> =>
      send('/v1/punchout/sessions', { authorization: `Bearer ${key}`, ...from(address) });
    const asMiddleware = (key: string, address: string): Promise<Answer> =>
      send('/api/punchout/clone', { ...json, ...from(address) }, 'POST', JSON.stringify(cloneBody({ api_key: key })));
    const asLargeCart = (key: string, address: string): Promise<Answer> =>
      send('/v1/punchout/transfer', { authorization: `Bearer ${key}`, ...from(address) }, 'POST', 'x'.repeat(300_000));

    it.each([
      ['API keys', asKey, DEMO.apiKey, 1],
      ['middleware keys', asMiddleware, DEMO.middleware.apiKey, 2],
    ] as const)(
      '%s: 60 a minute from one address, then 429; a key that was right recently still works',
      async (_, ask, right, last) => {
        const address = `192.0.2.${last}`;
        expect((await ask(right, address)).status).toBe(200);
        const answers: Answer[] = [];
        for (let index = 0; index < 80; index += 1) answers.push(await ask(`wrong-${index}`, address));
        expect(counted(answers)).toEqual({ 401: 60, 429: 20 });
        expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
        expect([(await ask(right, address)).status, (await ask('wrong', `192.0.2.${last + 100}`)).status]).toEqual([
          200, 401,
        ]);
      },
    );

    it('the same wrong key repeated counts 10 times for its address', async () => {
      const answers: Answer[] = [];
      for (let index = 0; index < 40; index += 1) answers.push(await asKey('forgotten', '192.0.2.3'));
      expect(counted(answers)).toEqual({ 401: 10, 429: 30 });
      expect((await asKey('another', '192.0.2.3')).status).toBe(401);
    });

    it('keys with a large body do not bypass the limit', async () => {
      for (let index = 0; index < 80; index += 1)
        expect((await asLargeCart(`large-${index}`, '192.0.2.4')).status).toBe(413);
      expect((await asKey('wrong', '192.0.2.4')).status).toBe(429);
    });

    it('signatures: 10 a minute for a shop from one address; its own address still works', async () => {
      const ping = (address: string, key?: string): Promise<Answer> =>
        send(
          '/sdk/ping',
          { 'x-shopware-connect-shop': '1', 'x-shopware-connect-key': signature('{}', key), ...from(address) },
          'POST',
          '{}',
        );
      expect((await ping('192.0.2.6')).status).toBe(200);
      const answers: Answer[] = [];
      for (let index = 0; index < 30; index += 1) answers.push(await ping('192.0.2.5', `wrong-${index}`));
      expect(counted(answers)).toEqual({ 401: 10, 429: 20 });
      expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
      expect((await ping('192.0.2.5')).status).toBe(429);
      for (let index = 0; index < 30; index += 1) expect((await ping('192.0.2.6', `wrong-${index}`)).status).toBe(401);
      expect((await ping('192.0.2.6')).status).toBe(200);
    });

    it('the token endpoint says when to try again', async () => {
      const ask = (secret: string): Promise<Answer> =>
        send(
          '/oauth/token',
          { ...from('192.0.2.7'), 'content-type': 'application/x-www-form-urlencoded' },
          'POST',
          `grant_type=client_credentials&client_id=${DEMO.client.clientId}&client_secret=${secret}`,
        );
      const answers: Answer[] = [];
      for (let index = 0; index < 12; index += 1) answers.push(await ask(`wrong-${index}`));
      expect(counted(answers)).toEqual({ 401: 10, 429: 2 });
      expect([Number(answers.at(-1)?.headers['retry-after']) > 0, answers.at(-1)?.json().error_description]).toEqual([
        true,
        expect.stringMatching(/^Too many wrong secrets came from this address; try again in \d+ s/),
      ]);
    });
  });
});
