import { describe, expect, it } from '@jest/globals';
import { decodeXmlBytes } from '../../../src/protocols/xml/decode-xml-bytes.js';

const document = (encoding: string, text = 'ä€') => `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`;
const windows1252 = (text: string) => Buffer.from(text.replace(/€/g, '\u0080'), 'latin1');
const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

describe('decodeXmlBytes', () => {
  it('cxml.md 1.4: priority: byte order mark, charset of HTTP, XML declaration', () => {
    const cases: [string, Uint8Array, string | undefined][] = [
      ['declared utf-8', Buffer.from(document('UTF-8')), undefined],
      ['nothing declared', Buffer.from('<a>ä€</a>'), undefined],
      [
        'UTF-8 mark against a lying declaration',
        Buffer.from(`\ufeff${document('ISO-8859-1')}`),
        'text/xml; charset=us-ascii',
      ],
      [
        'UTF-16 little endian by its mark',
        Buffer.from(`\ufeff${document('UTF-8')}`, 'utf16le'),
        'text/xml; charset=utf-8',
      ],
      ['UTF-16 big endian by its mark', utf16be(document('UTF-16')), undefined],
      ['HTTP utf-8 against a declared Latin-1', Buffer.from(document('ISO-8859-1')), 'text/xml; charset="UTF-8"'],
      ['HTTP Latin-1 against a declared UTF-8', windows1252(document('UTF-8')), 'application/xml;charset=iso-8859-1'],
      ['declared Latin-1', windows1252(document('ISO-8859-1')), 'text/xml'],
      ['declared windows-1252', windows1252(document('windows-1252')), undefined],
      [
        'declared in single quotes and lower case',
        windows1252(document('UTF-8').replace('"UTF-8"', "'iso-8859-1'")),
        undefined,
      ],
    ];
    for (const [name, bytes, contentType] of cases) {
      const decoded = decodeXmlBytes(bytes, contentType);
      expect([name, decoded.ok && decoded.value.replace(/^.*<a>/, '<a>')]).toEqual([name, '<a>ä€</a>']);
    }
  });

  it('cxml.md 1.4: UTF-8 bytes that are declared as UTF-16 are read as UTF-8', () => {
    expect(decodeXmlBytes(Buffer.from(document('UTF-16')))).toEqual({ ok: true, value: document('UTF-16') });
  });

  it('cxml.md 1.1: drops a byte order mark and blanks before the document', () => {
    expect(decodeXmlBytes(Buffer.from('\ufeff \r\n\t<a/>'))).toEqual({ ok: true, value: '<a/>' });
    expect(decodeXmlBytes(Buffer.from(`\n${document('UTF-8')}`))).toEqual({ ok: true, value: document('UTF-8') });
  });

  it.each([
    ...[
      'ISO8859-1',
      'iso_8859-1',
      'ISO-8859-1',
      'latin1',
      'Latin-1',
      'l1',
      'cp1252',
      'CP-1252',
      'windows-1252',
      'Windows_1252',
      'win1252',
      'ansi',
      'x-cp1252',
      'ISO8859_1',
      '1100',
      '28591',
    ].map((label) => [label, 0x80, '€']),
    ...[
      'ISO-8859-15',
      'iso8859-15',
      'ISO_8859-15',
      'latin9',
      'Latin-9',
      'l9',
      'csISOLatin9',
      'ISO8859_15',
      '28605',
    ].map((label) => [label, 0xa4, '€']),
    ...['ISO-8859-2', 'latin2', '1401'].map((label) => [label, 0xb1, 'ą']),
    ...['windows-1250', 'cp1250', '1404'].map((label) => [label, 0xb9, 'ą']),
  ] as [string, number, string][])(
    'cxml.md 1.4: %s is the name of an encoding, in a declaration and in Content-Type',
    (label, byte, character) => {
      const bytes = (encoding: string) =>
        Buffer.concat([
          Buffer.from(document(encoding, '').replace('</a>', '')),
          Buffer.from([byte]),
          Buffer.from('</a>'),
        ]);
      const charsets = [
        `text/xml; charset=${label}`,
        `text/xml;CHARSET="${label}"`,
        `text/xml; charset='${label}'`,
        `text/xml; charset = ${label} ; x=y`,
        `charset=" ${label} "`,
      ];
      const read = [decodeXmlBytes(bytes(label)), ...charsets.map((type) => decodeXmlBytes(bytes('UTF-8'), type))];
      expect(read.map((decoded) => decoded.ok && decoded.value.replace(/^.*<a>/, '<a>'))).toEqual(
        Array.from({ length: 6 }, () => `<a>${character}</a>`),
      );
    },
  );

  it.each([
    'UTF-8',
    'utf8',
    'UTF_8',
    'Utf-8',
    'unicode-1-1-utf-8',
    'x-unicode20utf8',
    'utf-8 ',
    'cp65001',
    '65001',
    '4110',
    'UTF-16',
    'utf-16le',
    'UTF-16BE',
    'unicode',
    'ISO-10646-UCS-2',
  ])('cxml.md 1.4: UTF-8 bytes declared as %s are read as UTF-8', (label) => {
    expect(decodeXmlBytes(Buffer.from(document(label)))).toEqual({ ok: true, value: document(label) });
    expect(decodeXmlBytes(Buffer.from('<a>ä€</a>'), `text/xml; charset="${label}"`)).toEqual({
      ok: true,
      value: '<a>ä€</a>',
    });
  });

  it.each(['us-ascii', 'ASCII', 'US_ASCII', 'ANSI_X3.4-1968', 'iso646-us'])(
    'cxml.md 1.4: %s is read as long as it is that',
    (label) => {
      expect(decodeXmlBytes(Buffer.from('<a>&#228;</a>'), `text/xml; charset=${label}`)).toEqual({
        ok: true,
        value: '<a>&#228;</a>',
      });
      expect(decodeXmlBytes(Buffer.from('<a>ä</a>'), `text/xml; charset=${label}`)).toMatchObject({
        ok: false,
        refusal: { details: { line: 1, column: 4 } },
      });
    },
  );

  it('cxml.md 1.4: UTF-16 without a byte order mark is recognised by its zero bytes', () => {
    expect(decodeXmlBytes(Buffer.from(document('UTF-16'), 'utf16le'), 'text/xml; charset=utf-16le')).toEqual({
      ok: true,
      value: document('UTF-16'),
    });
    expect(decodeXmlBytes(utf16be(document('UTF-16')).subarray(2))).toEqual({ ok: true, value: document('UTF-16') });
  });

  it.each([
    [
      'UTF-7',
      Buffer.from(document('UTF-7', '+ADw-')),
      undefined,
      /'UTF-7' that the XML declaration names is not supported\. Send UTF-8/,
    ],
    ['an EBCDIC name', Buffer.from(document('ebcdic-cp-us')), undefined, /not supported/],
    ['ISO-2022-JP', Buffer.from(document('ISO-2022-JP', '')), undefined, /not supported/],
    ['a name of a property of every object', Buffer.from(document('constructor', '')), undefined, /not supported/],
    [
      'an unknown charset of HTTP',
      Buffer.from(document('UTF-8')),
      'text/xml; charset=klingon',
      /'klingon' that Content-Type names is not supported/,
    ],
  ])('T26: refuses %s', (_, bytes, contentType, reason) => {
    expect(decodeXmlBytes(bytes, contentType)).toEqual({
      ok: false,
      refusal: {
        code: 'INVALID_XML',
        reason: expect.stringMatching(reason),
        details: { line: 1, column: 1, error: expect.stringMatching(reason) },
      },
    });
  });

  it.each([
    [
      'bytes that are not UTF-8',
      Buffer.from('<a>\n  ä\n</a>', 'latin1'),
      undefined,
      /^Byte 0xE4 at offset 6 is not UTF-8, .* because nothing says otherwise\..*encoding="ISO-8859-1"/,
      2,
      3,
    ],
    [
      'Latin-1 under a declared UTF-8',
      Buffer.from(document('UTF-8', 'ä'), 'latin1'),
      undefined,
      /^Byte 0xE4 at offset 41 is not UTF-8, .* XML declaration says so/,
      1,
      42,
    ],
    [
      'Latin-1 behind a byte order mark and a U+FFFD',
      Buffer.concat([Buffer.from('\ufeff<a>\ufffd'), Buffer.from([0xfc, 0x3c])]),
      undefined,
      /^Byte 0xFC at offset 9 .* byte order mark/,
      1,
      5,
    ],
    ['overlong UTF-8', Buffer.from([0x3c, 0xc0, 0xbc, 0x3e]), undefined, /0xC0 at offset 1 is not UTF-8/, 1, 2],
    [
      'a surrogate in UTF-8',
      Buffer.from([0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80]),
      undefined,
      /0xED at offset 3 is not UTF-8/,
      1,
      4,
    ],
    ['half a pair in UTF-16', Buffer.from('\ufeff<a>\ud800</a>', 'utf16le'), undefined, /not UTF-16LE/, 1, 4],
    ['an odd byte in UTF-16', Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0x61]), undefined, /not UTF-16LE/, 1, 2],
    ['US-ASCII that is not', Buffer.from(document('US-ASCII')), undefined, /0xC3 at offset 44 is not US-ASCII/, 1, 45],
    [
      'US-ASCII by HTTP that is not',
      Buffer.from(document('UTF-8')),
      'text/xml; charset=us-ascii',
      /not US-ASCII.*charset of Content-Type/,
      1,
      42,
    ],
  ])('T26: refuses %s and names the first wrong byte', (_, bytes, contentType, reason, line, column) => {
    expect(decodeXmlBytes(bytes, contentType)).toEqual({
      ok: false,
      refusal: {
        code: 'INVALID_XML',
        reason: expect.stringMatching(reason),
        details: { line, column, error: expect.stringMatching(reason) },
      },
    });
  });

  it('keeps no text of a refused document', () => {
    expect(decodeXmlBytes(Buffer.from([0x3c, 0xe4])).ok).toBe(false);
    expect(decodeXmlBytes(Buffer.from('<a>ä</a>'))).toEqual({ ok: true, value: '<a>ä</a>' });
  });
});

it('a declaration with an empty encoding is refused, with what to write', () => {
  for (const encoding of ['""', "''", '" "'])
    expect(decodeXmlBytes(Buffer.from(`<?xml version="1.0" encoding=${encoding}?><a/>`))).toMatchObject({
      ok: false,
      refusal: {
        reason: 'The XML declaration names no encoding (encoding=""): write encoding="UTF-8", or leave it out',
      },
    });
});
