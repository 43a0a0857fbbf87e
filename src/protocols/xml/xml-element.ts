import type { DocumentPlaces } from './xml-fault.js';

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
}

/**
 * One element of a document, built by `readXml`. Kept small, because large carts have hundreds of thousands: attributes
 * are a list, which is faster than a Map for a few entries, and children are a linked list, because a growing array
 * reserves too much memory.
 */
export class XmlElement {
  first: XmlElement | undefined;
  /** The next sibling. */
  next: XmlElement | undefined;
  private last: XmlElement | undefined;
  private previous: XmlElement | undefined;
  /** Its own character data, joined, without that of its children. */
  text = '';
  /** Names of children that were left out because they are empty. A refusal for a missing child mentions it. */
  emptied: Set<string> | undefined;

  constructor(
    readonly name: string,
    readonly attributes: readonly XmlAttribute[],
    private readonly places: DocumentPlaces,
    /** End of its start tag. */
    private readonly offset: number,
  ) {}

  /** 1-based line of the `<` of its start tag. */
  get line(): number {
    return this.places.startOfTag(this.offset).line;
  }

  get column(): number {
    return this.places.startOfTag(this.offset).column;
  }

  /** Creates a new list on each call: not for hot paths. */
  get children(): XmlElement[] {
    const list: XmlElement[] = [];
    for (let child = this.first; child !== undefined; child = child.next) list.push(child);
    return list;
  }

  append(child: XmlElement): void {
    const { last } = this;
    if (last === undefined) this.first = child;
    else last.next = child;
    child.previous = last;
    this.last = child;
  }

  removeLast(): void {
    const before = this.last?.previous;
    if (before === undefined) this.first = undefined;
    else before.next = undefined;
    this.last = before;
  }

  /** First child of that name. */
  child(name: string): XmlElement | undefined {
    for (let child = this.first; child !== undefined; child = child.next) if (child.name === name) return child;
    return undefined;
  }

  /** The element at the end of a path of names; the first match of each. */
  descendant(...names: string[]): XmlElement | undefined {
    const [name, ...rest] = names;
    return name === undefined ? this : this.child(name)?.descendant(...rest);
  }

  /** Trimmed text of the first child of that name; an empty text counts as absent (cxml.md 1.3). */
  childText(name: string): string | undefined {
    return this.child(name)?.trimmedText();
  }

  /** Trimmed text of the first child of that name that has text. */
  firstText(name: string): string | undefined {
    for (let child = this.first; child !== undefined; child = child.next) {
      const text = child.name === name ? child.trimmedText() : undefined;
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** Trimmed own text; undefined when nothing is left. */
  trimmedText(): string | undefined {
    const text = this.text.trim();
    return text === '' ? undefined : text;
  }

  /** Trimmed value; undefined when absent or empty. */
  attribute(name: string): string | undefined {
    const value = this.rawAttribute(name)?.trim();
    return value === '' ? undefined : value;
  }

  /** Value as the parser returns it; undefined only if absent. */
  rawAttribute(name: string): string | undefined {
    for (const attribute of this.attributes) if (attribute.name === name) return attribute.value;
    return undefined;
  }

  /** Trimmed text of the element and all below it: for elements whose content is ANY. */
  wholeText(isLeftOut: (child: XmlElement) => boolean = () => false): string | undefined {
    if (this.first === undefined) return this.trimmedText();
    const children = this.children.filter((child) => !isLeftOut(child));
    const parts = [this.trimmedText(), ...children.map((child) => child.wholeText(isLeftOut))];
    const text = parts.filter((part) => part !== undefined).join(' ');
    return text === '' ? undefined : text;
  }
}
