// What XML 1.0 has no way to say: most control characters, U+FFFE, U+FFFF, halves of surrogate pairs.
// oxlint-disable-next-line no-control-regex
const UNSAYABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;
// oxlint-disable-next-line no-control-regex
const SAYABLE = /^[\t\n\r -\ud7ff\ue000-\ufffd]*$/;

/** Printable ASCII without markup: needs no escaping. */
const PLAIN = /^[ !#-%'-;=?-~]*$/;

/** Carriage returns are written as references, because a parser reads them as line feeds. */
const IN_TEXT = /[&<>\r]/g;
/** A parser reads line feeds and tabs in attributes as blanks. */
const IN_ATTRIBUTE = /[&<>"\r\n\t]/g;
const NOT_ASCII = /[\u0080-\u{10ffff}]/gu;

const REFERENCES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\r', '&#13;'],
  ['\n', '&#10;'],
  ['\t', '&#9;'],
]);

/**
 * Foreign text becomes markup only in this function and the two below (T20). All three drop characters that XML 1.0
 * cannot hold. With `ascii`, everything above 127 becomes a reference (cxml.md 8: the urlencoded field is pure
 * US-ASCII).
 */
export function escapeXmlText(text: string, ascii = false): string {
  if (PLAIN.test(text)) return text;
  return asAscii(sayable(text).replace(IN_TEXT, reference), ascii);
}

/** For values between double quotes. */
export function escapeXmlAttribute(value: string, ascii = false): string {
  if (PLAIN.test(value)) return value;
  return asAscii(sayable(value).replace(IN_ATTRIBUTE, reference), ascii);
}

/** Escaped and trimmed; '' when nothing is left, so that the element can be left out (cxml.md 1.3). */
export function escapeTrimmedXmlText(text: string, ascii = false): string {
  const trimmed = text.trim();
  if (PLAIN.test(trimmed)) return trimmed;
  // Trimmed again, because dropped characters may have hidden blanks at the ends.
  return asAscii(sayable(trimmed).trim().replace(IN_TEXT, reference), ascii);
}

/** Whether a text has content in XML: not only blanks, or characters that XML 1.0 cannot hold. */
export function hasXmlText(text: string | undefined): text is string {
  return text !== undefined && escapeTrimmedXmlText(text) !== '';
}

function sayable(text: string): string {
  return SAYABLE.test(text) ? text : text.replace(UNSAYABLE, '');
}

function asAscii(markup: string, ascii: boolean): string {
  return ascii ? markup.replace(NOT_ASCII, numericReference) : markup;
}

function reference(character: string): string {
  return REFERENCES.get(character) ?? '';
}

function numericReference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
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
