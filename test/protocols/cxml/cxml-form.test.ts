import { describe, expect, it } from '@jest/globals';
import { cxmlFormFields, readCxmlForm } from '../../../src/protocols/cxml/cxml-form.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { cart, cartLine, orderMessageInput } from './sample-cart.js';

const written = writePunchOutOrderMessage(
  orderMessageInput({ cart: cart([cartLine({ name: 'Müller & Söhne 😀\nzwei' })]) }),
);
const document = written.ok ? written.value.document : '';
const base64 = Buffer.from(document).toString('base64');

describe('cXML form', () => {
  it('cxml.md 8.1, 8.2, 8.3: urlencoded holds the ASCII document unchanged, base64 its bytes, "both" both', () => {
    expect(cxmlFormFields(document, { encoding: 'urlencoded', fieldNames: 'cXML' })).toEqual([
      { name: 'cXML-urlencoded', value: document },
    ]);
    expect(cxmlFormFields(document, { encoding: 'base64', fieldNames: 'cXML' })).toEqual([
      { name: 'cXML-base64', value: base64 },
    ]);
    expect(cxmlFormFields(document, { encoding: 'both', fieldNames: 'cXML' }).map(({ name }) => name)).toEqual([
      'cXML-base64',
      'cXML-urlencoded',
    ]);
    expect(document).toContain('M&#252;ller &amp; S&#246;hne &#128512;');
  });

  it('cxml.md 8.1: the letter case of the field is a setting', () => {
    expect(cxmlFormFields('', { encoding: 'both', fieldNames: 'cxml' }).map(({ name }) => name)).toEqual([
      'cxml-base64',
      'cxml-urlencoded',
    ]);
    expect(cxmlFormFields('', { encoding: 'both', fieldNames: 'CXML' }).map(({ name }) => name)).toEqual([
      'CXML-BASE64',
      'CXML-URLENCODED',
    ]);
  });

  it.each(['urlencoded', 'base64', 'both'] as const)(
    'cxml.md 8.4: %s comes back through a urlencoded form, whose line ends are CRLF',
    (encoding) => {
      const body = new URLSearchParams(
        cxmlFormFields(document, { encoding, fieldNames: 'cXML' }).map(({ name, value }): [string, string] => [
          name,
          value.replace(/\n/g, '\r\n'),
        ]),
      ).toString();
      const read = readCxmlForm([...new URLSearchParams(body)].map(([name, value]) => ({ name, value })));
      if (!read.ok) throw new Error(JSON.stringify(read.refusal));
      expect(parseCxml(read.value)).toMatchObject({
        ok: true,
        value: {
          kind: 'PunchOutOrderMessage',
          message: { lines: [{ descriptions: [{ text: 'Müller & Söhne 😀\nzwei' }] }] },
        },
      });
    },
  );

  it('cxml.md 8.1, 8.3: case-insensitive names, base64 first, blanks and line breaks ignored', () => {
    expect(readCxmlForm([{ name: 'CXML-urlEncoded', value: '\r\n  <cXML/>' }])).toEqual({ ok: true, value: '<cXML/>' });
    const both = [
      { name: 'cxml-urlencoded', value: '<no/>' },
      { name: 'cXML-Base64', value: ` ${base64.replace(/(.{76})/g, '$1\r\n')}\n` },
    ];
    expect(readCxmlForm(both)).toEqual({ ok: true, value: Buffer.from(document) });
  });

  it('cxml.md 8.4: a blank in base64 is read as a plus', () => {
    const value = Buffer.from('<a>~~~>>></a>').toString('base64');
    expect(value).toContain('+');
    expect(readCxmlForm([{ name: 'cxml-base64', value: value.replaceAll('+', ' ') }])).toEqual({
      ok: true,
      value: Buffer.from('<a>~~~>>></a>'),
    });
  });

  it('cxml.md 8.2: the encoding declaration of an urlencoded document is ignored', () => {
    const read = readCxmlForm([
      { name: 'cxml-urlencoded', value: document.replace('UTF-8', 'UTF-16').replace('M&#252;ller', 'Müller') },
    ]);
    expect(read.ok && parseCxml(read.value)).toMatchObject({ ok: true });
  });

  it('refuses a form without the field, and invalid base64', () => {
    expect(
      readCxmlForm([
        { name: 'other', value: 'x' },
        { name: 'cxml-base64', value: ' ' },
      ]),
    ).toMatchObject({ ok: false, refusal: { code: 'INVALID_REQUEST' } });
    expect(readCxmlForm([{ name: 'cxml-base64', value: '<cXML/>' }])).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_REQUEST' },
    });
  });
});
