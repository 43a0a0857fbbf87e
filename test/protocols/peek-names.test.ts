import { describe, expect, it } from '@jest/globals';
import { peekApiKey, peekCxmlNames, peekOciNames } from '../../src/protocols/peek-names.js';
import { setupXml } from '../support/call-ups.js';

const OURS = { domain: 'NetworkId', identity: 'buyer@company.com' };
const document = setupXml();
const cut = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.indexOf('<Request'.slice(0, 2), -200));
const multipart = (encoding: string, body: string): Buffer => Buffer.from(`--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n--b\r\nContent-Type: application/pdf\r\n\r\n%PDF`);

describe('names at the beginning of a body that is not whole', () => {
  it.each([
    ['UTF-8', Buffer.from(document), 'text/xml'],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${document}`, 'utf16le'), 'text/xml'],
    ['UTF-16 without', Buffer.from(document, 'utf16le'), 'text/xml'],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${document}`, 'utf16le').swap16(), 'text/xml'],
    ['cut off', cut(Buffer.from(document)), 'application/xml'],
    ['without a type', Buffer.from(document), ''],
    ['a part', multipart('8bit', document), 'multipart/related; boundary=b'],
    ['a base64 part', multipart('base64', Buffer.from(document).toString('base64').replace(/(.{76})/g, '$1\r\n')), 'multipart/related; boundary="b"'],
    ['a quoted-printable part', multipart('quoted-printable', document.replaceAll('=', '=3D')), 'multipart/related; boundary=b'],
    ['single quotes and CDATA', Buffer.from(document.replaceAll('domain="NetworkId"', "xml:lang='en' domain = 'NetworkId'").replaceAll('<Identity>buyer@company.com', '<Identity ><![CDATA[buyer@company.com]]>')), 'text/xml'],
  ])('cXML, %s', (_, bytes, type) => {
    expect(peekCxmlNames(bytes, type)).toContainEqual(OURS);
  });

  it('what is no name is none: other documents, long names, thousands of tags', () => {
    expect(peekCxmlNames(Buffer.from('['.repeat(262_144)), 'application/json')).toEqual([]);
    expect(peekCxmlNames(Buffer.from(`<Credential domain="a"><Identity>${'x'.repeat(1000)}</Identity>`), '')).toEqual([]);
    expect(peekCxmlNames(Buffer.from('<Credential><Identity>x</Identity>'), '')).toEqual([]);
    expect(peekCxmlNames(Buffer.from('<Credential domain="d"><Identity>x</Identity></Credential>'.repeat(4000)), '')).toHaveLength(20);
  });

  it('OCI: by the usual names, by chosen ones, from the query and from a form that is cut off', () => {
    const form = Buffer.from(`USERNAME=one%40a&x=${'y'.repeat(1000)}`);
    expect(peekOciNames(form, '', [])).toEqual([{ domain: '', identity: 'one@a' }]);
    expect(peekOciNames(Buffer.from('x=1&USERNA'), 'username=two', [])).toEqual([{ domain: '', identity: 'two' }]);
    expect(peekOciNames(Buffer.from('LOGIN=three&x='), '', [{ username: 'LOGIN' }])).toContainEqual({ domain: '', identity: 'three' });
    expect(peekOciNames(Buffer.from('USERNAME=cut-o'), '', [])).toEqual([]);
  });

  it('the api_key of a JSON body', () => {
    expect(peekApiKey(Buffer.from('{"username": "a", "api_key" : "key-1", "x": "'))).toBe('key-1');
    expect([peekApiKey(Buffer.from('{"api_key": 1}')), peekApiKey(Buffer.from('{"api_key": "cut'))]).toEqual([undefined, undefined]);
  });
});
