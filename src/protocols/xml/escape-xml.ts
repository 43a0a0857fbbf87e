// What XML 1.0 has no way to say: most control characters, U+FFFE, U+FFFF, halves of surrogate pairs.
// oxlint-disable-next-line no-control-regex
const UNSAYABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;

/** Printable ASCII without markup: needs no escaping. */
const PLAIN = /^[ !#-%'-;=?-~]*$/;

/** What is written for a character of ASCII, by its code; undefined: the character; '': XML cannot hold it. */
type Written = readonly (string | undefined)[];

const REFERENCES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\r', '&#13;'],
  ['\n', '&#10;'],
  ['\t', '&#9;'],
]);
/** Carriage returns are written as references, because a parser reads them as line feeds. */
const IN_TEXT = writtenFor('&<>\r');
/** A parser reads line feeds and tabs in attributes as blanks. */
const IN_ATTRIBUTE = writtenFor('&<>"\r\n\t');

function writtenFor(special: string): Written {
  return Array.from({ length: 0x80 }, (_, code) => {
    const character = String.fromCharCode(code);
    if (special.includes(character)) return REFERENCES.get(character);
    return code < 0x20 && !'\t\n\r'.includes(character) ? '' : undefined;
  });
}

/**
 * Foreign text becomes markup only in this function and the two below (T20). All three drop characters that XML 1.0
 * cannot hold. With `ascii`, everything above 127 becomes a reference (cxml.md 8: the urlencoded field is pure
 * US-ASCII).
 */
export function escapeXmlText(text: string, ascii = false): string {
  if (PLAIN.test(text)) return text;
  return escaped(text, IN_TEXT, ascii) ?? escaped(sayable(text), IN_TEXT, ascii) ?? '';
}

/** For values between double quotes. */
export function escapeXmlAttribute(value: string, ascii = false): string {
  if (PLAIN.test(value)) return value;
  return escaped(value, IN_ATTRIBUTE, ascii) ?? escaped(sayable(value), IN_ATTRIBUTE, ascii) ?? '';
}

/** Escaped and trimmed; '' when nothing is left, so that the element can be left out (cxml.md 1.3). */
export function escapeTrimmedXmlText(text: string, ascii = false): string {
  const trimmed = text.trim();
  if (PLAIN.test(trimmed)) return trimmed;
  // Trimmed again, because dropped characters may have hidden blanks at the ends.
  return escaped(trimmed, IN_TEXT, ascii) ?? escaped(sayable(trimmed).trim(), IN_TEXT, ascii) ?? '';
}

/** Whether a text has content in XML: not only blanks, or characters that XML 1.0 cannot hold. */
export function hasXmlText(text: string | undefined): text is string {
  return text !== undefined && escapeTrimmedXmlText(text) !== '';
}

function sayable(text: string): string {
  return text.replace(UNSAYABLE, '');
}

/** Undefined for a text with a character that XML 1.0 cannot hold. In one pass: patterns take three times as long. */
function escaped(text: string, written: Written, ascii: boolean): string | undefined {
  let markup = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    let width = 1;
    let own: string | undefined;
    if (code < 0x80) {
      own = written[code];
      if (own === '') return undefined;
    } else if (code < 0xd800 || (code > 0xdfff && code < 0xfffe)) {
      if (ascii) own = `&#${code};`;
    } else {
      const point = text.codePointAt(at) ?? 0;
      if (point < 0x10000) return undefined;
      width = 2;
      if (ascii) own = `&#${point};`;
    }
    if (own !== undefined) {
      markup += text.slice(from, at) + own;
      from = at + width;
    }
    at += width - 1;
  }
  return markup + text.slice(from);
}

/** Text that is already markup. */
export type Markup = string;

/**
 * An element around `content`, which is markup already; one without content is written `<name/>`. Attributes without a
 * value are left out. `name` and the names of attributes are ours, never foreign. For documents on a hot path; the
 * others are written with `build-xml.ts` (adr/0001).
 */
export function markupElement(
  name: string,
  attributes: Record<string, string | undefined>,
  content: Markup = '',
  ascii = false,
): Markup {
  let start = `<${name}`;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) start += ` ${attribute}="${escapeXmlAttribute(value, ascii)}"`;
  }
  return content === '' ? `${start}/>` : `${start}>${content}</${name}>`;
}

/** An element with trimmed text, or '' if no text is left (cxml.md 1.3: never an empty element). */
export function markupText(
  name: string,
  attributes: Record<string, string | undefined>,
  text: string | undefined,
  ascii = false,
): Markup {
  const content = text === undefined ? '' : escapeTrimmedXmlText(text, ascii);
  return content === '' ? '' : markupElement(name, attributes, content, ascii);
}
