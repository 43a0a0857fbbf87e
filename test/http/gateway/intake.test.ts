import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateRawSync, deflateSync, gzip, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  SETUP,
  cartFields,
  cxmlStatus,
  idOf,
  postXml,
  put,
  rowOf,
  setupXml,
  shopping,
  startUrlOf,
} from '../../support/call-ups.js';
import { describeMounted } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { HTML, JSON_WANTED, NAVIGATION } from '../../support/web-client.js';
import { ask } from './api/api-calls.js';
import { describeWithReference, referencePath, referenceText } from '../../support/reference.js';

const TRANSFER = '/agiqon/connector/session/logout?transferred=1';
const SAME = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };
const part = (headers: string, content: string): string => `--edge\r\n${headers}\r\n\r\n${content}\r\n`;

/** Ways to wrap one document. */
const WRAPPINGS: [string, string, (xml: string) => string | Buffer][] = [
  ['as JSON by its label', 'application/json', (xml) => xml],
  ['without a usual type', 'application/octet-stream', (xml) => xml],
  ['in a form', 'application/x-www-form-urlencoded', (xml) => new URLSearchParams({ xmlRequest: xml }).toString()],
  [
    'in a form as base64',
    'application/x-www-form-urlencoded',
    (xml) => new URLSearchParams({ 'cXML-base64': Buffer.from(xml).toString('base64') }).toString(),
  ],
  [
    'in multipart/form-data',
    'multipart/form-data; boundary=edge',
    (xml) => `${part('Content-Disposition: form-data; name="cxml"', xml)}--edge--`,
  ],
  ['in a JSON string', 'application/json', (xml) => JSON.stringify(xml).replaceAll('<', '\\u003C')],
  ['in a JSON object', 'application/json', (xml) => JSON.stringify({ cxml: xml })],
  ['as base64', 'text/plain', (xml) => Buffer.from(xml).toString('base64')],
  [
    'in SOAP',
    'text/xml',
    (xml) =>
      `<s:Envelope xmlns:s="x"><s:Body><r>${xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</r></s:Body>` +
      '</s:Envelope>',
  ],
];

describeMounted('Input of the gateway', {}, (shop) => {
  // The clock moves a minute between tests: of refused call-ups the log stores the first of each minute.
  const clock = { now: performance.now.bind(performance), minutes: 0 };
  beforeEach(() => {
    clock.minutes += 1;
    jest.spyOn(performance, 'now').mockImplementation(() => clock.now() + clock.minutes * 61_000);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const received = async (): Promise<{ content: string; reason: string | null; code: string | null }[]> =>
    (await shop().knex('message_log').where({ direction: 'in' }).orderBy('message_id', 'desc').limit(30)) as {
      content: string;
      reason: string | null;
      code: string | null;
    }[];
  const flushed = (): Promise<unknown> => ask(shop(), 'listRefusedMessages', { query: '?limit=1' });

  describe('cXML in any wrapping', () => {
    it.each(WRAPPINGS)(
      '%s: a setup starts a session; a refused one is shown without its secret',
      async (_, type, wrap) => {
        expect((await postXml(shop().browser(), wrap(setupXml()), { 'content-type': type })).text).toContain(
          '<StartPage>',
        );
        const wrong = await postXml(shop().browser(), wrap(setupXml({ secret: 'WRONG-CANARY' })), {
          'content-type': type,
        });
        expect(cxmlStatus(wrong)).toEqual({ code: '401', text: 'The credentials are not valid.' });
        await flushed();
        const [last, before] = await received();
        expect([last?.code, last?.reason, last?.content]).toEqual([
          'INVALID_CREDENTIALS',
          'Sender: the SharedSecret is wrong',
          expect.stringContaining('<BuyerCookie>BUYER_COOKIE_123'),
        ]);
        expect(JSON.stringify([last, before])).not.toMatch(/CANARY|SecretPassword123|V1JPTkctQ0FOQVJZ/);
      },
    );

    it.each(WRAPPINGS)('%s: a cart of a shop is transferred', async (_, type, wrap) => {
      const { transmissionId } = await shopping(shop());
      const cart = readFileSync('test/fixtures/punchflow-order-message.xml', 'utf8');
      const answer = await shop()
        .browser()
        .send(`/v1/punchout/transfer?session_id=${transmissionId}`, {
          method: 'POST',
          body: wrap(cart),
          headers: { authorization: 'Bearer demo-api-key', 'content-type': type },
        });
      expect([answer.status, answer.json()]).toEqual([200, expect.objectContaining({ success: true })]);
    });

    it('an order in a wrapping is stored as the document alone, without its secret', async () => {
      const order = setupXml().replace(
        /<PunchOutSetupRequest[^]*<\/PunchOutSetupRequest>/,
        '<OrderRequest><OrderRequestHeader orderID="wrapped-1" orderDate="2026-01-15T10:30:00+00:00" type="new">' +
          '<Total><Money currency="EUR">1</Money></Total></OrderRequestHeader><ItemOut quantity="1" lineNumber="1">' +
          '<ItemID><SupplierPartID>SKU-001</SupplierPartID></ItemID></ItemOut></OrderRequest>',
      );
      const answer = await shop()
        .browser()
        .send('/v1/punchout/order', {
          method: 'POST',
          body: new URLSearchParams({ 'cXML-base64': Buffer.from(order).toString('base64') }).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
      expect(cxmlStatus(answer).code).toMatch(/^20[01]$/);
      const { document, content_type: type } = (await shop()
        .knex('purchase_order')
        .where({ order_id: 'wrapped-1' })
        .first()) as {
        document: Buffer;
        content_type: string;
      };
      expect([type, document.toString()]).toEqual([
        'text/xml',
        expect.stringContaining('<SharedSecret></SharedSecret>'),
      ]);
    });

    it('a JSON call-up is still read as JSON', async () => {
      const answer = await shop()
        .browser()
        .send(SETUP, {
          method: 'POST',
          body: JSON.stringify({ protocol: 'cxml', return_url: ' https://erp.company.com/r\n' }),
          headers: { 'content-type': 'application/json', authorization: 'Bearer demo-api-key' },
        });
      expect([answer.status, answer.json().success]).toEqual([201, true]);
      expect(await rowOf(shop(), answer.json().data.session_id)).toMatchObject({
        return_url: 'https://erp.company.com/r',
      });
    });

    it('JSON with another label is refused in cXML, and the refusal names it', async () => {
      expect(cxmlStatus(await postXml(shop().browser(), '{"user":1}', { 'content-type': 'text/xml' }))).toEqual({
        code: '406',
        text: expect.stringMatching(
          /^The body is JSON and holds no XML document\. Send the cXML document .* API key \(line 1, column 1\)$/,
        ),
      });
    });
  });

  describe('Content-Encoding', () => {
    const xml = (): Buffer => Buffer.from(setupXml());
    it.each<[string, () => Buffer]>([
      ['gzip', () => gzipSync(xml())],
      ['x-gzip', () => gzipSync(xml())],
      ['GZIP', () => gzipSync(xml())],
      ['deflate', () => deflateSync(xml())],
      ['deflate', () => deflateRawSync(xml())],
      ['br', () => brotliCompressSync(xml())],
      ['identity, gzip', () => gzipSync(xml())],
      ['gzip, br', () => brotliCompressSync(gzipSync(xml()))],
      ...['UTF-8', 'utf8', 'ISO-8859-1', '"utf-8"', 'identity', 'none', 'gzip', 'deflate', 'br', ''].map(
        (name): [string, () => Buffer] => [name, xml],
      ),
    ])('%s is read', async (coding, body) => {
      expect((await postXml(shop().browser(), body(), { 'content-encoding': coding })).text).toContain('<StartPage>');
    });

    it('on every path of the gateway, each in its own format', async () => {
      const headers = { 'content-encoding': 'zstd', authorization: 'Bearer demo-api-key' };
      const reason = /Content-Encoding (?:"|&#34;)?zstd/;
      const send = (path: string, more: Record<string, string>): ReturnType<typeof postXml> =>
        shop()
          .browser()
          .send(`/v1/punchout/${path}`, {
            method: 'POST',
            body: more['content-type'] === 'application/json' ? '{}' : '<cXML/>',
            headers: { ...headers, ...more },
          });
      const xmlAnswers = [
        await send('setup', { 'content-type': 'text/xml' }),
        await send('order', { 'content-type': 'text/xml', accept: 'application/json, text/plain, */*' }),
      ];
      for (const answer of xmlAnswers)
        expect([answer.status, cxmlStatus(answer)]).toEqual([
          200,
          { code: '400', text: expect.stringMatching(reason) },
        ]);
      const jsonAnswers = [
        await send('setup', { 'content-type': 'application/json' }),
        await send('transfer', { 'content-type': 'text/xml' }),
        await send('oci/transfer', {}),
        await send('sessions/batch', { 'content-type': 'application/json' }),
      ];
      for (const answer of jsonAnswers)
        expect([answer.status, answer.json().error]).toEqual([
          400,
          expect.objectContaining({ code: 'INVALID_REQUEST', details: { error: expect.stringMatching(reason) } }),
        ]);
      const page = await send('oci/setup', HTML);
      expect([page.status, page.headers['content-type'], page.text]).toEqual([
        400,
        'text/html; charset=utf-8',
        expect.stringMatching(reason),
      ]);
    });

    it('T25: a body that unpacks beyond the limit is refused during unpacking', async () => {
      const spaces = Buffer.alloc(64 * 1024 * 1024, 32);
      // Not gzipSync: sockets that time out meanwhile must be able to close.
      const [anybodys, named] = [await promisify(gzip)(spaces), await promisify(gzip)(Buffer.concat([xml(), spaces]))];
      expect(cxmlStatus(await postXml(shop().browser(), anybodys, { 'content-encoding': 'gzip' }))).toEqual({
        code: '400',
        text: expect.stringContaining('more than 256 KiB is only taken from a caller that is known'),
      });
      expect(cxmlStatus(await postXml(shop().browser(), named, { 'content-encoding': 'gzip' }))).toEqual({
        code: '400',
        text: expect.stringContaining('larger than 5242880 bytes'),
      });
    });
  });

  describe('cXML in, cXML out', () => {
    it.each([
      'application/json, text/plain, */*',
      'application/json, text/json, text/x-json, text/javascript, application/xml, text/xml',
      'text/xml, application/json;q=0.5',
      'application/json;q=0.9, application/xml;q=0.1',
      'application/json;q=0, */*;q=0.1',
      'application/json;q=1.0, */*;q=0.001',
      'application/*, application/json',
      'text/html',
      'nonsense',
      '*/*',
      '',
    ])('Accept: %s gets cXML, accepted and refused', async (accept) => {
      const answers = [
        await postXml(shop().browser(), setupXml(), { accept }),
        await postXml(shop().browser(), '<cXML', { accept }),
        await postXml(shop().browser(), Buffer.alloc(5 * 1024 * 1024 + 1, 32), { accept }),
        await shop()
          .browser()
          .send(SETUP, { method: 'PUT', headers: { accept, 'content-type': 'text/xml' } }),
      ];
      expect(answers.map((answer) => [answer.status, answer.headers['content-type'], cxmlStatus(answer).code])).toEqual(
        [
          [200, '200'],
          [200, '406'],
          [200, '400'],
          [405, '450'],
        ].map(([status, code]) => [status, 'text/xml; charset="UTF-8"', code]),
      );
    });

    it.each([
      'application/json',
      'application/json;q=0.5',
      'application/json, text/xml;q=0',
      'application/json, application/*;q=0, text/html',
      'text/html, application/json',
      'application/problem+json, application/json',
    ])('Accept: %s gets JSON', async (accept) => {
      const answers = [
        await postXml(shop().browser(), setupXml(), { accept }),
        await postXml(shop().browser(), '<cXML', { accept }),
      ];
      expect(answers.map((answer) => [answer.status, answer.json().success])).toEqual([
        [200, true],
        [400, false],
      ]);
    });
  });

  describe('BuyerCookie (cxml.md 5)', () => {
    it.each([
      ['<BuyerCookie/>', '<BuyerCookie/>'],
      ['<BuyerCookie> </BuyerCookie>', '<BuyerCookie> </BuyerCookie>'],
      ['<BuyerCookie>{a}  </BuyerCookie>', '<BuyerCookie>{a}  </BuyerCookie>'],
    ])('%s comes back unchanged', async (written, returned) => {
      const startUrl = startUrlOf(
        await postXml(shop().browser(), setupXml().replace(/<BuyerCookie>.*<\/BuyerCookie>/, written)),
      );
      const client = shop().browser();
      await client.get(startUrl, JSON_WANTED);
      await put(client, 'SKU-001', 1);
      expect(cartFields(await client.get(TRANSFER, SAME))['cXML-urlencoded']).toContain(returned);
    });

    it('an empty or blank one matches no session at /transfer, and contradicts none', async () => {
      const startUrl = startUrlOf(await postXml(shop().browser(), setupXml({ buyerCookie: ' ' })));
      const cart = (cookie: string): string =>
        readFileSync('test/fixtures/punchflow-order-message.xml', 'utf8').replace('BUYER_COOKIE_123', cookie);
      const send = (cookie: string, query = ''): ReturnType<typeof postXml> =>
        shop()
          .browser()
          .send(`/v1/punchout/transfer${query}`, {
            method: 'POST',
            body: cart(cookie),
            headers: { authorization: 'Bearer demo-api-key', 'content-type': 'text/xml' },
          });
      for (const cookie of ['', ' ']) expect((await send(cookie)).json().error.code).toBe('SESSION_AMBIGUOUS');
      expect((await send('', `?session_id=${idOf(startUrl)}`)).status).toBe(200);
    });
  });

  describe('credentials', () => {
    const credentialOf = (domain: string, secret: string): string =>
      `<Credential domain="${domain}"><Identity>${domain === 'NetworkId' ? 'buyer@company.com' : 'CHILD1'}</Identity>` +
      `<SharedSecret>${secret}</SharedSecret></Credential>`;
    const secretsOf = (...secrets: [domain: string, secret: string][]): string =>
      setupXml().replace(
        /<Sender>[^]*<\/Sender>/,
        `<Sender>${secrets.map(([domain, secret]) => credentialOf(domain, secret)).join('')}</Sender>`,
      );
    it.each<[string, string]>([
      ['that of the known Credential', secretsOf(['SystemID', 'other'], ['NetworkId', 'SecretPassword123'])],
      ['that of another Credential', secretsOf(['SystemID', 'SecretPassword123'], ['NetworkId', 'other'])],
      [
        'the second in one Credential',
        setupXml().replace('<SharedSecret>', '<SharedSecret>other</SharedSecret><SharedSecret>'),
      ],
      [
        'that beside a CredentialMac that the connection does not take',
        setupXml().replace(
          '<SharedSecret>',
          '<CredentialMac type="FromSenderCredentials" algorithm="HMAC-SHA1-96" ' +
            'creationDate="2026-01-01T00:00:00+00:00" expirationDate="2026-01-02T00:00:00+00:00">cR6Jpz58nriXERDN' +
            '</CredentialMac><SharedSecret>',
        ),
      ],
    ])('cxml.md 2: of several secrets, %s proves the caller', async (_, document) => {
      expect((await postXml(shop().browser(), document)).text).toContain('<StartPage>');
    });

    it('T28: at most four secrets are tried', async () => {
      const many = Array.from({ length: 5 }, (_, index): [string, string] => [`d${index}`, `s${index}`]);
      expect(cxmlStatus(await postXml(shop().browser(), secretsOf(...many, ['other', 'SecretPassword123']))).code).toBe(
        '401',
      );
      expect((await postXml(shop().browser(), secretsOf(...many, ['NetworkId', 'SecretPassword123']))).text).toContain(
        '<StartPage>',
      );
    });

    it.each<[string, string, string]>([
      [
        'an unknown From',
        setupXml({ identity: 'nobody@company.com' }),
        'From: no connection has the credential NetworkId "nobody@company.com"',
      ],
      [
        'another To',
        setupXml({ to: '987654321' }),
        'To: DUNS "987654321" is not what the connection expects (cxml.to)',
      ],
      ['a wrong secret', setupXml({ secret: 'CANARY' }), 'Sender: the SharedSecret is wrong'],
      ['no secret', setupXml().replace(/<SharedSecret>.*<\/SharedSecret>/, ''), 'Sender: there is no SharedSecret'],
      [
        'two identities of one domain',
        setupXml().replace(
          '</Credential></From>',
          '</Credential><Credential domain="networkid"><Identity>other@company.com</Identity></Credential></From>',
        ),
        'From: two identities of one domain',
      ],
    ])("%s: the caller gets the common answer, the tenant's log a specific entry", async (_, document, note) => {
      const xml = await postXml(shop().browser(), document);
      expect(cxmlStatus(xml)).toEqual({ code: '401', text: 'The credentials are not valid.' });
      const json = await postXml(shop().browser(), document, JSON_WANTED);
      expect(json.json().error).toEqual({
        code: 'INVALID_CREDENTIALS',
        message: expect.any(String),
        details: { protocol: 'cxml', domain: 'NetworkId' },
      });
      await flushed();
      // A call-up without a known name is shown if there is only one tenant; the second mount has another one.
      if (shop().prefix === '' || !note.startsWith('From: no')) expect((await received())[0]?.reason).toBe(note);
    });

    it('OCI: the message log says whether user name or password was wrong', async () => {
      const call = (USERNAME: string): ReturnType<typeof postXml> =>
        shop()
          .browser()
          .post('/v1/punchout/oci/setup', { USERNAME, PASSWORD: 'wrong', HOOK_URL: 'https://erp.company.com/r' }, HTML);
      await call('buyer@company.com');
      await flushed();
      expect((await received())[0]?.reason).toBe('The password is wrong');
    });
  });

  describe('return URLs', () => {
    it.each([
      ['blanks round it', '\n  https://erp.company.com/punchout/return\t', undefined],
      [
        'a blank in it',
        'https://erp.company.com/my return?x=secret',
        /^The return URL holds a blank as character 27: write %20\. It is "https:\/\/erp\.company\.com\/my return\?x=\.\.\."\.$/,
      ],
      ['an umlaut in it', 'https://erp.company.com/rück', /^The return URL holds "ü" as character 26: write %C3%BC\. /],
      [
        'an umlaut in its host',
        'https://bücher.company.com/r',
        /^The return URL holds "ü" as character 10: write the host in its ASCII form \(xn--\.\.\.\)/,
      ],
      [
        'a line break in it',
        'https://erp.company.com/a\nb',
        /^The return URL holds a line break as character 26: remove it/,
      ],
      [
        'a backslash in it',
        'https://erp.company.com\\r',
        /^The return URL holds "\\\\?" as character 24: (?:write %5C|remove it)/,
      ],
      ['no scheme', 'erp.company.com/r', /and a host: write https:\/\/ before it\. It is "erp\.company\.com\/r"\.$/],
      [
        'http',
        'http://erp.company.com/r?t=1',
        /^The return URL must be https; this one is "http:\/\/erp\.company\.com\/r\?t=\.\.\."\.$/,
      ],
      ['a user', 'https://u:CANARY@erp.company.com/r', /remove what stands before the "@"/],
      ['a fragment', 'https://erp.company.com/r#x', /remove the "#" and what follows it/],
      ['another origin', 'https://erp2.company.com/r', /is not on the list .* setting returnOrigins/],
    ])('%s', async (_, returnUrl, reason) => {
      const answer = await postXml(shop().browser(), setupXml({ returnUrl }));
      if (reason === undefined) expect(answer.text).toContain('<StartPage>');
      else expect(cxmlStatus(answer)).toEqual({ code: '400', text: expect.stringMatching(reason) });
      expect(answer.text).not.toMatch(/CANARY|secret/);
    });
  });

  describeWithReference('cases')('cases that went wrong', () => {
    const send = (name: string): ReturnType<typeof postXml> =>
      postXml(shop().browser(), readFileSync(referencePath(`cases/${name}.xml`)), { 'content-type': 'text/xml' });

    it.each([
      'plain',
      'doctype-bare',
      'doctype-public',
      'doctype-relative',
      'doctype-www',
      'empty-extra-credential',
      'encoding-ISO8859-1',
      'encoding-cp1252',
      'encoding-latin9',
      'two-sender-secrets',
      'sharedsecret1',
    ])('setup-%s is read', async (name) => {
      expect((await send(`setup-${name}`)).text).toContain('<StartPage>');
    });

    it.each([
      ['encoding-ISO8859-1', 'J\u00fcrgen'],
      ['encoding-cp1252', 'J\u00fcrgen'],
      ['encoding-latin9', 'J\u00fcrgen \u20ac'],
    ])('setup-%s: the name is read as %s', async (name, read) => {
      expect(await rowOf(shop(), idOf(startUrlOf(await send(`setup-${name}`))))).toMatchObject({
        request: { buyer: { name: read } },
      });
    });

    it.each([
      [
        'setup-named-entity',
        /^The entity "&nbsp;" is HTML's and not defined in XML: write "&#160;" instead \(line 13, column 31\)$/,
      ],
      [
        'setup-raw-ampersand-in-payloadid',
        /^The character "&" must be written "&amp;"; found "a&b@buyer\.example\.com" \(line 3, column 19\)$/,
      ],
    ])('%s names the fix and the place', async (name, reason) => {
      expect(cxmlStatus(await send(name))).toEqual({ code: '406', text: expect.stringMatching(reason) });
    });

    it('setup-sharedsecret1 is shown without both secrets', async () => {
      await send('setup-sharedsecret1');
      const shown = async (): Promise<string | undefined> =>
        (await received()).map(({ content }) => content).find((content) => content.includes('<SharedSecret1>'));
      // The log takes a message when its answer is out, so possibly after the answer has arrived.
      await until(async () => (await flushed(), (await shown()) !== undefined));
      expect(await shown()).toContain(
        '<SharedSecret>[redacted]</SharedSecret><SharedSecret1>[redacted]</SharedSecret1>',
      );
      expect(await shown()).not.toContain('sealed-copy');
    });

    it.each(['cart-no-header', 'cart-empty-charges'])('%s is transferred', async (name) => {
      const { transmissionId } = await shopping(shop());
      const body = referenceText(`cases/${name}.xml`).replace('@COOKIE@', 'BUYER_COOKIE_123');
      const answer = await shop()
        .browser()
        .send(`/v1/punchout/transfer?session_id=${transmissionId}`, {
          method: 'POST',
          body,
          headers: { authorization: 'Bearer demo-api-key', 'content-type': 'text/xml' },
        });
      expect([answer.status, answer.json()]).toEqual([200, expect.objectContaining({ success: true })]);
    });
  });
});
