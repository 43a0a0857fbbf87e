import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { readableText } from '../../../src/http/store-proxy/readable-body.js';

const MIB = 1024 * 1024;

it.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const)('a %s answer is read up to the limit, and no compression bomb is unpacked', (coding, encode) => {
  const headers: [string, string][] = [['Content-Encoding', coding]];
  expect(readableText({ headers }, encode('{"a":1}'), 7)).toBe('{"a":1}');
  expect(readableText({ headers }, encode(Buffer.alloc(64 * MIB)), MIB)).toBe('');
});

it('an uncompressed answer is read unchanged, a broken one is empty', () => {
  expect(readableText({ headers: [] }, Buffer.from('plain'), 5)).toBe('plain');
  expect(readableText({ headers: [['content-encoding', 'gzip']] }, Buffer.from('no gzip'), 100)).toBe('');
});
