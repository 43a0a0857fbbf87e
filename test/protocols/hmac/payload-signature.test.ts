import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSignedByOneOf, payloadSignature } from '../../../src/protocols/hmac/payload-signature.js';
import { RFC_4231 } from './rfc-4231.js';

describe('HMAC-SHA512 of order events', () => {
  it('signs the output of json_encode of PHP', () => {
    // hash_hmac('sha512', json_encode(array('pay' => 'load')), 'abcdefg')
    expect(payloadSignature('abcdefg', Buffer.from('{"pay":"load"}'))).toBe(
      openssl(Buffer.from('abcdefg'), Buffer.from('{"pay":"load"}')),
    );
    // json_encode escapes slashes and writes umlauts as \u00fc, so the bytes and the signature differ.
    expect(payloadSignature('abcdefg', Buffer.from('{"url":"http:\\/\\/example.com\\/m\\u00fcller"}'))).not.toBe(
      payloadSignature('abcdefg', Buffer.from('{"url":"http://example.com/müller"}')),
    );
  });

  it.each(RFC_4231)('RFC 4231: $name', ({ key, data, mac }) => {
    expect(payloadSignature(Buffer.from(key, 'hex'), Buffer.from(data, 'hex'))).toBe(mac);
    expect(isSignedByOneOf([Buffer.from(key, 'hex')], Buffer.from(data, 'hex'), mac)).toBe(true);
  });

  it('agrees with openssl for keys and payloads of any length', () => {
    for (const [keyBytes, dataBytes] of [
      [1, 0],
      [16, 1],
      [64, 63],
      [127, 111],
      [128, 112],
      [129, 128],
      [200, 1000],
      [512, 70_000],
    ] as const) {
      const key = randomBytes(keyBytes);
      const data = randomBytes(dataBytes);
      expect(payloadSignature(key, data)).toBe(openssl(key, data));
    }
  });

  describe('accepts only one spelling', () => {
    const key = 'demo-connect-key';
    const payload = Buffer.from('{"Hello":"World"}');
    const good = payloadSignature(key, payload);

    it('every bit flip, every other length and letter case is refused', () => {
      for (let bit = 0; bit < 512; bit += 1) {
        const bytes = Buffer.from(good, 'hex');
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isSignedByOneOf([key], payload, bytes.toString('hex'))).toBe(false);
      }
      for (const strange of [
        '',
        good.toUpperCase(),
        good.slice(0, 127),
        good.slice(0, 64),
        `${good}0`,
        `${good}00`,
        ` ${good}`,
        `${good}\n`,
        `0x${good.slice(2)}`,
        good.replace(/.$/, 'g'),
        Buffer.from(good, 'hex').toString('base64'),
      ]) {
        expect(isSignedByOneOf([key], payload, strange)).toBe(false);
      }
    });

    it('accepts either of two active keys, but no other key and no missing key', () => {
      expect(isSignedByOneOf(['old', key], payload, good)).toBe(true);
      expect(isSignedByOneOf([key, 'new'], payload, good)).toBe(true);
      expect(isSignedByOneOf(['old', 'new'], payload, good)).toBe(false);
      expect(isSignedByOneOf([], payload, good)).toBe(false);
    });

    it('two keys, one, none: same number of signatures; the placeholder of a missing key is never accepted', () => {
      for (const keys of [['a', 'b'], ['a'], []]) {
        let made = 0;
        expect(isSignedByOneOf(keys, payload, good, () => ((made += 1), Buffer.alloc(64)))).toBe(false);
        expect(made).toBe(2);
        expect(isSignedByOneOf(keys, payload, payloadSignature('', payload))).toBe(false);
      }
    });

    it('refuses a payload with one byte added or changed', () => {
      for (const other of ['{"Hello":"World"} ', '{"Hello": "World"}', '{"hello":"World"}', ''])
        expect(isSignedByOneOf([key], Buffer.from(other), good)).toBe(false);
    });
  });
});

function openssl(key: Buffer, data: Buffer): string {
  return execFileSync(
    'openssl',
    ['dgst', '-sha512', '-mac', 'HMAC', '-macopt', `hexkey:${key.toString('hex')}`, '-r'],
    { input: data },
  )
    .toString()
    .slice(0, 128);
}
