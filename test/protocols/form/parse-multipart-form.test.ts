import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Outcome } from '../../../src/domain/error-codes.js';
import type { NameValue } from '../../../src/domain/transmission/setup-request.js';
import { parseFormBody, wrappingHint, parseMultipartForm } from '../../../src/protocols/form/parse-form-body.js';
import { expectProportional } from '../../support/growth.js';

const TYPE = 'multipart/form-data; boundary=AaB03x';

function bodyOf(parts: string[], { end = '\r\n', close = '--AaB03x--' } = {}): Buffer {
  return Buffer.from(parts.map((part) => `--AaB03x${end}${part}${end}`).join('') + close + end, 'latin1');
}

const field = (name: string, value: string): string => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
const read = (body: Buffer, type = TYPE): Outcome<NameValue[]> => parseMultipartForm(body, type, 'utf-8');
const pairs = (...list: [string, string][]): object => ({
  ok: true,
  value: list.map(([name, value]) => ({ name, value })),
});

describe('multipart/form-data', () => {
  it('reads names and values in their order, brackets, line breaks and empty values unchanged', () => {
    expect(
      read(
        bodyOf([
          field('NEW_ITEM-PRICE[1]', '10.00'),
          field('a', ''),
          field('a', 'x\r\n\r\ny=1&z%41+'),
          field('NEW_ITEM-LONGTEXT_1:132[]', '--AaB03xy\r\n -'),
        ]),
      ),
    ).toEqual(
      pairs(
        ['NEW_ITEM-PRICE[1]', '10.00'],
        ['a', ''],
        ['a', 'x\r\n\r\ny=1&z%41+'],
        ['NEW_ITEM-LONGTEXT_1:132[]', '--AaB03xy\r\n -'],
      ),
    );
  });

  it('reads variants: only LF, a preamble, a quoted boundary, more headers, unquoted names, files', () => {
    expect(
      read(
        Buffer.from(
          'preamble\n--b c\nContent-Type: text/plain; charset=utf-8\nCONTENT-DISPOSITION: form-data; ' +
            'name=HOOK_URL\n\nhttps://x\n--b c  \ncontent-disposition: form-data; filename="a;name=no.txt"; ' +
            'name="b%22\\"c"\n\nB\n--b c--epilogue',
        ),
        'multipart/form-data; charset=utf-8; boundary="b c"',
      ),
    ).toEqual(pairs(['HOOK_URL', 'https://x'], ['b""c', 'B']));
  });

  it('decodes UTF-8, invalid UTF-8 as windows-1252, and the charset of the part', () => {
    const utf8 = Buffer.from('Größe', 'utf8').toString('latin1');
    expect(
      read(
        bodyOf([
          field('a', utf8),
          field('b', 'Gr\xf6\xdfe'),
          `Content-Type: text/plain; charset=ISO-8859-1\r\n${field('c', '\xc3\xb6')}`,
        ]),
      ),
    ).toEqual(pairs(['a', 'Größe'], ['b', 'Größe'], ['c', 'Ã¶']));
  });

  it.each([
    ['no boundary', bodyOf([field('a', '1')]), 'multipart/form-data', 'names no boundary'],
    [
      'a body that was cut',
      bodyOf([field('a', '1'), field('b', '2')], { close: '' }),
      TYPE,
      'closing boundary is missing',
    ],
    [
      'another boundary',
      bodyOf([field('a', '1')]),
      'multipart/form-data; boundary=other',
      'closing boundary is missing',
    ],
    ['a part without a name', bodyOf(['Content-Disposition: form-data\r\n\r\n1']), TYPE, 'part 1 has no name'],
    ['a part without a header', bodyOf([field('a', '1'), 'x']), TYPE, 'part 2 has no name'],
    [
      'a part in base64',
      bodyOf([`Content-Transfer-Encoding: base64\r\n${field('a', 'MQ==')}`]),
      TYPE,
      'part 1 has a Content-Transfer-Encoding',
    ],
    ['a NUL', bodyOf([field('a', '\0')]), TYPE, 'holds a NUL'],
  ])('refuses %s', (_, body, type, reason) => {
    expect(read(body, type)).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_REQUEST', reason: expect.stringContaining(reason) },
    });
  });

  it('T32: refuses more pairs than the limit', () => {
    expect(
      parseMultipartForm(bodyOf([field('a', '1'), field('b', '2')]), TYPE, 'utf-8', { parameters: 1 }),
    ).toMatchObject({ ok: false, refusal: { code: 'REQUEST_TOO_LARGE' } });
  });

  it('T67: takes linear time for lines that look almost like boundaries', () => {
    const hostile = [
      (size: number) => `--AaB03x\r\n${'--AaB03x'.repeat(size / 8)}`,
      (size: number) => '\n--AaB03x '.repeat(size / 10),
      (size: number) => '--AaB03x\r\n'.repeat(size / 10),
      (size: number) => `--AaB03x${' '.repeat(size)}`,
    ];
    for (const text of hostile)
      expectProportional(4_000_000, (size) => {
        expect(read(Buffer.from(text(size))).ok).toBe(false);
      });
  });

  it('never throws, and reads back every form (property)', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.stringMatching(/^[A-Za-z_[\]0-9:~-]{1,20}$/), text)), (list) => {
        const body = Buffer.from(
          list
            .map(([name, value]) => `--AaB03x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
            .join('') + '--AaB03x--',
        );
        expect(read(body)).toEqual(
          pairs(...list.map(([name, value]): [string, string] => [name, Buffer.from(value).toString()])),
        );
      }),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (bytes) => void read(Buffer.concat([Buffer.from('--AaB03x\r\n'), bytes])),
      ),
    );
  });
});

describe('form bodies', () => {
  it('multipart/form-data is read by its parts, everything else as urlencoded', () => {
    expect(parseFormBody(bodyOf([field('a', '1')]), TYPE)).toEqual(pairs(['a', '1']));
    for (const type of ['application/x-www-form-urlencoded', '', 'text/plain', 'application/json'])
      expect(parseFormBody(Buffer.from('a=1'), type)).toEqual(pairs(['a', '1']));
  });

  it('names the received type and what to send', () => {
    expect(wrappingHint('application/json; charset=utf-8')).toBe(
      ' The body came as application/json; send application/x-www-form-urlencoded or multipart/form-data.',
    );
    expect(wrappingHint('<script>')).toContain('no known type');
    expect(wrappingHint(TYPE) + wrappingHint('application/x-www-form-urlencoded')).toBe('');
  });
});
