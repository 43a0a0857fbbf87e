import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type FormCharset,
  formCharset,
  parseFlatForm,
  parseFlatQuery,
} from '../../../src/protocols/form/parse-flat-form.js';
import { browserBody } from '../oci/browser-form.js';
import { expectProportional } from '../../support/growth.js';

const numRuns = process.env.PROOF ? 10_000 : 300;

function pairsOf(body: string | Uint8Array, charset: FormCharset = 'utf-8'): [string, string][] {
  const parsed = parseFlatForm(typeof body === 'string' ? Buffer.from(body, 'latin1') : body, charset);
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  return parsed.value.map(({ name, value }) => [name, value]);
}

describe('flat form reader', () => {
  it('T32: keeps order, repeated names and brackets', () => {
    expect(pairsOf('X[2]=b&X%5B1%5D=a&X[2]=c&X[]=d')).toEqual([
      ['X[2]', 'b'],
      ['X[1]', 'a'],
      ['X[2]', 'c'],
      ['X[]', 'd'],
    ]);
  });

  it('reads pairs without a name, a value or an equals sign, and skips empty ones', () => {
    expect(pairsOf('&a=&=b&c&&d=e=f&')).toEqual([
      ['a', ''],
      ['', 'b'],
      ['c', ''],
      ['d', 'e=f'],
    ]);
    expect(pairsOf('')).toEqual([]);
    expect(pairsOf('=')).toEqual([['', '']]);
  });

  it('reads + as a blank and %2B as a plus', () => {
    expect(pairsOf('Premium+Widget=1%2B1+%2b')).toEqual([['Premium Widget', '1+1 +']]);
  });

  it('keeps percent signs without an escape, as the URL standard does', () => {
    expect(pairsOf('a=100%&b=%zz%4&c=%&d=%%41%4g%')).toEqual([
      ['a', '100%'],
      ['b', '%zz%4'],
      ['c', '%'],
      ['d', '%A%4g%'],
    ]);
  });

  it('T32: Latin-1 bytes without a charset, escaped or raw, are read as windows-1252', () => {
    expect(pairsOf('a=Gr%F6%DFe&b=Gr\xf6\xdfe&c=%80')).toEqual([
      ['a', 'Größe'],
      ['b', 'Größe'],
      ['c', '€'],
    ]);
  });

  it('reads UTF-8, escaped or raw, next to a broken value', () => {
    expect(pairsOf(Buffer.concat([Buffer.from('a=Gr%C3%B6%C3%9Fe&b=Größe 😀&c='), Buffer.of(0xc3)]))).toEqual([
      ['a', 'Größe'],
      ['b', 'Größe 😀'],
      ['c', 'Ã'],
    ]);
  });

  it('uses the declared charset: ISO-8859-1 as browsers write it', () => {
    expect(pairsOf('a=%C3%B6%96', 'iso-8859-1')).toEqual([['a', 'Ã¶–']]);
    expect(pairsOf('a=%C3%B6%96', 'windows-1252')).toEqual([['a', 'Ã¶–']]);
  });

  it('skips a byte order mark', () => {
    expect(pairsOf(Buffer.from('\ufeffHOOK_URL=x'))).toEqual([['HOOK_URL', 'x']]);
  });

  it('T32: accepts the maximum number of parameters and refuses one more', () => {
    const limits = { parameters: 3 };
    expect(parseFlatForm(Buffer.from('a&b&c&'), 'utf-8', limits)).toMatchObject({ ok: true });
    expect(parseFlatForm(Buffer.from('a&b&c&d'), 'utf-8', limits)).toMatchObject({
      ok: false,
      refusal: { code: 'REQUEST_TOO_LARGE', details: { limit: 3 } },
    });
  });

  it('architecture.md section 5: takes 200,000 parameters in proportion to their number and refuses 200,001', () => {
    expectProportional(200_000, (count) => {
      expect(parseFlatForm(Buffer.from('a=1&'.repeat(count)), 'utf-8').ok).toBe(true);
    });
    const body = Buffer.from('a=1&'.repeat(200_000));
    expect(parseFlatForm(Buffer.concat([body, Buffer.from('b')]), 'utf-8').ok).toBe(false);
  });

  it('refuses NUL characters, escaped or raw, in names and values', () => {
    for (const body of ['a=%00', 'a%00=b', 'a=b\0', '\0'])
      expect(parseFlatForm(Buffer.from(body), 'utf-8')).toMatchObject({
        ok: false,
        refusal: { code: 'INVALID_REQUEST' },
      });
  });

  it('T32: does not pollute prototypes', () => {
    expect(pairsOf('__proto__[polluted]=1&constructor[prototype][polluted]=1&__proto__=1')).toHaveLength(3);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('reads a query string with and without its question mark, raw bytes included', () => {
    for (const query of ['?a=1&~OkCode=ADDI', 'a=1&~OkCode=ADDI'])
      expect(parseFlatQuery(query, 'utf-8')).toEqual({
        ok: true,
        value: [
          { name: 'a', value: '1' },
          { name: '~OkCode', value: 'ADDI' },
        ],
      });
    expect(parseFlatQuery('a=\xc3\xb6', 'utf-8')).toMatchObject({ value: [{ value: 'ö' }] });
    expect(parseFlatQuery('a=ö', 'utf-8')).toMatchObject({ value: [{ value: 'ö' }] });
    expect(parseFlatQuery('a=Łö', 'utf-8')).toMatchObject({ value: [{ value: 'Łö' }] });
  });

  it('agrees with URLSearchParams on valid UTF-8 (property)', () => {
    const text = fc.string({ unit: fc.constantFrom('g', '[', ']', '%', '+', ' ', '4', '1', 'ö', '😀', '~') });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        // ASCII only: URLSearchParams of Node 20 corrupts a raw `ö` next to a stray `%`.
        const loose = pairs
          .map(([name, value]) => `${name}=${value}`)
          .join('&')
          .replace(/[^\0-\x7f]/gu, '~');
        expect(pairsOf(Buffer.from(loose))).toEqual([...new URLSearchParams(loose)]);
        const strict = new URLSearchParams(pairs).toString();
        expect(pairsOf(strict)).toEqual(pairs);
      }),
      { numRuns },
    );
  });

  it('reads browser forms in three charsets (property)', () => {
    const charsets: FormCharset[] = ['utf-8', 'windows-1252', 'iso-8859-1'];
    const text = fc.string({
      unit: fc.constantFrom('a', '&', '=', '%', '\n', 'ä', 'ß', '€', '–', 'Ÿ', 'Œ', '\xa0', 'ÿ', 'Ã'),
    });
    fc.assert(
      fc.property(fc.array(fc.record({ name: text, value: text })), fc.constantFrom(...charsets), (fields, charset) => {
        const crlf = (written: string): string => written.replaceAll('\n', '\r\n');
        expect(pairsOf(browserBody(fields, charset), charset)).toEqual(
          fields.map(({ name, value }) => [crlf(name), crlf(value)]),
        );
      }),
      { numRuns },
    );
  });
});

describe('formCharset', () => {
  const FORM = 'application/x-www-form-urlencoded';
  it.each([
    [undefined, 'utf-8'],
    [FORM, 'utf-8'],
    [`${FORM}; charset=UTF-8`, 'utf-8'],
    [`${FORM};charset="utf8"`, 'utf-8'],
    [`${FORM}; charset=us-ascii`, 'utf-8'],
    [`${FORM}; charset=UTF-16`, 'utf-8'],
    [`${FORM}; charset=klingon`, 'utf-8'],
    [`${FORM}; charset='ISO-8859-1'`, 'windows-1252'],
    [`${FORM}; charset=cp1252`, 'windows-1252'],
    [`${FORM}; CHARSET = latin9`, 'iso-8859-15'],
    [`${FORM}; charset=l9`, 'iso-8859-15'],
    [`${FORM}; charset=windows-1250`, 'windows-1250'],
  ])('%s is %s', (contentType, charset) => {
    expect(formCharset(contentType)).toBe(charset);
  });

  it('escapes are decoded in the declared charset; invalid bytes as windows-1252', () => {
    expect(pairsOf('a=%A4', 'iso-8859-15')).toEqual([['a', '€']]);
    expect(pairsOf('a=%B9', 'windows-1250')).toEqual([['a', 'ą']]);
    expect(pairsOf('a=%81', 'shift_jis')).toEqual([['a', '\u0081']]);
  });
});
