import { SaxesParser } from 'saxes';
import { accept, type Outcome } from '../../domain/error-codes.js';
import { DocumentPlaces, XmlFault } from './xml-fault.js';
import { findXmlFault } from './find-xml-fault.js';
import { type XmlAttribute, XmlElement } from './xml-element.js';

/** Limits of a document; architecture.md section 5. */
export interface XmlLimits {
  depth: number;
  attributesPerElement: number;
  /** Characters in one element's own text or in one attribute's value. */
  textLength: number;
  /** Elements in the tree at the same time; removed elements no longer count. */
  elements: number;
}

/**
 * A DOCTYPE without an internal subset may name any URL: nothing is fetched (cxml.md 1.2). A bracket in quotes is part
 * of a name.
 */
const QUOTED = /"[^"]*"|'[^']*'/g;

/** Maximum source length of one character reference ("&#x10FFFF;"). */
const REFERENCE_LENGTH = 10;

/** White space of XML, narrower than that of JavaScript. */
const NOT_BLANK = /[^ \t\r\n]/;

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

/** Called with each complete element, inner ones first. True removes it from the tree, so that memory stays small. */
export type TakeElement = (element: XmlElement, parent: XmlElement) => boolean;

export interface ReadHooks {
  take?: TakeElement;
  /**
   * True for an element without content: it is left out of the tree, but counts towards the limit of elements. Called
   * before `take`.
   */
  isAbsent?: (element: XmlElement, parent: XmlElement) => boolean;
}

/**
 * Parses a document into a tree. Nothing is ever fetched or expanded (T24-T26). Refuses with INVALID_XML anything but
 * well-formed XML 1.0, and a DOCTYPE with an internal subset; with REQUEST_TOO_LARGE a document above a limit. Details:
 * line, column (1-based), error.
 */
export function readXml(source: string, limits: XmlLimits, hooks: ReadHooks = {}): Outcome<XmlElement> {
  const reader = new TreeReader(source, limits, hooks);
  try {
    return accept(reader.read());
  } catch (thrown) {
    return reader.faultOf(thrown).toRefusal();
  }
}

class TreeReader {
  // Forced to 1.0: a declared 1.1 would allow references to control characters.
  private readonly parser = new SaxesParser({ position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  private readonly open: XmlElement[] = [];
  /** Number of elements before each open one. */
  private readonly before: number[] = [];
  private root: XmlElement | undefined;
  private attributes: XmlAttribute[] | undefined;
  private elements = 0;
  /** The last element of `open`. */
  private current: XmlElement | undefined;
  private readonly places: DocumentPlaces;

  constructor(
    private readonly source: string,
    private readonly limits: XmlLimits,
    private readonly hooks: ReadHooks,
  ) {
    this.places = new DocumentPlaces(source);
  }

  read(): XmlElement {
    const { parser, source } = this;
    this.refuseEndlessText();
    // saxes becomes several times slower with more than seven handlers.
    parser.on('doctype', (doctype) => {
      if (doctype.replace(QUOTED, '').includes('[')) {
        const { line, column } = this.places.at(source.indexOf('<!DOCTYPE'));
        throw new XmlFault(
          'The DOCTYPE has an internal subset ("[...]"), which is not allowed: remove it, and write the ' +
            'characters that its entities stand for',
          line,
          column,
        );
      }
    });
    parser.on('attribute', (attribute) => this.attribute(attribute));
    parser.on('opentag', (tag) => this.openElement(tag.name));
    parser.on('closetag', () => this.closeElement());
    parser.on('text', (text) => this.text(text));
    parser.on('cdata', (text) => this.text(text));
    parser.write(source).close();
    if (this.root === undefined) throw this.fault('The document has no root element');
    return this.root;
  }

  /** saxes throws plain Errors; the name at the end of the message is left out. Any other error is our own. */
  faultOf(thrown: unknown): XmlFault {
    if (thrown instanceof XmlFault) return thrown;
    if (!(thrown instanceof Error) || thrown.name !== 'Error') throw thrown;
    const found = findXmlFault(this.source);
    if (found === undefined) return this.fault(thrown.message.slice(0, 120).split(': ', 1)[0] ?? '');
    const { line, column } = this.places.at(found.offset);
    return new XmlFault(found.error, line, column);
  }

  /** Stops floods of character references before they are decoded: no text within the limit needs that much source. */
  private refuseEndlessText(): void {
    const { source } = this;
    const most = this.limits.textLength * REFERENCE_LENGTH;
    for (let from = 0; source.length - from > most;) {
      const next = source.lastIndexOf('<', from + most);
      if (next <= from) {
        const lines = source.slice(0, from).split('\n');
        throw new XmlFault(
          `A text is longer than allowed, which is ${this.limits.textLength} characters`,
          lines.length,
          (lines.at(-1)?.length ?? 0) + 1,
          'REQUEST_TOO_LARGE',
        );
      }
      from = next;
    }
  }

  private attribute(attribute: XmlAttribute): void {
    this.attributes ??= [];
    if (this.attributes.length >= this.limits.attributesPerElement) {
      throw this.fault(`An element has more than ${this.limits.attributesPerElement} attributes`, 'REQUEST_TOO_LARGE');
    }
    if (attribute.value.length > this.limits.textLength)
      throw this.fault(
        `Attribute '${attribute.name.slice(0, 60)}' is longer than allowed, which is ${this.limits.textLength} ` +
          'characters',
        'REQUEST_TOO_LARGE',
      );
    this.attributes.push(attribute);
  }

  private openElement(name: string): void {
    const { open, limits, current: parent } = this;
    if (open.length >= limits.depth)
      throw this.fault(`Elements are nested deeper than ${limits.depth}`, 'REQUEST_TOO_LARGE');
    this.before.push(this.elements);
    this.elements += 1;
    if (this.elements > limits.elements)
      throw this.fault(`There are more than ${limits.elements} elements`, 'REQUEST_TOO_LARGE');
    const element = new XmlElement(name, this.attributes ?? NO_ATTRIBUTES, this.places, this.parser.position);
    this.attributes = undefined;
    if (parent === undefined) this.root = element;
    else parent.append(element);
    open.push(element);
    this.current = element;
  }

  private closeElement(): void {
    const { open, current: element } = this;
    open.pop();
    const before = this.before.pop();
    const parent = open[open.length - 1];
    this.current = parent;
    if (element === undefined || before === undefined || parent === undefined) return;
    const { isAbsent, take } = this.hooks;
    const absent = isAbsent?.(element, parent) === true;
    if (!absent && take?.(element, parent) !== true) return;
    parent.removeLast();
    if (absent) (parent.emptied ??= new Set()).add(element.name);
    else this.elements = before;
  }

  private text(text: string): void {
    const element = this.current;
    if (element === undefined) return;
    // White space between elements is layout and must not count towards a limit.
    if (element.first !== undefined && !NOT_BLANK.test(text)) return;
    element.text = element.text === '' ? text : element.text + text;
    if (element.text.length > this.limits.textLength)
      throw this.fault(
        `The text of element '${element.name.slice(0, 60)}' is longer than allowed, which ` +
          `is ${this.limits.textLength} characters`,
        'REQUEST_TOO_LARGE',
      );
  }

  private fault(error: string, code?: 'REQUEST_TOO_LARGE'): XmlFault {
    return new XmlFault(error, this.parser.line, Math.max(1, this.parser.columnIndex), code);
  }
}
