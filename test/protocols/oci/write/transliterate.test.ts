import { Buffer } from 'node:buffer';
import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { OciCharset } from '../../../../src/domain/access/connection.js';
import { parseFlatForm } from '../../../../src/protocols/form/parse-flat-form.js';
import {
  CHARACTER_TABLE,
  encodable,
  transliterate,
  chooseOciCharset,
} from '../../../../src/protocols/oci/write/transliterate.js';
import { characterCount, cutText } from '../../../../src/protocols/oci/write/cut-text.js';
import { browserBody } from '../browser-form.js';
import { requestWith } from '../sample-cart.js';
import { anyCharacter } from '../../../fixtures/any-character.js';

const numRuns = process.env.PROOF ? 10_000 : 300;
if (process.env.PROOF) jest.setTimeout(600_000);
const CHARSETS: OciCharset[] = ['utf-8', 'iso-8859-1', 'windows-1252'];

describe('transliteration', () => {
  it.each([
    ['Łódź', 'Lódz', 'Lódz'],
    ['Größe ß Øre Ÿ', 'Größe ß Øre Y', 'Größe ß Øre Ÿ'],
    ['“x” ‘y’ „z“ – — …', '"x" \'y\' "z" - - ...', '“x” ‘y’ „z“ – — …'],
    ['5 € ™ • Œuvre Šž', '5 EUR (TM) · OEuvre Sz', '5 € ™ • Œuvre Šž'],
    ['ﬁ ℃ ㎡ Ⅳ ＡＢ', 'fi °C m2 IV AB', 'fi °C m2 IV AB'],
    ['10⁴ 10⁻⁵ m²', '10^4 10^-^5 m²', '10^4 10^-^5 m²'],
    ['2⅓ ⅔ ½', '2 1/3 2/3 ½', '2 1/3 2/3 ½'],
    ['a ≠ b ≤ c ≮ d', 'a <> b <= c ¿ d', 'a <> b <= c ¿ d'],
    ['Ω μm ⌀8', 'Ohm µm Ø8', 'Ohm µm Ø8'],
    ['u\u0308 e\u0301 x\u030c ệ ș ț İı', 'ü é x e s t Ii', 'ü é x e s t Ii'],
    ['😀 👨‍👩‍👧 日本 Ж', '¿ ¿¿¿ ¿¿ ¿', '¿ ¿¿¿ ¿¿ ¿'],
    ['so\u00adft z\u200bw \ufeffx', 'so\u00adft zw x', 'so\u00adft zw x'],
    ['a\u2028b\u202fc', 'a\nb c', 'a\nb c'],
    ['\ud800x\udfff', '¿x¿', '¿x¿'],
  ])('oci.md 8.1: %j', (text, latin1, windows1252) => {
    expect(transliterate(text, 'iso-8859-1')).toBe(latin1);
    expect(transliterate(text, 'windows-1252')).toBe(windows1252);
  });

  it('oci.md 8.1: UTF-8 holds everything; only non-text changes', () => {
    expect(transliterate('Łódź 😀 u\u0308 ﬁ 日本 \u200b', 'utf-8')).toBe('Łódź 😀 u\u0308 ﬁ 日本 \u200b');
    expect(transliterate('a\0b\x07c\x7fd\x85e\tf\r\ng', 'utf-8')).toBe('abcde\tf\r\ng');
    expect(transliterate('\ud83d \ude00 😀 \uffff', 'utf-8')).toBe('\ufffd \ufffd 😀 \ufffd');
  });

  it('oci.md 8.1: iso-8859-1 never uses 0x80 to 0x9F', () => {
    expect(encodable('€', 'iso-8859-1')).toBe(false);
    expect(encodable('€', 'windows-1252')).toBe(true);
    for (const charset of CHARSETS)
      for (const text of ['\x80', '\0', '\x1b', '\x7f']) expect(encodable(text, charset)).toBe(false);
    expect(encodable('\ud800', 'utf-8')).toBe(false);
    expect(encodable('😀Ł', 'utf-8')).toBe(true);
    expect(encodable('Größe\n', 'iso-8859-1')).toBe(true);
    expect(encodable('Ł', 'windows-1252')).toBe(false);
  });

  it('oci.md 8.1: Latin-1 holds every replacement of the table, and none is ?', () => {
    for (const [character, spelled] of CHARACTER_TABLE) {
      expect([character, spelled]).toEqual([
        character.normalize('NFC'),
        expect.stringMatching(/^[\n\x20-\x3e\x40-\x7e\xa0-\xff]+$/),
      ]);
    }
  });

  it('oci.md 8.1, T21: the bytes decode to the transliterated text, never to ? or &#…; (property)', () => {
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...CHARACTER_TABLE.keys(), 'ä', '\x85', '\ud800', '1', ' ') }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...CHARSETS), (original, charset) => {
        const written = transliterate(original, charset);
        expect(encodable(written, charset)).toBe(true);
        expect(transliterate(written, charset)).toBe(written);
        if (encodable(original, charset) && (charset === 'utf-8' || original === original.normalize('NFC')))
          expect(written).toBe(original);
        const body = browserBody([{ name: 'a', value: written }], charset);
        const read = parseFlatForm(body, charset);
        expect(read.ok && read.value[0]?.value).toBe(written.replace(/\r\n?|\n/g, '\r\n'));
        if (charset === 'iso-8859-1') expect(Buffer.from(written, 'latin1').toString('latin1')).toBe(written);
        expect(written.split('?').length).toBeLessThanOrEqual(original.normalize('NFKD').split('?').length);
      }),
      { numRuns: numRuns * 3 },
    );
  });
});

describe('charset of the return form', () => {
  it('oci.md 8.1: from the call-up if supported, else from the connection', () => {
    for (const [asked, settings, chosen] of [
      ['utf-8', 'iso-8859-1', 'utf-8'],
      ['ISO-8859-1', 'utf-8', 'iso-8859-1'],
      ['latin1', 'utf-8', 'iso-8859-1'],
      ['cp1252', 'utf-8', 'windows-1252'],
      ['shift_jis', 'windows-1252', 'windows-1252'],
      [undefined, 'utf-8', 'utf-8'],
    ] as const) {
      expect(chooseOciCharset(requestWith(asked === undefined ? {} : { charset: asked }), { charset: settings })).toBe(
        chosen,
      );
    }
  });
});

describe('cutting', () => {
  it('oci.md 8.4: counts characters, not bytes or UTF-16 units', () => {
    expect(cutText('ä'.repeat(41), 40)).toBe('ä'.repeat(40));
    expect(cutText('😀'.repeat(41), 40)).toBe('😀'.repeat(40));
    expect(cutText('😀'.repeat(40), 40)).toBe('😀'.repeat(40));
    expect(cutText('abc', 40)).toBe('abc');
  });

  it('oci.md 8.4: prefers whole graphemes', () => {
    expect(cutText(`${'a'.repeat(39)}e\u0301x`, 40)).toBe('a'.repeat(39));
    expect(cutText(`${'a'.repeat(38)}👨‍👩‍👧x`, 40)).toBe('a'.repeat(38));
    expect(cutText(`${'a'.repeat(38)}🇩🇪🇫🇷`, 40)).toBe(`${'a'.repeat(38)}🇩🇪`);
    expect(characterCount(cutText(`e${'\u0301'.repeat(60)}`, 40))).toBe(40);
  });

  it('oci.md 8.4: is a start of the text, at most as long, never within a surrogate pair (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        const cut = cutText(text, max);
        expect(text.startsWith(cut)).toBe(true);
        expect(Array.from(cut).length).toBeLessThanOrEqual(max);
        if (Array.from(text).length <= max) expect(cut).toBe(text);
        else expect(cut).not.toBe('');
        expect(cut).not.toMatch(/[\ud800-\udbff]$/);
      }),
      { numRuns },
    );
  });
});
