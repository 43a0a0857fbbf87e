import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeWithDtds, officialVerdict, samples } from '../../protocols/cxml/official-dtds.js';
import {
  SESSION,
  SETUP,
  cxmlStatus,
  expectClean,
  idOf,
  isActive,
  postXml,
  rowOf,
  setRow,
  setupXml,
  startUrlOf,
} from '../../support/call-ups.js';
import { type RunningShop, describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';
import { itWithReference, referencePath } from '../../support/reference.js';

const PUNCHFLOW_SETUP = readFileSync('test/fixtures/punchflow-setup.xml');

/** Row counts that a refused call-up must not change. */
async function rowCounts({ knex }: RunningShop): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ['transmission', 'audit', 'job', 'transfer_payload', 'demo_cart'])
    counts[table] = Number((await knex(table).count({ n: '*' }))[0]?.['n']);
  return counts;
}

describeShop('cXML call-up (PunchOut Session API)', {}, (shop) => {
  describe("PunchFlow's request, byte for byte", () => {
    it('gets a StartPage that works with a plain client, and all its values are stored', async () => {
      const answer = await postXml(shop().browser(), PUNCHFLOW_SETUP);
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/xml; charset="UTF-8"']);
      expect(/<Status code="(\d+)"/.exec(answer.text)?.[1]).toBe('200');
      const startUrl = startUrlOf(answer);
      expect(startUrl.startsWith(`${shop().url}${SESSION}/login/demo_`)).toBe(true);
      const client = shop().browser();
      expect((await client.get(startUrl, HTML)).status).toBe(303);
      expect(await isActive(client)).toBe(true);
      expect(await rowOf(shop(), idOf(startUrl))).toMatchObject({
        buyer_cookie: 'BUYER_COOKIE_123',
        return_url: 'https://erp.company.com/punchout/return',
        operation: 'create',
        protocol: 'cxml',
        request: { payloadId: '1234567890', buyer: { email: 'user@company.com', name: 'Max Mustermann' } },
      });
    });

    itWithReference('bench')("the fixture is PunchFlow's document", () => {
      expect(PUNCHFLOW_SETUP.equals(readFileSync(referencePath('bench/setup.xml')))).toBe(true);
    });

    describeWithDtds('by the official DTDs', () => {
      it.each(['1.2.014', '1.2.071'])('acceptance, refusal and ping are valid by %s', async (version) => {
        const client = shop().browser();
        const answers = [
          await postXml(client, setupXml()),
          await postXml(client, setupXml({ secret: 'wrong' })),
          await postXml(client, '<cXML'),
          await client.get(SETUP, {}),
        ];
        for (const answer of answers)
          expect([answer.text.slice(0, 5), officialVerdict(answer.text, version)]).toEqual(['<?xml', '']);
      });
    });

    it('no secret is logged', async () => {
      await postXml(shop().browser(), PUNCHFLOW_SETUP);
      await postXml(shop().browser(), setupXml({ secret: 'CANARY-secret' }));
      expect(shop().logged.filter((line) => /SecretPassword123|CANARY-secret|token=/.test(line))).toEqual([]);
    });
  });

  describe('architecture.md decision 6: repeated', () => {
    it('the same document gets the same start URL while it is open, later a new one', async () => {
      const document = setupXml();
      const start = async (): Promise<string> => startUrlOf(await postXml(shop().browser(), document));
      const first = await start();
      expect([await start(), await start()]).toEqual([first, first]);
      await shop().browser().get(first, HTML);
      const second = await start();
      expect(second).not.toBe(first);
      expect(await start()).toBe(second);
      await setRow(shop(), idOf(second), { start_expires_at: new Date(Date.now() - 1000) });
      const third = await start();
      expect([first, second]).not.toContain(third);
      await setRow(shop(), idOf(third), { status: 'cancelled' });
      expect([first, second, third]).not.toContain(await start());
    });

    it('the same payloadID with other content is a new transmission', async () => {
      const [one, two] = await Promise.all(
        ['one', 'two'].map(async (buyerCookie) =>
          startUrlOf(await postXml(shop().browser(), setupXml({ payloadId: 'same@buyer', buyerCookie }))),
        ),
      );
      expect(one).not.toBe(two);
    });

    it('T31: in parallel: one transmission', async () => {
      const document = setupXml();
      const before = (await rowCounts(shop()))['transmission'] ?? 0;
      const urls = await Promise.all(
        Array.from({ length: 8 }, async () => startUrlOf(await postXml(shop().browser(), document))),
      );
      expect(new Set(urls).size).toBe(1);
      expect((await rowCounts(shop()))['transmission']).toBe(before + 1);
    });
  });

  describe('refusals: HTTP 200, a Status, a useful reason, nothing stored', () => {
    const cases: [string, string | Uint8Array, Record<string, string>, string, RegExp][] = [
      ['wrong secret', setupXml({ secret: 'wrong' }), {}, '401', /credentials/],
      ['no secret', setupXml().replace(/<SharedSecret>.*?<\/SharedSecret>/, ''), {}, '401', /credentials/],
      ['unknown domain', setupXml({ fromDomain: 'Elsewhere' }), {}, '401', /credentials/],
      ['unknown identity', setupXml({ identity: 'nobody@company.com' }), {}, '401', /credentials/],
      ['another To', setupXml({ to: '987654321' }), {}, '401', /credentials/],
      [
        'two identities of one domain in From',
        setupXml().replace(
          '</Credential></From>',
          '</Credential><Credential domain="networkid"><Identity>other@company.com</Identity></Credential></From>',
        ),
        {},
        '401',
        /credentials/,
      ],
      ['no BrowserFormPost', setupXml({ returnUrl: null }), {}, '400', /BrowserFormPost/],
      ['empty BrowserFormPost', setupXml({ returnUrl: '' }), {}, '400', /BrowserFormPost/],
      [
        'foreign return URL',
        setupXml({ returnUrl: 'https://evil.test/CANARY' }),
        {},
        '400',
        /return URL is not on the list/,
      ],
      ['http return URL', setupXml({ returnUrl: 'http://erp.company.com/CANARY' }), {}, '400', /must be https/],
      ['javascript return URL', setupXml({ returnUrl: 'javascript:alert(1)//CANARY' }), {}, '400', /not a URL/],
      ['SAPEVENT in cXML', setupXml({ returnUrl: 'SAPEVENT:POST' }), {}, '400', /SAPEVENT/],
      ['source', setupXml({ operation: 'source' }), {}, '450', /"source" is not supported/],
      [
        'an unknown operation',
        setupXml({ operation: 'CANARY'.repeat(20) }),
        {},
        '450',
        /is not supported; supported are create, edit and inspect/,
      ],
      [
        'an order',
        setupXml().replaceAll('PunchOutSetupRequest', 'OrderRequest'),
        {},
        '406',
        /Missing child element 'OrderRequestHeader'/,
      ],
      ['nothing', '', {}, '406', /line 1/],
      ['text', 'CANARY', {}, '406', /line 1/],
      [
        'another root',
        '<order><body>CANARY</body></order>',
        {},
        '406',
        /root element is not 'cXML' but 'order', and it contains no cXML document \(line 1, column 1\)/,
      ],
      ['an unclosed element', setupXml().replace('</Request>', ''), {}, '406', /line \d+, column \d+/],
      ['a broken entity', setupXml({ buyerCookie: '&CANARY;' }), {}, '406', /line 11, column \d+/],
      ['a raw control character', setupXml({ buyerCookie: '\u0001' }), {}, '406', /line 11, column \d+/],
      ['bytes that are not UTF-8', Buffer.from(setupXml({ buyerCookie: '\u00e4' }), 'latin1'), {}, '406', /./],
      ['an internal subset', setupXml({ doctype: '<!DOCTYPE cXML [<!ENTITY x "CANARY">]>' }), {}, '406', /./],
      [
        'an external entity',
        setupXml({ doctype: '<!DOCTYPE cXML [<!ENTITY x SYSTEM "file:///etc/passwd">]>', buyerCookie: '&x;' }),
        {},
        '406',
        /./,
      ],
      [
        'a parameter entity',
        setupXml({
          doctype:
            '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/x.dtd" [<!ENTITY % p SYSTEM "http://evil.test/CANARY"> %p;]>',
        }),
        {},
        '406',
        /./,
      ],
      [
        'laughs',
        setupXml({ doctype: '<!DOCTYPE cXML [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>', buyerCookie: '&b;' }),
        {},
        '406',
        /./,
      ],
      ['too deep', setupXml().replace('<BuyerCookie>', '<x>'.repeat(40)), {}, '400', /deep.* \(line 11, column \d+\)/],
      [
        'too many attributes',
        setupXml().replace(
          '<BuyerCookie',
          `<BuyerCookie ${Array.from({ length: 70 }, (_, n) => `a${n}=""`).join(' ')}`,
        ),
        {},
        '400',
        /attributes.* \(line 11, column \d+\)/,
      ],
      [
        'a text beyond 64 KiB',
        setupXml({ buyerCookie: 'x'.repeat(65_537) }),
        {},
        '400',
        /The text of element 'BuyerCookie' is longer than allowed, which is 65536 characters \(line 11, column \d+\)/,
      ],
      ['5 MiB and a byte', Buffer.alloc(5 * 1024 * 1024 + 1, 32), {}, '400', /larger than 5242880 bytes/],
      [
        'an unsupported compression',
        setupXml(),
        { 'content-encoding': 'zstd' },
        '400',
        /Content-Encoding "zstd" is not read here; send the body plain, or with gzip/,
      ],
      [
        'a bomb',
        gzipSync(Buffer.alloc(64 * 1024 * 1024, 32)),
        { 'content-encoding': 'gzip' },
        '400',
        /more than 256 KiB is only taken from a caller that is known/,
      ],
      [
        'a compression bomb with a registered name',
        gzipSync(setupXml() + ' '.repeat(64 * 1024 * 1024)),
        { 'content-encoding': 'gzip' },
        '400',
        /larger than 5242880 bytes/,
      ],
      [
        'bytes that are not what Content-Encoding says',
        Buffer.from([0xde, 0xad, 0xbe, 0xef]),
        { 'content-encoding': 'gzip' },
        '400',
        /The body is not gzip, as Content-Encoding says/,
      ],
    ];

    it.each(cases)('%s', async (_, body, headers, code, reason) => {
      const before = await rowCounts(shop());
      const answer = await postXml(shop().browser(), body, headers);
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/xml; charset="UTF-8"']);
      const status = cxmlStatus(answer);
      expect(status).toEqual({ code, text: expect.stringMatching(reason) });
      expect(answer.text).not.toContain('<StartPage>');
      expectClean(answer, ['evil.test', '/etc/passwd', 'CANARY'.repeat(8)]);
      expect(await rowCounts(shop())).toEqual(before);
    });

    it('exactly 5 MiB are accepted', async () => {
      const document = setupXml();
      const rest = 5 * 1024 * 1024 - Buffer.byteLength(document);
      const padded = document + '<!---->'.repeat(Math.floor(rest / 7)) + ' '.repeat(rest % 7);
      expect((await postXml(shop().browser(), padded)).text).toContain('<StartPage>');
    });

    it('observers learn what was refused, without the input', async () => {
      const told: unknown[] = [];
      const off = shop().connector.on('setup-refused', (event) => void told.push(event));
      await postXml(shop().browser(), setupXml({ secret: 'wrong' }));
      off();
      expect(told).toEqual([
        { via: 'cxml', refusal: { code: 'INVALID_CREDENTIALS', details: { protocol: 'cxml', domain: 'NetworkId' } } },
      ]);
    });
  });

  it("cxml.md 2.5, 2.6: an unregistered or a hub's second credential does no harm", async () => {
    const withMore = (more: string): string =>
      setupXml().replace('</Credential></From>', `</Credential>${more}</From>`);
    for (const more of [
      '<Credential domain="DUNS"><Identity>55</Identity></Credential>',
      '<Credential domain="NetworkId" type="marketplace"><Identity>hub</Identity></Credential>',
    ]) {
      expect((await postXml(shop().browser(), withMore(more))).text).toContain('<StartPage>');
    }
    const behind = setupXml().replace('<From>', '<From><Credential domain="DUNS"><Identity>55</Identity></Credential>');
    expect((await postXml(shop().browser(), behind)).text).toContain('<StartPage>');
  });

  it('cxml.md 2.5: credentials of two organisations are refused', async () => {
    for (const name of ['one', 'two'])
      await shop().onboard({ connectionId: `org-${name}`, credential: { kind: 'cxml', domain: name, identity: 'id' } });
    const both = setupXml({ fromDomain: 'one', identity: 'id' }).replace(
      '</Credential></From>',
      '</Credential><Credential domain="two"><Identity>id</Identity></Credential></From>',
    );
    expect((await postXml(shop().browser(), setupXml({ fromDomain: 'one', identity: 'id' }))).text).toContain(
      '<StartPage>',
    );
    expect(cxmlStatus(await postXml(shop().browser(), both)).code).toBe('401');
  });

  describe('Accept: application/json', () => {
    it("PunchFlow's INVALID_CREDENTIALS, German by default, English by Accept-Language", async () => {
      const german = await postXml(shop().browser(), setupXml({ secret: 'wrong' }), JSON_WANTED);
      expect([german.status, german.json()]).toEqual([
        401,
        {
          success: false,
          error: {
            code: 'INVALID_CREDENTIALS',
            message: 'Die Anmeldedaten sind ung\u00fcltig',
            details: { protocol: 'cxml', domain: 'NetworkId' },
          },
        },
      ]);
      const english = await postXml(shop().browser(), setupXml({ secret: 'wrong' }), {
        ...JSON_WANTED,
        'accept-language': 'en-US,en;q=0.9,de;q=0.5',
      });
      expect(english.json().error.message).toBe('The credentials are not valid.');
    });

    it("PunchFlow's INVALID_XML with line, column and error", async () => {
      const answer = await postXml(
        shop().browser(),
        setupXml({ operation: 'edit' }).replace(
          '</PunchOutSetupRequest>',
          '<ItemOut quantity="1"/></PunchOutSetupRequest>',
        ),
        JSON_WANTED,
      );
      expect([answer.status, answer.json()]).toEqual([
        400,
        {
          success: false,
          error: {
            code: 'INVALID_XML',
            message: 'Das XML-Dokument ist ung\u00fcltig',
            details: {
              line: expect.any(Number),
              column: expect.any(Number),
              error: "Element 'ItemOut': Missing child element 'ItemID'",
            },
          },
        },
      ]);
    });

    it.each([
      ['foreign return URL', setupXml({ returnUrl: 'https://evil.test/' }), {}, 400, 'RETURN_URL_REFUSED'],
      ['source', setupXml({ operation: 'source' }), {}, 400, 'OPERATION_NOT_SUPPORTED'],
      ['too large', Buffer.alloc(5 * 1024 * 1024 + 1, 32), {}, 413, 'REQUEST_TOO_LARGE'],
      ['gzip', gzipSync('<cXML/>'), { 'content-encoding': 'gzip' }, 400, 'INVALID_XML'],
      ['zstd', '<cXML/>', { 'content-encoding': 'zstd' }, 400, 'INVALID_REQUEST'],
    ])('%s', async (_, body, headers, status, code) => {
      const answer = await postXml(shop().browser(), body, { ...JSON_WANTED, ...headers });
      expect([answer.status, answer.json()]).toEqual([
        status,
        { success: false, error: { code, message: expect.any(String), details: expect.any(Object) } },
      ]);
    });

    it('an acceptance is JSON too', async () => {
      const answer = await postXml(shop().browser(), setupXml(), JSON_WANTED);
      expect([answer.status, answer.json()]).toEqual([
        200,
        {
          success: true,
          data: expect.objectContaining({
            protocol: 'cxml',
            status: 'active',
            start_url: expect.stringContaining(SESSION),
          }),
        },
      ]);
    });
  });

  it('405 for other methods; HEAD stores nothing', async () => {
    const before = await rowCounts(shop());
    const answer = await shop().browser().send(SETUP, { method: 'PUT', headers: JSON_WANTED });
    expect([answer.status, answer.headers.allow, answer.json().error.code]).toEqual([
      405,
      'GET, POST',
      'METHOD_NOT_ALLOWED',
    ]);
    await shop().browser().send(SETUP, { method: 'HEAD' });
    expect((await shop().browser().get('/v1/punchout/nothing', JSON_WANTED)).json().error.code).toBe('NOT_FOUND');
    expect(await rowCounts(shop())).toEqual(before);
  });

  describeWithDtds('every setup request of the samples', () => {
    const requests = samples().filter(({ text }) => text.includes('<PunchOutSetupRequest'));

    it('the fixture exists', () => {
      expect(requests.length).toBeGreaterThanOrEqual(6);
    });

    it.each(requests.map(({ file, text, bytes }) => ({ file, text, bytes })))(
      '$file: accepted once its connection is known, or refused with a reason that names the fault',
      async ({ file, text, bytes }) => {
        const tag = (name: string, within: string): string =>
          new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(within)?.[1] ?? '';
        const from = /<From>[\s\S]*?<\/From>/.exec(text)?.[0] ?? '';
        const domain = /<Credential[^>]*\bdomain="([^"]*)"/.exec(from)?.[1] ?? '';
        const returnUrl = tag('URL', /<BrowserFormPost>[\s\S]*?<\/BrowserFormPost>/.exec(text)?.[0] ?? '');
        const secret = tag('SharedSecret', text);
        const origin = URL.canParse(returnUrl) ? new URL(returnUrl).origin : 'https://erp.company.com';
        await shop().onboard({
          connectionId: `sample-${requests.findIndex((request) => request.file === file)}`,
          settings: { returnOrigins: [origin.replace(/^http:/, 'https:')] },
          credential: { kind: 'cxml', domain, identity: tag('Identity', from) },
          secret: secret === '' ? 'none' : secret,
        });
        const answer = await postXml(shop().browser(), bytes);
        const status = cxmlStatus(answer);
        const verdict = answer.text.includes('<StartPage>') ? 'accepted' : `${status.code} ${status.text}`;
        expect(verdict).toMatch(
          returnUrl.startsWith('https:') ? /^accepted$/ : /^400 The return URL must be https; this one is "http:/,
        );
        expect(officialVerdict(answer.text, '1.2.071')).toBe('');
      },
    );
  });
});
