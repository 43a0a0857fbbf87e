import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { unwrapBody, parseUnwrapped } from '../../../src/protocols/cxml/unwrap-body.js';
import { redactXml } from '../../../src/protocols/redact.js';
import { expectProportional } from '../../support/growth.js';

const XML = readFileSync('test/fixtures/punchflow-setup.xml', 'utf8').replace(
  'Max Mustermann',
  'Jürgen &amp; Söhne +1=2',
);
const BASE64 = Buffer.from(XML).toString('base64');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const part = (headers: string, content: string): string => `--edge\r\n${headers}\r\n\r\n${content}\r\n`;
const soap = (content: string): string =>
  '<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">' +
  `<soapenv:Header/><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;
const bare = XML.replace(/^<\?xml[^>]*\?>\s*(<!DOCTYPE[^>]*>)?\s*/, '');
const FORM = 'application/x-www-form-urlencoded';

/** Each with a body, a Content-Type and the expected wrappings. */
const WRAPPED: [string, string | Buffer, string | undefined, string[]][] = [
  ...[
    'text/xml',
    'application/xml',
    'text/plain',
    'application/json',
    'application/octet-stream',
    FORM,
    'application/vnd.sap+xml; charset=UTF-8',
    'nonsense',
    undefined,
  ].map((type): [string, string, string | undefined, string[]] => [`the bare document as ${type}`, XML, type, []]),
  ['behind a byte order mark and blanks', `\ufeff\n ${XML}`, 'application/json', []],
  ...[
    'cXML-urlencoded',
    'cxml-urlencoded',
    'CXML-URLENCODED',
    'xmlRequest',
    'oracleCXML',
    'cXML',
    'xml',
    'request',
    'strange name',
  ].map((name): [string, string, string, string[]] => [
    `a form with ${name}`,
    form({ first: '1', [name]: XML }),
    FORM,
    [`form field "${name}"`],
  ]),
  ['a form with cXML-base64', form({ 'cXML-base64': BASE64 }), FORM, ['form field "cXML-base64"', 'base64']],
  [
    'base64 before urlencoded',
    form({ 'cXML-urlencoded': '<other/>', 'cxml-BASE64': BASE64 }),
    FORM,
    ['form field "cxml-BASE64"', 'base64'],
  ],
  [
    'base64 in lines, its "+" not escaped',
    `cXML-base64=${(BASE64.match(/.{1,60}/g) ?? []).join('\r\n')}`,
    FORM,
    ['form field "cXML-base64"', 'base64'],
  ],
  ['a form without its type', form({ 'cXML-urlencoded': XML }), 'text/xml', ['form field "cXML-urlencoded"']],
  [
    'a form in Latin-1',
    `cXML-urlencoded=${escape(XML).replaceAll('+', '%2B')}`,
    `${FORM}; charset=iso-8859-1`,
    ['form field "cXML-urlencoded"'],
  ],
  [
    'a form whose value was escaped for HTML',
    form({ xml: escaped(XML) }),
    FORM,
    ['form field "xml"', 'character references'],
  ],
  [
    'a form whose value was escaped twice',
    form({ xml: encodeURIComponent(XML) }),
    FORM,
    ['form field "xml"', 'percent escapes'],
  ],
  ['percent escapes without a name', encodeURIComponent(XML), FORM, ['percent escapes']],
  ['encodeURI without a name', encodeURI(XML), 'text/plain', ['percent escapes']],
  [
    'multipart/form-data',
    part('Content-Disposition: form-data; name="user"', 'me') +
      part('Content-Disposition: form-data; name="cxml"; filename="a.xml"\r\nContent-Type: text/xml', XML) +
      '--edge--',
    'multipart/form-data; boundary=edge',
    ['multipart/form-data'],
  ],
  [
    'multipart/mixed',
    `preamble\r\n${part('Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64', BASE64)}` +
      '--edge--\r\n',
    'multipart/mixed; boundary="edge"',
    ['multipart/mixed'],
  ],
  [
    'multipart without its type',
    `${part('Content-Disposition: form-data; name="xml"', XML)}--edge--`,
    undefined,
    ['multipart'],
  ],
  [
    'multipart with base64 as text',
    `${part('Content-Disposition: form-data; name="cXML-base64"', BASE64)}--edge--`,
    'multipart/form-data; boundary=edge',
    ['multipart/form-data', 'base64'],
  ],
  ['a JSON string', JSON.stringify(XML), 'application/json', ['JSON string']],
  [
    'a JSON string with escapes as .NET writes them',
    JSON.stringify(XML).replaceAll('<', '\\u003C').replaceAll('>', '\\u003E'),
    'text/plain',
    ['JSON string'],
  ],
  ['a JSON object', JSON.stringify({ id: 7, xml: XML }), 'application/json', ['JSON member "xml"']],
  ['a JSON object with base64', JSON.stringify({ cXML: BASE64 }), FORM, ['JSON member "cXML"', 'base64']],
  ['base64', BASE64, 'text/xml', ['base64']],
  ['base64 in lines', (BASE64.match(/.{1,76}/g) ?? []).join('\r\n'), 'application/octet-stream', ['base64']],
  ['SOAP with the document as an element', soap(bare), 'text/xml; charset=utf-8', []],
  ['SOAP with the document in CDATA', soap(`<req><![CDATA[${XML}]]></req>`), 'application/soap+xml', []],
  ['SOAP with the document as text', soap(`<req><arg0>${escaped(XML)}</arg0></req>`), 'text/xml', []],
  [
    'a string element',
    `<string xmlns="http://schemas.microsoft.com/2003/10/Serialization/">${escaped(XML)}</string>`,
    'text/xml',
    [],
  ],
];

function read(body: string | Buffer, type: string | undefined) {
  const unwrapped = unwrapBody(Buffer.from(body), type);
  return unwrapped.ok
    ? { unwrapped: unwrapped.value, parsed: parseUnwrapped(unwrapped.value) }
    : { refusal: unwrapped.refusal };
}

describe('the document is found by the content of the body', () => {
  it.each(WRAPPED)('%s', (_, body, type, wrappings) => {
    const { unwrapped, parsed } = read(body, type);
    expect(unwrapped?.wrappings).toEqual(wrappings);
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        kind: 'PunchOutSetupRequest',
        envelope: { sharedSecrets: [{ secret: 'SecretPassword123' }] },
        setup: { buyerCookie: 'BUYER_COOKIE_123', request: { buyer: { name: 'Jürgen & Söhne +1=2' } } },
      },
    });
  });

  it.each(WRAPPED)('T62: the found document is redacted:  %s', (_, body, type) => {
    const { unwrapped } = read(body, type);
    const shown = redactXml(
      typeof unwrapped?.source === 'string' ? unwrapped.source : (unwrapped?.source.toString('utf8') ?? ''),
    );
    expect(shown).toContain('BUYER_COOKIE_123');
    expect(shown).not.toContain('SecretPassword123');
  });

  it.each(WRAPPED)('T62: a body without base64 is redacted:  %s', (name, body) => {
    if (/base64/i.test(name)) return;
    expect(redactXml(body.toString())).not.toContain('SecretPassword123');
  });

  it('the declared encoding is ignored in a form field, and used in base64 and in a part (cxml.md 8.2, 8.3)', () => {
    const latin = Buffer.from(XML.replace('UTF-8', 'ISO-8859-1'), 'latin1');
    const name = { ok: true, value: { setup: { request: { buyer: { name: 'Jürgen & Söhne +1=2' } } } } };
    expect(read(form({ 'cXML-urlencoded': XML.replace('UTF-8', 'ISO-8859-15') }), FORM).parsed).toMatchObject(name);
    expect(read(form({ 'cXML-base64': latin.toString('base64') }), FORM).parsed).toMatchObject(name);
    expect(
      read(
        Buffer.concat([Buffer.from('--edge\r\nContent-Type: text/xml\r\n\r\n'), latin, Buffer.from('\r\n--edge--')]),
        'multipart/mixed; boundary=edge',
      ).parsed,
    ).toMatchObject(name);
  });

  it('other parts of a MIME body are attachments', () => {
    const body =
      part('Content-Type: text/xml\r\nContent-ID: <a>', XML) +
      `${part('Content-Type: application/pdf\r\nContent-ID: <b>', '%PDF')}--edge--`;
    expect(read(body, 'multipart/related; boundary=edge').unwrapped?.attachments).toMatchObject([
      { name: 'b', contentType: 'application/pdf' },
    ]);
  });

  it('a fault names the wrapping of the document, because its lines count inside it', () => {
    const { parsed } = read(form({ xmlRequest: '<cXML>\n&nbsp;</cXML>' }), FORM);
    expect(parsed).toMatchObject({
      ok: false,
      refusal: {
        code: 'INVALID_XML',
        reason: expect.stringMatching(
          /^The entity "&nbsp;".* \[in the document extracted from: form field "xmlRequest"\]$/,
        ),
        details: { line: 2, column: 1 },
      },
    });
  });
});

describe('a body without a document is refused, with its wrapping and what to send', () => {
  it.each([
    [
      'a form without one',
      'USERNAME=a&PASSWORD=CANARY',
      FORM,
      /^The body is a form with the fields "USERNAME", "PASSWORD", and no field holds an XML document\. Send the cXML document as the body, with Content-Type: text\/xml, or in the field cXML-urlencoded or cXML-base64$/,
    ],
    ['a form with broken base64', 'cXML-base64=%%%', FORM, /a form with the fields "cXML-base64"/],
    [
      'JSON',
      '{"user":"CANARY"}',
      'application/json',
      /^The body is JSON and holds no XML document\. Send .* Content-Type: application\/json and an API key$/,
    ],
    ['a call-up by JSON', '{"protocol":"cxml","return_url":"<x>"}', 'text/xml', /^The body is JSON/],
    ['half of JSON', '{"user":', 'text/xml', /^The body looks like JSON, but cannot be read as JSON/],
    [
      'multipart without one',
      `${part('Content-Type: text/plain', 'CANARY')}--edge--`,
      'multipart/mixed; boundary=edge',
      /^The body is multipart\/mixed with 1 parts, and none of them is an XML document/,
    ],
    [
      'multipart whose boundary is another',
      '--other\r\n\r\n--other--',
      'multipart/mixed; boundary=edge',
      /no part between the boundaries/,
    ],
    [
      'text',
      'hello CANARY',
      'text/xml',
      /^The body is neither XML nor a known wrapping of it\. Send the cXML document/,
    ],
    [
      'base64 of something else',
      Buffer.from('hello CANARY, this is no XML').toString('base64'),
      'text/xml',
      /^The body is neither XML/,
    ],
    [
      'wrappings without end',
      JSON.stringify(JSON.stringify(JSON.stringify(JSON.stringify(JSON.stringify(JSON.stringify(XML)))))),
      'application/json',
      /^The document has too many wrappings around it/,
    ],
  ])('%s', (_, body, type, reason) => {
    const { refusal } = read(body, type);
    expect(refusal).toMatchObject({ reason: expect.stringMatching(reason) });
    expect(JSON.stringify(refusal)).not.toContain('CANARY');
  });

  it('an empty body is an empty document', () => {
    expect(read('', 'text/xml').parsed).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_XML', reason: 'The document is empty' },
    });
  });

  it.each(['%', '%3C', '&lt;', '"', '{', 'A', 'a=&', '+', '--\r\n', '%253C', '{"a":'])(
    'T67: 250,000 characters of %j are looked through once',
    (text) => {
      expectProportional(250_000, (size) => {
        const body = Buffer.from(text.repeat(Math.ceil(size / text.length)));
        for (const type of ['text/xml', FORM, 'multipart/mixed; boundary=edge']) unwrapBody(body, type);
        redactXml(body.toString());
      });
    },
  );
});
