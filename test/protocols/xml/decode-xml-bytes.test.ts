import { describe, expect, it } from '@jest/globals';
import { decodeXmlBytes } from '../../../src/protocols/xml/decode-xml-bytes.js';

const document = (encoding: string, text = 'ä€') => `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`;
const windows1252 = (text: string) => Buffer.from(text.replace(/€/g, '\u0080'), 'latin1');
const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

describe('decodeXmlBytes', () => {
  it('RULES 1.4: takes the byte order mark before the charset of HTTP before the XML declaration', () => {
    const cases: [string, Uint8Array, string | undefined][] = [
      ['declared utf-8', Buffer.from(document('UTF-8')), undefined],
      ['nothing declared', Buffer.from('<a>ä€</a>'), undefined],
      ['UTF-8 mark against a lying declaration', Buffer.from(`\ufeff${document('ISO-8859-1')}`), 'text/xml; charset=us-ascii'],
      ['UTF-16 little endian by its mark', Buffer.from(`\ufeff${document('UTF-8')}`, 'utf16le'), 'text/xml; charset=utf-8'],
      ['UTF-16 big endian by its mark', utf16be(document('UTF-16')), undefined],
      ['HTTP utf-8 against a declared Latin-1', Buffer.from(document('ISO-8859-1')), 'text/xml; charset="UTF-8"'],
      ['HTTP Latin-1 against a declared UTF-8', windows1252(document('UTF-8')), 'application/xml;charset=iso-8859-1'],
      ['declared Latin-1', windows1252(document('ISO-8859-1')), 'text/xml'],
      ['declared windows-1252', windows1252(document('windows-1252')), undefined],
      ['declared in single quotes and lower case', windows1252(document('UTF-8').replace('"UTF-8"', "'iso-8859-1'")), undefined],
    ];
    for (const [name, bytes, contentType] of cases) {
      const decoded = decodeXmlBytes(bytes, contentType);
      expect([name, decoded.ok && decoded.value.replace(/^.*<a>/, '<a>')]).toEqual([name, '<a>ä€</a>']);
    }
  });

  it('RULES 1.4: declared UTF-16 whose bytes are UTF-8 is read as UTF-8', () => {
    expect(decodeXmlBytes(Buffer.from(document('UTF-16')))).toEqual({ ok: true, value: document('UTF-16') });
  });

  it('RULES 1.1: drops a byte order mark and blanks before the document', () => {
    expect(decodeXmlBytes(Buffer.from('\ufeff \r\n\t<a/>'))).toEqual({ ok: true, value: '<a/>' });
    expect(decodeXmlBytes(Buffer.from(`\n${document('UTF-8')}`))).toEqual({ ok: true, value: document('UTF-8') });
  });

  it.each([
    ['UTF-7', Buffer.from(document('UTF-7', '+ADw-')), undefined, /'UTF-7' is not supported/],
    ['an EBCDIC name', Buffer.from(document('ebcdic-cp-us')), undefined, /not supported/],
    ['an unknown charset of HTTP', Buffer.from(document('UTF-8')), 'text/xml; charset=klingon', /'klingon' is not supported/],
    ['bytes that are not UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xe4, 0x3c, 0x2f, 0x61, 0x3e]), undefined, /not utf-8/],
    ['overlong UTF-8', Buffer.from([0x3c, 0xc0, 0xbc, 0x3e]), undefined, /not utf-8/],
    ['a surrogate in UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80]), undefined, /not utf-8/],
    ['half a pair in UTF-16', Buffer.from('\ufeff<a>\ud800</a>', 'utf16le'), undefined, /not utf-16le/],
    ['an odd byte in UTF-16', Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0x61]), undefined, /not utf-16le/],
    ['UTF-16 without a mark', Buffer.from(document('UTF-16'), 'utf16le'), undefined, /byte order mark/],
    ['US-ASCII that is not', Buffer.from(document('US-ASCII')), undefined, /US-ASCII/],
    ['US-ASCII by HTTP that is not', Buffer.from(document('UTF-8')), 'text/xml; charset=us-ascii', /US-ASCII/],
  ])('SECURITY T26: refuses %s', (_, bytes, contentType, reason) => {
    expect(decodeXmlBytes(bytes, contentType)).toEqual({ ok: false, refusal: { code: 'INVALID_XML', reason: expect.stringMatching(reason), details: { line: 1, column: 1, error: expect.stringMatching(reason) } } });
  });

  it('keeps nothing of a refused document', () => {
    expect(decodeXmlBytes(Buffer.from([0x3c, 0xe4])).ok).toBe(false);
    expect(decodeXmlBytes(Buffer.from('<a>ä</a>'))).toEqual({ ok: true, value: '<a>ä</a>' });
  });
});
