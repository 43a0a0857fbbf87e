import { describe, expect, it } from '@jest/globals';
import { type MimePart, readMultipart, rewriteParts } from '../../../src/protocols/mime/read-multipart.js';

const TYPE = 'multipart/related; boundary=edge';
const ENCODINGS = ['base64', 'quoted-printable', '8bit', 'binary', ''];

function body(encoding: string): Buffer {
  const header = encoding === '' ? '' : `Content-Transfer-Encoding: ${encoding}\r\n`;
  return Buffer.from(
    `preamble\r\n--edge\r\nContent-Type: text/xml;\r\n\tcharset=UTF-8\r\n${header}Content-ID: <a>\r\n\r\nYQ==\r\n` +
      `--edge  \r\nContent-ID: <b>\r\n\r\nsecond\r\n--edge--\r\nepilogue`,
  );
}

function partsOf(bytes: Buffer): MimePart[] {
  const parts = readMultipart(bytes, TYPE);
  if (!parts.ok) throw new Error(parts.refusal.reason);
  return parts.value;
}

/** Deterministic bytes. */
function noise(seed: number, length: number, alphabet: string): Buffer {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () =>
      alphabet.charCodeAt((state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % alphabet.length),
    ),
  );
}

describe('replacing the content of a part', () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, code) => code));
  const texts = [
    Buffer.alloc(0),
    Buffer.from('x'),
    Buffer.from('--edge\r\n--edge--\r\n\r\n----'),
    Buffer.from(`${'a'.repeat(200)} \r\n\t\r\n${'ü'.repeat(100)}=\n blank at the end `),
    Buffer.from(`${'='.repeat(80)}\r\n${'-'.repeat(80)}`),
    ...Array.from({ length: 40 }, (_, seed) => noise(seed + 1, 40 + seed * 17, 'ab=-\xe9\t ')),
  ];

  it.each(ENCODINGS.slice(0, 2))('%s: comes back byte for byte, in lines of at most 76 characters', (encoding) => {
    for (const bytes of [...texts, all, Buffer.concat([all, all])]) {
      const before = body(encoding);
      const [first, second] = partsOf(before);
      const after = rewriteParts(before, [{ part: first!, bytes }]);
      const [read, other] = partsOf(after);
      expect([bytes, read!.bytes.equals(bytes)]).toEqual([bytes, true]);
      expect([other!.bytes, read!.contentType, read!.name]).toEqual([second!.bytes, 'text/xml; charset=UTF-8', 'a']);
      expect(
        Math.max(
          ...after
            .toString('latin1')
            .split(/\r?\n/)
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(76);
    }
  });

  it.each(ENCODINGS)('"%s": the surrounding bytes stay unchanged', (encoding) => {
    const before = body(encoding);
    const [first] = partsOf(before);
    expect(rewriteParts(before, [])).toEqual(before);
    const [from, to] = [first!.place.from, first!.place.to];
    const after = rewriteParts(before, [{ part: first!, bytes: Buffer.from('new') }]);
    expect(after.subarray(0, from)).toEqual(before.subarray(0, from));
    expect(after.subarray(after.length - (before.length - to))).toEqual(before.subarray(to));
  });

  it('several parts, in any order, and another Content-Type', () => {
    const before = body('base64');
    const [first, second] = partsOf(before);
    const after = rewriteParts(before, [
      { part: second!, bytes: Buffer.from('two'), contentType: 'text/plain' },
      { part: first!, bytes: Buffer.from('one'), contentType: 'text/xml; charset=UTF-16' },
    ]);
    expect(partsOf(after).map(({ name, contentType, bytes }) => [name, contentType, bytes.toString()])).toEqual([
      ['a', 'text/xml; charset=UTF-16', 'one'],
      ['b', 'text/plain', 'two'],
    ]);
  });
});
