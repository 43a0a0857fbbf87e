import { describe, expect, it } from '@jest/globals';
import { readXml } from '../../../src/protocols/xml/read-xml.js';
import { expectProportional } from '../../support/growth.js';

const LIMITS = { depth: 5, attributesPerElement: 5, textLength: 10_000, elements: 100 };

function refusal(text: string) {
  const result = readXml(text, LIMITS);
  return result.ok
    ? undefined
    : {
        place: `${result.refusal.details?.['line']}:${result.refusal.details?.['column']}`,
        error: result.refusal.reason,
      };
}

describe('a refusal names the character, its own place and what to write', () => {
  it.each([
    [
      '& in an attribute, far before the ";" that ends it',
      '<a id="a&b@buyer.example">\n\n<b>one; two</b></a>',
      '1:9',
      'The character "&" must be written "&amp;"; found "a&b@buyer.example"',
    ],
    ['& in a text', '<a>\n  <b>Müller & Söhne</b></a>', '2:13', 'The character "&" must be written "&amp;"; found "&"'],
    [
      '& in a URL, without the values of its query',
      '<a><URL>https://erp.example/r?x=1&token=abc&y=2</URL></a>',
      '1:34',
      'The character "&" must be written "&amp;"; found "https://erp.example/r?x=...&"',
    ],
    [
      '& behind a password in a URL',
      '<a>https://x/?PASSWORD=ab&cd</a>',
      '1:26',
      'The character "&" must be written "&amp;"; found "https://x/?PASSWORD=...&"',
    ],
    [
      '& in an attribute in single quotes',
      "<a b='x&y=1'/>",
      '1:8',
      'The character "&" must be written "&amp;"; found "x&y=..."',
    ],
    [
      'an entity of HTML',
      '<a>a&nbsp;b</a>',
      '1:5',
      'The entity "&nbsp;" is HTML\'s and not defined in XML: write "&#160;" instead',
    ],
    [
      'another',
      '<a b="M&uuml;ller"/>',
      '1:8',
      'The entity "&uuml;" is HTML\'s and not defined in XML: write "&#252;" instead',
    ],
    [
      'an entity that nobody knows',
      '<a>\n&foo;</a>',
      '2:1',
      'The entity "&foo;" is not defined. The character "&" must be written "&amp;"; found "&foo;"',
    ],
    [
      'a reference to a control character',
      '<a>&#1;</a>',
      '1:4',
      'The reference "&#1;" names a character that XML does not allow: leave it out',
    ],
    [
      'a control character',
      '<a>\n b\u0001</a>',
      '2:3',
      'There is the character U+0001, which is not allowed in XML: leave it out',
    ],
    [
      'half of a pair',
      '<a>\ud83d</a>',
      '1:4',
      'There is the character U+D83D, which is not allowed in XML: leave it out',
    ],
    [
      '< in an attribute',
      '<a b="1<2"/>',
      '1:8',
      'The character "<" must be written "&lt;" in attribute \'b\', or a quote is missing before it',
    ],
    ['< in a text', '<a>1 < 2</a>', '1:6', 'The character "<" must be written "&lt;" in a text'],
    [']]> in a text', '<a>]]></a>', '1:4', 'The characters "]]>" must be written "]]&gt;" in a text'],
    ['an attribute twice', '<a b="1"\n b="2"/>', '2:2', "Element 'a' has attribute 'b' twice: leave one of them out"],
    [
      'an attribute without quotes',
      '<a b=1/>',
      '1:4',
      "Element 'a': the value of attribute 'b' must stand in quotes: b=\"...\"",
    ],
    ['an attribute without a value', '<a b/>', '1:4', "Element 'a': attribute 'b' has no value: write b=\"...\""],
    ['a quote too few', '<a b="1/>', '1:4', "Element 'a': the value of attribute 'b' is not closed: \" is missing"],
    [
      'an element that is not closed',
      '<a>\n<b>\n</a>',
      '3:1',
      'Element \'b\' is not closed: "</b>" is missing before "</a>"',
    ],
    [
      'a document that was cut off',
      '<a>\n<b>text',
      '2:1',
      'Element \'b\' is not closed: "</b>" is missing, and the document ends. Was it cut off?',
    ],
    ['an end without a start', '<a></a></b>', '1:8', 'The end tag "</b>" has no start tag'],
    ['two roots', '<a/>\n<b/>', '2:1', "There is a second root element 'b' behind 'a': a document has one"],
    [
      'text behind the root',
      '<a/>\nxyz',
      '2:1',
      'There is text behind the end of the root element \'a\': remove the character "x" and what follows it',
    ],
    [
      'text before the root',
      '<?xml version="1.0"?>\nx<a/>',
      '2:1',
      'There is text before the root element: remove the character "x" and what follows it',
    ],
    [
      'a byte order mark in the middle',
      '<?xml version="1.0"?>\n\ufeff<a/>',
      '2:1',
      'There is text before the root element: remove the byte order mark U+FEFF and what follows it',
    ],
    [
      'a declaration that is not first',
      '<!-- x -->\n<?xml version="1.0"?><a/>',
      '2:1',
      'The XML declaration "<?xml ...?>" must be the very first thing in the document, and stand there once',
    ],
    ['a comment that is not closed', '<a><!-- x</a>', '1:4', 'A comment is not closed: "-->" is missing'],
    ['a comment with dashes', '<a><!-- x -- y --></a>', '1:11', 'A comment must not contain "--"'],
    [
      'a CDATA section that is not closed',
      '<a><![CDATA[ x</a>',
      '1:4',
      'A CDATA section is not closed: "]]>" is missing',
    ],
    [
      '& behind a value of a query, whatever its name',
      '<a>https://erp.example/r?sess=SECRET&b=1</a>',
      '1:37',
      'The character "&" must be written "&amp;"; found "https://erp.example/r?sess=...&"',
    ],
    [
      '& in the password of a URL',
      '<a>https://user:SECRET&more@erp.example/</a>',
      '1:23',
      'The character "&" must be written "&amp;"; found "https://...&"',
    ],
    ['a small DOCTYPE', '<!doctype a SYSTEM "x"><a/>', '1:1', '"<!DOCTYPE" must be written in capital letters'],
    ['a small CDATA', '<a><![cdata[x]]></a>', '1:4', '"<![CDATA[" must be written in capital letters'],
    [
      'other markup',
      '<a><!ELEMENT b></a>',
      '1:4',
      'The characters "<!" begin a comment ("<!--"), a CDATA section ("<![CDATA[") or "<!DOCTYPE": this is none',
    ],
    [
      'a blank in the name of the encoding',
      '<?xml version="1.0" encoding="utf-8 "?><a/>',
      '1:1',
      'The XML declaration is not well-formed (its encoding is "utf-8 "): write <?xml version="1.0" encoding="UTF-8"?>',
    ],
    [
      'a declaration without a version',
      '<?xml encoding="UTF-8"?><a/>',
      '1:1',
      'The XML declaration is not well-formed (its encoding is "UTF-8"): write <?xml version="1.0" encoding="UTF-8"?>',
    ],
    [
      'a declaration that is cut short',
      '<?xml version="1.0" ><a/>',
      '1:1',
      'The XML declaration is not well-formed: write <?xml version="1.0" encoding="UTF-8"?>',
    ],
    ['nothing', '', '1:1', 'The document is empty'],
    ['JSON', '{"a":1}', '1:1', 'This is JSON, not an XML document'],
    ['HTML', '<!DOCTYPE html><html><body>Login<br></body></html>', '1:1', 'This is an HTML page, not an XML document'],
    ['something else', 'USERNAME=x', '1:1', 'The document begins with the character "U", and XML begins with "<"'],
  ])('%s', (_, text, place, error) => {
    expect(refusal(text)).toEqual({ place, error });
  });

  it.each([
    '<SharedSecret>a&CANARY</SharedSecret>',
    '<SharedSecret1>&CANARY;</SharedSecret1>',
    '<SharedSecret>CANARY&uuml;</SharedSecret>',
    '<x:CredentialMac>a&CANARY;x</x:CredentialMac>',
    '<Extrinsic name="UserPassword">a&CANARY</Extrinsic>',
    '<SharedSecret x="a&CANARY"/>',
    '<Extrinsic name="token" value="&CANARY;"/>',
  ])('%s: the secret is not repeated, only its place is given', (markup) => {
    const { place, error } = refusal(`<a>\n${markup}</a>`) ?? {};
    expect([place, error]).toEqual([expect.stringMatching(/^2:\d+$/), 'The character "&" must be written "&amp;"']);
  });

  it('XML entities and references are allowed, and anything in CDATA, comments and instructions', () => {
    expect(
      refusal('<?x &?><a b="&amp;&lt;&#228;&#xE4;"><![CDATA[a&b<]]>&gt;&quot;&apos;<!-- & < --></a>'),
    ).toBeUndefined();
    expect(refusal('<!DOCTYPE a SYSTEM "x>y"><a><![CDATA[&]]>&</a>')).toEqual({
      place: '1:42',
      error: 'The character "&" must be written "&amp;"; found "&"',
    });
  });

  it.each(['&', '&a', '<a b="', '<!--', '<a>', ']]', '\u0000', '"', '<!DOCTYPE "'])(
    'T67: a megabyte of %j is looked through once',
    (text) => {
      expectProportional(1_000_000, (size) => void refusal(`<a>${text.repeat(Math.ceil(size / text.length))}`));
    },
  );
});
