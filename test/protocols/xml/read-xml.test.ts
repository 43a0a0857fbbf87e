import { describe, expect, it } from '@jest/globals';
import { readXml, type XmlLimits } from '../../../src/protocols/xml/read-xml.js';
import type { XmlElement } from '../../../src/protocols/xml/xml-element.js';

const LIMITS: XmlLimits = { depth: 5, attributesPerElement: 3, textLength: 100, elements: 20 };

function refusal(text: string, limits = LIMITS) {
  const result = readXml(text, limits);
  return result.ok ? undefined : { code: result.refusal.code, ...result.refusal.details };
}

describe('readXml', () => {
  it('returns names, attributes, own text, children and the place of each start tag', () => {
    const result = readXml(
      '<?xml version="1.0"?>\n<a x="1&amp;2" y=\'z\'>one<!-- no -->\r\n  <b/>two<c\n  k="v"><![CDATA[<&]]> t</c></a>',
      LIMITS,
    );
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    const { value: a } = result;
    expect([a.name, a.rawAttribute('x'), a.attribute('y'), a.line, a.column]).toEqual(['a', '1&2', 'z', 2, 1]);
    expect(a.text.replace(/\s+/g, ' ')).toBe('one two');
    expect(a.children.map(({ name, line, column, text }) => [name, line, column, text])).toEqual([
      ['b', 3, 3, ''],
      ['c', 3, 10, '<& t'],
    ]);
  });

  it('trims, and treats empty as absent, when it reads a text', () => {
    const result = readXml('<a><b> x\n</b><c> </c><d>1<e>2</e></d></a>', LIMITS);
    if (!result.ok) throw new Error('refused');
    const { value } = result;
    expect([
      value.childText('b'),
      value.childText('c'),
      value.childText('z'),
      value.child('d')?.wholeText(),
      value.descendant('d', 'e')?.text,
    ]).toEqual(['x', undefined, undefined, '1 2', '2']);
  });

  it.each([
    ['two roots', '<a/><b/>', 1],
    ['text after the root', '<a/>x', 1],
    ['a duplicate attribute', '<a b="1"\n b="2"/>', 2],
    ['an undefined entity', '<a>\n&foo;</a>', 2],
    ['an entity named like a property of every object', '<a>&constructor;</a>', 1],
    ['a reference to NUL', '<a>&#0;</a>', 1],
    ['a reference to a control character', '<a>&#x1F;</a>', 1],
    ['a reference to half a pair', '<a>&#xD800;</a>', 1],
    ['a control character', '<a>\n\n\u0001</a>', 3],
    ['a reference to a control character under a declared 1.1', '<?xml version="1.1"?><a>&#1;</a>', 1],
    ['an unclosed element', '<a><b></a>', 1],
    ['an end without a start', '<a></a></b>', 1],
    ['an unfinished tag', '<a', 1],
    ['< in an attribute', '<a b="<"/>', 1],
    [']]> in text', '<a>]]></a>', 1],
    ['nothing', '', 1],
    ['blanks', ' \n ', 2],
    ['a document type twice', '<!DOCTYPE a>\n<!DOCTYPE a><a/>', 2],
    ['text only', 'hello', 1],
    ['-- in a comment', '<a><!-- -- --></a>', 1],
    ['a second XML declaration', '<a><?xml version="1.0"?></a>', 1],
  ])('T26: refuses %s', (_, text, line) => {
    expect(refusal(text)).toEqual({
      code: 'INVALID_XML',
      line,
      column: expect.any(Number),
      error: expect.stringMatching(/\w/),
    });
  });

  it('PunchOut Session API: a fault has the line and column of the character at fault', () => {
    expect(refusal('<a>\n  &foo;</a>')).toMatchObject({ line: 2, column: 3 });
    expect(refusal('<a>\n  \u0001</a>')).toMatchObject({ line: 2, column: 3 });
  });

  it.each([
    ['deeper than allowed', '<a><a><a><a><a><a/></a></a></a></a></a>', { line: 1, column: 19 }],
    ['more attributes than allowed', '<a b="" c="" d="" e=""/>', { line: 1 }],
    ['more elements than allowed', `<a>${'<b/>'.repeat(20)}</a>`, { line: 1 }],
    ['a longer text than allowed', `<a>${'x'.repeat(101)}</a>`, { line: 1 }],
    ['a longer text in pieces', `<a>${`${'x'.repeat(30)}<b/>`.repeat(4)}</a>`, { line: 1 }],
    ['a longer CDATA section', `<a><![CDATA[${'x'.repeat(101)}]]></a>`, { line: 1 }],
    ['a longer attribute', `<a b="${'x'.repeat(101)}"/>`, { line: 1 }],
    ['a flood of references', `<a>\n<b>${'&#65;'.repeat(1000)}</b></a>`, { line: 2, column: 1 }],
  ])('T25: refuses %s', (_, text, place) => {
    expect(refusal(text)).toMatchObject({ code: 'REQUEST_TOO_LARGE', ...place });
  });

  it('T25: accepts documents exactly at the limits, and layout between elements does not count as text', () => {
    expect(refusal('<a><a><a><a><a/></a></a></a></a>')).toBeUndefined();
    expect(refusal(`<a b="" c="" d="">${'x'.repeat(100)}</a>`)).toBeUndefined();
    expect(refusal(`<a>${`${' '.repeat(30)}<b/>`.repeat(19)}</a>`)).toBeUndefined();
  });

  it.each([
    '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">',
    "<!DOCTYPE cXML SYSTEM 'https://xml.cXML.org/schemas/cXML/1.2.050/Fulfill.dtd' >",
    '<!DOCTYPE cxml\n  SYSTEM "http://xml.cxml.org/x.dtd">',
    '<!DOCTYPE cXML>',
    '<!DOCTYPE cXML SYSTEM "cXML.dtd">',
    '<!DOCTYPE cXML SYSTEM "../dtd/cXML[1].dtd">',
    '<!DOCTYPE cXML SYSTEM "http://www.cxml.org/schemas/cXML/1.2.014/cXML.dtd">',
    '<!DOCTYPE cXML SYSTEM "https://intranet.buyer.example:8443/a?b=c">',
    '<!DOCTYPE cXML SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE cXML PUBLIC "-//cXML//DTD cXML 1.2.014//EN" "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">',
    "<!DOCTYPE cXML PUBLIC '-//cXML//DTD cXML 1.2.014//EN' ''>",
    '',
  ])('cxml.md 1.2: accepts %s, which is never fetched', (doctype) => {
    expect(refusal(`${doctype}<cXML/>`)).toBeUndefined();
  });

  it.each([
    '<!DOCTYPE cXML []>',
    '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/cXML.dtd" []>',
    '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/cXML.dtd" [<!ENTITY a "b">]>',
    '<!DOCTYPE cXML PUBLIC "a" "b" [<!ENTITY a "b">]>',
    '<!DOCTYPE cXML [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]>',
  ])('T24: refuses %s', (doctype) => {
    expect(refusal(`${doctype}<cXML/>`)).toMatchObject({
      code: 'INVALID_XML',
      line: 1,
      column: 1,
      error: expect.stringMatching(/internal subset.*remove it/),
    });
    expect(refusal(`${doctype.replace('<!DOCTYPE', '\n<!DOCTYPE')}<cXML/>`)).toMatchObject({ line: 2, column: 1 });
  });

  it('passes elements on when they are complete, and removes them from the tree on request', () => {
    const seen: string[] = [];
    const take = ({ name, children }: XmlElement, parent: XmlElement): boolean => {
      seen.push(`${parent.name}/${name}:${children.length}`);
      return name === 'i';
    };
    const result = readXml('<a><i><j/></i><k/><i/></a>', LIMITS, { take });
    expect(seen).toEqual(['i/j:0', 'a/i:1', 'a/k:0', 'a/i:0']);
    expect(result.ok && result.value.children.map(({ name }) => name)).toEqual(['k']);
  });

  it('an absent element is not in the tree, but counts towards the limit', () => {
    const isAbsent = ({ name, first }: XmlElement): boolean => name === 'i' && first === undefined;
    const result = readXml('<a><i><i/></i><k/></a>', LIMITS, { isAbsent });
    expect(result.ok && result.value.children.map(({ name }) => name)).toEqual(['k']);
    expect(readXml(`<a>${'<i/>'.repeat(20)}</a>`, LIMITS, { isAbsent })).toMatchObject({
      ok: false,
      refusal: { code: 'REQUEST_TOO_LARGE' },
    });
  });
});
