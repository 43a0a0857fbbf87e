import { describe, expect, it } from '@jest/globals';
import { unwrapBody, parseUnwrapped } from '../../../src/protocols/cxml/unwrap-body.js';
import { type KeptCopy, withoutSecret } from '../../../src/protocols/cxml/without-secret.js';
import type { MimePart } from '../../../src/protocols/mime/read-multipart.js';
import { orderXml } from '../../http/gateway/purchase-order-calls.js';
import { expectProportional } from '../../support/growth.js';

const SECRET = 'SecretPassword123';
const XML = orderXml({
  orderId: 'PO-1',
  payloadId: 'one@buyer.example',
  lines: [{ sku: 'Größe 5', quantity: '1', price: '1' }],
});
const PLAIN = XML.replace(/^<\?xml[^>]*\?>\s*(<!DOCTYPE[^>]*>)?\s*/, '');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const declared = (encoding: string): string => XML.replace('UTF-8', encoding);
const soap = (content: string): string =>
  '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><w:Password ' +
  `xmlns:w="w">${SECRET}</w:Password></s:Header><s:Body>${content}</s:Body></s:Envelope>`;
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const lines = (text: string): string => (text.match(/.{1,76}/g) ?? []).join('\r\n');
const quotedPrintable = (text: string): string =>
  Buffer.from(text)
    .toString('latin1')
    .replace(/[^\n\r -<>-~]/g, (character) => `=${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/([^\n]{60})/g, '$1=\r\n');

/** Documents as bodies and as root parts: name, bytes, header of the part. */
const DOCUMENTS: [string, Buffer, string?][] = [
  ['UTF-8', Buffer.from(XML)],
  ['ISO-8859-1', Buffer.from(declared('ISO-8859-1'), 'latin1')],
  ['UTF-16 little endian', Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le')],
  ['UTF-16 big endian', bigEndian(`\ufeff${declared('UTF-16')}`)],
  ['UTF-16 without a mark', Buffer.from(declared('UTF-16LE'), 'utf16le')],
  ['SOAP', Buffer.from(soap(PLAIN))],
  ['SOAP, escaped', Buffer.from(soap(escaped(XML)))],
  ['SOAP, escaped, UTF-16', Buffer.from(`\ufeff${soap(escaped(XML))}`, 'utf16le')],
  ['SOAP in CDATA', Buffer.from(soap(`<![CDATA[${XML}]]>`))],
  [
    'comments that hold tags',
    Buffer.from(
      PLAIN.replace(
        '<Header>',
        `<!-- <SharedSecret> comes below, or <Password>${SECRET} --><?note <SharedSecret>${SECRET}?><Header>`,
      ),
    ),
  ],
  ['a SharedSecret with a comment', Buffer.from(XML.replace(SECRET, `Secret<!-- </SharedSecret> -->Password123`))],
];

function without(body: Buffer, contentType: string | undefined): KeptCopy {
  const unwrapped = unwrapBody(body, contentType);
  if (!unwrapped.ok) throw new Error(JSON.stringify(unwrapped.refusal));
  const read = parseUnwrapped(unwrapped.value);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  const kept = withoutSecret(unwrapped.value, read.value.envelope.sharedSecrets.length > 0);
  if (!kept.ok) throw new Error(kept.refusal.reason);
  return kept.value;
}

/** Reads a stored copy like the original body. */
function readAgain({ document, contentType }: KeptCopy): { order: unknown; secrets: number; attachments: MimePart[] } {
  const unwrapped = unwrapBody(document, contentType);
  const read = unwrapped.ok ? parseUnwrapped(unwrapped.value) : unwrapped;
  if (!unwrapped.ok || !read.ok || read.value.kind !== 'OrderRequest')
    throw new Error(JSON.stringify([unwrapped, read]).slice(0, 500));
  return {
    order: read.value.order,
    secrets: read.value.envelope.sharedSecrets.length,
    attachments: unwrapped.value.attachments,
  };
}

const ORDER = readAgain({ document: Buffer.from(XML), contentType: 'text/xml' }).order;

/** Expects the secret in none of the usual encodings. */
function expectNoSecret(bytes: Buffer): void {
  for (const text of [bytes.toString('latin1'), bytes.toString('latin1').replaceAll('\0', '')])
    expect(text).not.toMatch(/SecretPassword123|Secret<!--|U2VjcmV0UGFzc3dvcmQ/);
}

const ALL_BYTES = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
/** Header, content as sent, and content expected in the copy. */
const ATTACHMENTS: [string, string | Buffer, Buffer][] = [
  [
    'Content-Type: application/pdf\r\nContent-ID: <drawing@x>\r\nContent-Transfer-Encoding: base64',
    lines(ALL_BYTES.toString('base64')),
    ALL_BYTES,
  ],
  [
    'Content-Type: application/octet-stream\r\nContent-ID: <raw@x>\r\nContent-Transfer-Encoding: binary',
    ALL_BYTES,
    ALL_BYTES,
  ],
  [
    'Content-Type: text/plain\r\nContent-ID: <howto@x>',
    `Write <SharedSecret> into Sender.\r\nThen go on.`,
    Buffer.from('Write <SharedSecret>\r\nThen go on.'),
  ],
  [
    'Content-Type: text/xml\r\nContent-ID: <copy@x>\r\nContent-Transfer-Encoding: base64',
    lines(Buffer.from(XML).toString('base64')),
    Buffer.from(XML.replace(SECRET, '')),
  ],
  [
    'Content-Type: text/xml\r\nContent-ID: <copy16@x>\r\nContent-Transfer-Encoding: base64',
    lines(Buffer.from(`\ufeff${XML}`, 'utf16le').toString('base64')),
    Buffer.from(`\ufeff${XML.replace(SECRET, '')}`, 'utf16le'),
  ],
  ['Content-Type: text/plain\r\nContent-ID: <last@x>', 'the last one', Buffer.from('the last one')],
];

function multipart(rootHeader: string, root: Buffer | string, kind = 'related'): { body: Buffer; contentType: string } {
  const parts = [[rootHeader, root] as const, ...ATTACHMENTS];
  const pieces = parts.flatMap(([header, content]) => [
    Buffer.from(`--edge\r\n${header}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return {
    body: Buffer.concat([...pieces, Buffer.from('--edge--\r\n')]),
    contentType: `multipart/${kind}; boundary="edge"`,
  };
}

function expectKept({ body, contentType }: { body: Buffer; contentType: string }): void {
  const copy = without(body, contentType);
  expect(copy.contentType).toBe(contentType);
  const { order, secrets, attachments } = readAgain(copy);
  expect([order, secrets]).toEqual([ORDER, 0]);
  expect(attachments.map(({ name }) => name)).toEqual(ATTACHMENTS.map(([header]) => /<(.*)>/.exec(header)?.[1]));
  for (const [index, { bytes }] of attachments.entries()) {
    expect([index, bytes]).toEqual([index, ATTACHMENTS[index]?.[2]]);
    expectNoSecret(bytes);
  }
  expectNoSecret(copy.document);
}

describe('the stored copy of a purchase order', () => {
  it.each(DOCUMENTS)('only a document: %s', (_, body) => {
    const copy = without(body, 'text/xml');
    expect(readAgain(copy)).toMatchObject({ order: ORDER, secrets: 0, attachments: [] });
    expectNoSecret(copy.document);
    expect(copy.contentType).toBe('text/xml');
  });

  it('only the secret is removed, all else is byte for byte', () => {
    expect(without(Buffer.from(XML), 'text/xml').document.toString()).toBe(XML.replace(SECRET, ''));
    const wide = `\ufeff${declared('UTF-16')}`;
    expect(without(bigEndian(wide), 'text/xml').document).toEqual(bigEndian(wide.replace(SECRET, '')));
    const mac = XML.replace(/<SharedSecret>.*<\/SharedSecret>/, '');
    expect(without(Buffer.from(mac), 'text/xml').document.toString()).toBe(mac);
    const noted = PLAIN.replace('<Header>', '<!-- <SharedSecret> comes below --><Header>');
    expect(without(Buffer.from(noted), 'text/xml').document.toString()).toBe(
      noted.replace(SECRET, '').replace('<SharedSecret> comes below ', '<SharedSecret>'),
    );
  });

  it.each(DOCUMENTS)('with attachments, root without encoding: %s', (_, root) =>
    expectKept(multipart('Content-Type: text/xml', root)),
  );
  it.each(DOCUMENTS)('with attachments, root in base64: %s', (_, root) =>
    expectKept(
      multipart('Content-Type: text/xml\r\nContent-Transfer-Encoding: base64', lines(root.toString('base64'))),
    ),
  );
  it.each(DOCUMENTS)('with attachments, root in base64 in one line: %s', (_, root) =>
    expectKept(multipart('Content-Transfer-Encoding: BASE64', root.toString('base64'))),
  );

  it.each([XML, soap(escaped(XML)), soap(PLAIN)])('with attachments, root in quoted-printable', (xml) => {
    const { body, contentType } = multipart(
      'Content-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable',
      quotedPrintable(xml),
    );
    expectKept({ body, contentType });
    expect(without(body, contentType).document.toString('latin1')).toContain('Gr=C3=B6=C3=9Fe');
  });

  it.each<[string, string, string]>([
    ['a field cXML-base64', 'Content-Disposition: form-data; name="cXML-base64"', Buffer.from(XML).toString('base64')],
    [
      'a field that is escaped once more',
      'Content-Disposition: form-data; name="xml"\r\nContent-Type: text/plain; charset=utf-8',
      encodeURIComponent(XML),
    ],
    ['JSON', 'Content-Type: application/json', JSON.stringify({ document: XML })],
    [
      'a form in ISO-8859-1',
      'Content-Type: application/x-www-form-urlencoded;\r\n charset=iso-8859-1',
      `xml=${escape(declared('ISO-8859-1')).replaceAll('+', '%2B')}`,
    ],
    [
      'a form',
      'Content-Type: application/x-www-form-urlencoded',
      new URLSearchParams({ 'cXML-urlencoded': XML }).toString(),
    ],
  ])('with attachments, the document in %s of a part: stored plain, in UTF-8', (_, header, content) => {
    expectKept(multipart(header, content, 'form-data'));
  });

  it('a multipart root', () => {
    const inner =
      `--in\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n` +
      `\r\n${lines(Buffer.from(XML).toString('base64'))}\r\n--in\r\nContent-ID: <inner@x>\r\n\r\nbeside it\r\n` +
      '--in--';
    const { body, contentType } = multipart('Content-Type: multipart/related; boundary=in', inner, 'mixed');
    const { order, secrets, attachments } = readAgain(without(body, contentType));
    expect([order, secrets, attachments.at(-1)?.bytes.toString(), attachments.length]).toEqual([
      ORDER,
      0,
      'beside it',
      ATTACHMENTS.length + 1,
    ]);
  });

  it('a multipart attachment', () => {
    const inner =
      `--in\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n` +
      `\r\n${lines(Buffer.from(XML).toString('base64'))}\r\n--in\r\n\r\nbeside it\r\n--in--`;
    const body = Buffer.from(
      `--edge\r\n\r\n${XML}\r\n--edge\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n${inner}\r\n--edge--`,
    );
    const [mail] = readAgain(without(body, 'multipart/related; boundary=edge')).attachments;
    const parts = unwrapBody(mail!.bytes, mail!.contentType);
    expect(parts.ok && [parts.value.source.toString(), parts.value.attachments[0]?.bytes.toString()]).toEqual([
      XML.replace(SECRET, ''),
      'beside it',
    ]);
  });

  it('the document attached a second time before the root, and a secret around the parts', () => {
    const encoded = lines(Buffer.from(XML).toString('base64'));
    const body = Buffer.from(
      `note: <SharedSecret>${SECRET}</SharedSecret>\r\n--edge\r\nContent-ID: <copy>\r\n\r\n${XML}\r\n--edge\r\n` +
        `Content-ID: <root>\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n--edge--`,
    );
    const copy = without(body, 'multipart/related; boundary=edge; start="<root>"');
    const { secrets, attachments } = readAgain(copy);
    expect([secrets, attachments.map(({ bytes }) => bytes.toString())]).toEqual([0, [XML.replace(SECRET, '')]]);
    expectNoSecret(copy.document);
  });

  it('multipart without a Content-Type, and inside base64: stored as multipart', () => {
    const { body } = multipart('Content-Type: text/xml', XML);
    for (const [sent, type] of [
      [body, undefined],
      [Buffer.from(body.toString('base64')), 'text/plain'],
    ] as const) {
      const copy = without(sent, type);
      expect(copy.contentType).toMatch(/^multipart\/mixed; boundary="edge"$/);
      expect(readAgain(copy)).toMatchObject({ order: ORDER, secrets: 0, attachments: { length: ATTACHMENTS.length } });
    }
  });

  it.each<[string, string, string]>([
    [
      'a form',
      new URLSearchParams({ password: 'other', 'cXML-urlencoded': declared('ISO-8859-1') }).toString(),
      'application/x-www-form-urlencoded',
    ],
    ['base64', Buffer.from(XML).toString('base64'), 'text/plain'],
  ])('%s without attachments: the plain document, with its encoding declared', (_, body, contentType) => {
    const copy = without(Buffer.from(body), contentType);
    expect(copy.contentType).toMatch(/^text\/xml/);
    expect(readAgain(copy)).toMatchObject({ order: ORDER, secrets: 0 });
    expectNoSecret(copy.document);
  });

  it('if a SharedSecret is left, the order is refused, with the remedy', () => {
    const unwrapped = unwrapBody(Buffer.from('<cXML><Header/></cXML>'), 'text/xml');
    expect(unwrapped.ok && withoutSecret(unwrapped.value, true)).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_REQUEST', reason: expect.stringContaining('send it in Sender') },
    });
  });

  it.each(['<SharedSecret>', '</SharedSecret', '<SharedSecret', '<a:', '&lt;', '<a>&lt;'])(
    '500,000 characters of %s are read once (T67)',
    (text) =>
      expectProportional(500_000, (size) => {
        const hostile = text.repeat(Math.ceil(size / text.length));
        for (const [body, type] of [
          [`--edge\r\n\r\n<cXML/>\r\n--edge\r\n\r\n${hostile}\r\n--edge--`, 'multipart/related; boundary=edge'],
          [`<cXML>${hostile}`, 'text/xml'],
        ] as const) {
          const unwrapped = unwrapBody(Buffer.from(body), type);
          expect(unwrapped.ok && withoutSecret(unwrapped.value, false).ok).toBe(true);
        }
      }),
  );
});
