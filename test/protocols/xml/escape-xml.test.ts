import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { escapeTrimmedXmlText, escapeXmlAttribute, escapeXmlText } from '../../../src/protocols/xml/escape-xml.js';
import { readXml } from '../../../src/protocols/xml/read-xml.js';
import { anyCharacter } from '../../fixtures/any-character.js';
import { NAUGHTY_STRINGS } from '../../fixtures/naughty-strings.js';

const LIMITS = { depth: 32, attributesPerElement: 64, textLength: 65_536, elements: 1000 };

/** The characters of a text that XML 1.0 allows, by its production [2]. */
function sayable(text: string): string {
  return Array.from(text)
    .filter((character) => /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(character))
    .join('');
}

function roundTrip(text: string, ascii: boolean): void {
  const xml = `<a b="${escapeXmlAttribute(text, ascii)}">.${escapeXmlText(text, ascii)}</a>`;
  if (ascii) expect(Array.from(xml).filter((character) => character > '\u007f')).toEqual([]);
  const ours = readXml(xml, LIMITS);
  expect(ours.ok && [ours.value.rawAttribute('b'), ours.value.text.slice(1)]).toEqual([sayable(text), sayable(text)]);
  const theirs = XmlDocument.fromString(xml);
  expect([theirs.root.attr('b')?.value, theirs.root.content.slice(1)]).toEqual([sayable(text), sayable(text)]);
  theirs.dispose();
}

describe('escapeXmlText, escapeXmlAttribute', () => {
  it('T20: every naughty string is read back by two parsers, without characters that XML 1.0 cannot hold', () => {
    for (const text of NAUGHTY_STRINGS) for (const ascii of [true, false]) roundTrip(text, ascii);
  });

  it('T20: any text is read back by two parsers', () => {
    fc.assert(fc.property(fc.string({ unit: anyCharacter, maxLength: 40 }), fc.boolean(), roundTrip), {
      numRuns: process.env['PROOF'] === undefined ? 1000 : 50_000,
    });
    const halves = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
      .map((units) => String.fromCharCode(...units));
    fc.assert(fc.property(halves, fc.boolean(), roundTrip), {
      numRuns: process.env['PROOF'] === undefined ? 1000 : 50_000,
    });
  });

  it('cxml.md 8.2: in ASCII mode everything above 127 is a numeric reference', () => {
    expect(escapeXmlText('Müller & 😀', true)).toBe('M&#252;ller &amp; &#128512;');
    expect(escapeXmlAttribute('"ß"', true)).toBe('&quot;&#223;&quot;');
    expect(escapeXmlText('Müller 😀')).toBe('Müller 😀');
  });

  it('cxml.md 1.3: trimmed text is empty when nothing is left', () => {
    for (const text of ['', ' \n', '\u0000', ' \u0001 \ud800 ']) expect(escapeTrimmedXmlText(text)).toBe('');
    expect(escapeTrimmedXmlText(' \u0001 a\u0002 ')).toBe('a');
  });
});
