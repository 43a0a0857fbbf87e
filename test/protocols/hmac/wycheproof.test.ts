import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { isSignedByOneOf, payloadSignature } from '../../../src/protocols/hmac/payload-signature.js';

/**
 * Project Wycheproof, hmac_sha512_test.json 0.8rc21, Apache-2.0: test id, comment, key, message and tag in hexadecimal,
 * whether the tag is valid.
 */
type Vector = [id: number, comment: string, key: string, message: string, tag: string, right: boolean];
const VECTORS = JSON.parse(
  readFileSync(new URL('../../fixtures/wycheproof-hmac-sha512.json', import.meta.url), 'utf8'),
) as Vector[];
const FULL = 128;

it('has all 174 vectors', () => {
  expect(VECTORS.map(([id]) => id)).toEqual(Array.from({ length: 174 }, (_, index) => index + 1));
});

it.each(VECTORS)('vector %i %s', (_id, _comment, key, message, tag, right) => {
  const [secret, payload] = [Buffer.from(key, 'hex'), Buffer.from(message, 'hex')];
  expect(payloadSignature(secret, payload).slice(0, tag.length) === tag).toBe(right);
  // A truncated tag is never accepted.
  expect(isSignedByOneOf([secret], payload, tag)).toBe(right && tag.length === FULL);
});
