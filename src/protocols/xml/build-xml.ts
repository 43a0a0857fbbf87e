import { createRequire } from 'node:module';
import type * as xmlbuilder2 from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { escapeTrimmedXmlText, escapeXmlAttribute, escapeXmlText } from './escape-xml.js';

/**
 * Documents that are rare and small, written with xmlbuilder2 (adr/0001). Names are ours; everything else is a string
 * that goes through `addElement`, `addText` or `addValue`. The library never gets an object: some keys of objects
 * become markup.
 */
export type XmlNode = XMLBuilder;
export type XmlAttributes = Record<string, string | undefined>;

/** Loaded with the first document: its 159 files would slow down the import of the package. */
let library: typeof xmlbuilder2 | undefined;

const NAMESPACES: Record<string, string> = {
  'xml:': 'http://www.w3.org/XML/1998/namespace',
  'xsi:': 'http://www.w3.org/2001/XMLSchema-instance',
};

/** The document element, to be filled and given to `xmlText`. */
export function newDocument(rootName: string, attributes: XmlAttributes): XmlNode {
  library ??= createRequire(import.meta.url)('xmlbuilder2') as typeof xmlbuilder2;
  return withAttributes(library.create().ele(rootName), attributes);
}

/** Adds an element and returns it. Attributes without a value are left out. An empty element is written `<name/>`. */
export function addElement(parent: XmlNode, name: string, attributes: XmlAttributes = {}): XmlNode {
  return withAttributes(parent.ele(name), attributes);
}

/** Adds an element with trimmed text. Adds nothing and returns false when no text is left (cxml.md 1.3). */
export function addText(parent: XmlNode, name: string, attributes: XmlAttributes, text: string | undefined): boolean {
  const content = text === undefined ? '' : escapeTrimmedXmlText(text);
  if (content !== '') addElement(parent, name, attributes).txt(content);
  return content !== '';
}

/** Adds an element with the exact text, blanks included. An absent text gives an empty element. */
export function addValue(parent: XmlNode, name: string, text = ''): void {
  const content = escapeXmlText(text);
  const element = addElement(parent, name);
  if (content !== '') element.txt(content);
}

/** The root element and all in it, on one line or, for people to read, indented. */
export function xmlText(node: XmlNode, prettyPrint = false): string {
  return node.root().toString({ wellFormed: true, headless: true, prettyPrint });
}

/**
 * Values are escaped before: xmlbuilder2 takes "&foo;" in a text for a finished reference and leaves it as it is. So it
 * leaves ours, and has nothing else to escape.
 */
function withAttributes(element: XmlNode, attributes: XmlAttributes): XmlNode {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    const namespace = NAMESPACES[name.slice(0, 4)];
    if (namespace === undefined) element.att(name, escapeXmlAttribute(value));
    else element.att(namespace, name, escapeXmlAttribute(value));
  }
  return element;
}
