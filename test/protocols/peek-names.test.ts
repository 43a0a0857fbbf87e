import { describe, expect, it } from '@jest/globals';
import { peekApiKey, peekCxmlNames, peekOciNames } from '../../src/protocols/peek-names.js';
import { setupXml } from '../support/call-ups.js';
import { expectProportional } from '../support/growth.js';

const OURS = { domain: 'NetworkId', identity: 'buyer@company.com' };
const document = setupXml();
const cut = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.indexOf('<Request'.slice(0, 2), -200));
const multipart = (encoding: string, body: string): Buffer =>
  Buffer.from(
    `--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n--b\r\n` +
      `Content-Type: application/pdf\r\n\r\n%PDF`,
  );

describe('names at the start of an incomplete body', () => {
  it.each([
    ['UTF-8', Buffer.from(document), 'text/xml'],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${document}`, 'utf16le'), 'text/xml'],
    ['UTF-16 without', Buffer.from(document, 'utf16le'), 'text/xml'],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${document}`, 'utf16le').swap16(), 'text/xml'],
    ['cut off', cut(Buffer.from(document)), 'application/xml'],
    ['without a type', Buffer.from(document), ''],
    ['a part', multipart('8bit', document), 'multipart/related; boundary=b'],
    [
      'a base64 part',
      multipart(
        'base64',
        Buffer.from(document)
          .toString('base64')
          .replace(/(.{76})/g, '$1\r\n'),
      ),
      'multipart/related; boundary="b"',
    ],
    [
      'a quoted-printable part',
      multipart('quoted-printable', document.replaceAll('=', '=3D')),
      'multipart/related; boundary=b',
    ],
    [
      'single quotes and CDATA',
      Buffer.from(
        document
          .replaceAll('domain="NetworkId"', "xml:lang='en' domain = 'NetworkId'")
          .replaceAll('<Identity>buyer@company.com', '<Identity ><![CDATA[buyer@company.com]]>'),
      ),
      'text/xml',
    ],
    [
      'a form field in base64, cut off',
      Buffer.from(`cXML-base64=${encodeURIComponent(Buffer.from(document).toString('base64'))}`).subarray(0, -150),
      'application/x-www-form-urlencoded',
    ],
    [
      'a form field with escapes, cut off',
      Buffer.from(`cXML-urlencoded=${encodeURIComponent(document)}`).subarray(0, -150),
      'application/x-www-form-urlencoded',
    ],
    [
      'a field of multipart/form-data, cut off',
      Buffer.from(`--b\r\nContent-Disposition: form-data; name="cXML-urlencoded"\r\n\r\n${document.slice(0, -150)}`),
      'multipart/form-data; boundary=b',
    ],
    ['JSON that is cut off', Buffer.from(JSON.stringify({ a: 'b', document })).subarray(0, -150), 'application/json'],
    [
      'a JSON string that is cut off in an escape',
      Buffer.from(JSON.stringify(document).replaceAll('<', '\\u003c')).subarray(0, -100),
      'application/json',
    ],
    ['base64, cut off', Buffer.from(Buffer.from(document).toString('base64')).subarray(0, -150), 'text/xml'],
    ['percent escapes, cut off', Buffer.from(encodeURIComponent(document)).subarray(0, -150), 'text/plain'],
    [
      'SOAP with the document as text',
      Buffer.from(`<soap:Envelope><soap:Body><d>${document.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}`),
      'text/xml',
    ],
    [
      'windows-1252',
      Buffer.from(
        document.replace('encoding="UTF-8"', 'encoding="windows-1252"').replace('<Request', '<!-- \u00e4 --><Request'),
        'latin1',
      ),
      'text/xml',
    ],
    ['UTF-8 that is cut in a character', Buffer.from(`${document}\u20ac`).subarray(0, -1), 'text/xml; charset=utf-8'],
  ])('cXML, %s', (_, bytes, type) => {
    expect(peekCxmlNames(bytes, type)).toContainEqual(OURS);
  });

  it('other texts are not names: other documents, long names, thousands of tags', () => {
    expect(peekCxmlNames(Buffer.from('['.repeat(262_144)), 'application/json')).toEqual([]);
    expect(peekCxmlNames(Buffer.from(`<Credential domain="a"><Identity>${'x'.repeat(1000)}</Identity>`), '')).toEqual(
      [],
    );
    expect(peekCxmlNames(Buffer.from('<Credential><Identity>x</Identity>'), '')).toEqual([]);
    expect(
      peekCxmlNames(Buffer.from('<Credential domain="d"><Identity>x</Identity></Credential>'.repeat(4000)), ''),
    ).toHaveLength(20);
  });

  it('OCI: by the usual names, by configured ones, from the query and from a form that is cut off', () => {
    const form = Buffer.from(`USERNAME=one%40a&x=${'y'.repeat(1000)}`);
    expect(peekOciNames(form, '', [])).toEqual([{ domain: '', identity: 'one@a' }]);
    expect(peekOciNames(Buffer.from('x=1&USERNA'), 'username=two', [])).toEqual([{ domain: '', identity: 'two' }]);
    expect(peekOciNames(Buffer.from('LOGIN=three&x='), '', [{ username: 'LOGIN' }])).toContainEqual({
      domain: '',
      identity: 'three',
    });
    expect(peekOciNames(Buffer.from('USERNAME=cut-o'), '', [])).toEqual([]);
  });

  it('OCI: from multipart/form-data that is cut off, and with blanks around the name removed', () => {
    const part = (name: string, value: string): string =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
    const form = Buffer.from(`${part('USERNAME', ' four ')}\r\n${part('x', 'y'.repeat(1000))}`);
    expect(peekOciNames(form, '', [], 'multipart/form-data; boundary=b')).toEqual(
      [' four ', 'four'].map((identity) => ({ domain: '', identity })),
    );
  });

  it('a body of open tags is read in linear time', () => {
    for (const tag of ['<Identity', '<Credential ', '<Identity>', '<Credential domain="', 'a:', '&lt;Identity'])
      expectProportional(262_144, (size) => {
        peekCxmlNames(Buffer.from(`<x>${tag.repeat(size / tag.length)}`), 'text/xml');
      });
  });

  it('the api_key of a JSON body', () => {
    expect(peekApiKey(Buffer.from('{"username": "a", "api_key" : "key-1", "x": "'))).toBe('key-1');
    expect([peekApiKey(Buffer.from('{"api_key": 1}')), peekApiKey(Buffer.from('{"api_key": "cut'))]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
