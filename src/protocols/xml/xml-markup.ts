import { escapeTrimmedXmlText, escapeXmlAttribute } from './escape-xml.js';

/** Text that is markup already. */
export type Markup = string;

/**
 * An element around `content`, which is markup already; one without content is written `<name/>`. Attributes without a value
 * are left out. `name` and the names of attributes are ours, never foreign.
 *
 * Written by hand because xmlbuilder2, STACK's choice for small documents, leaves "&foo;" in a text as it is, so that a
 * buyer's text can make the answer malformed or say something else ("&lt;" becomes "<"); and takes 128 us for a response.
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

/** An element with trimmed text, or nothing when no text is left (RULES 1.3: never an empty element). */
export function markupText(
  name: string,
  attributes: Record<string, string | undefined>,
  text: string | undefined,
  ascii = false,
): Markup {
  const content = text === undefined ? '' : escapeTrimmedXmlText(text, ascii);
  return content === '' ? '' : markupElement(name, attributes, content, ascii);
}
