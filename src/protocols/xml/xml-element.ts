import type { DocumentPlaces } from './document-places.js';

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
}

const NO_CHILDREN: readonly XmlElement[] = Object.freeze([]);

/**
 * One element of a document, as `readXml` builds it. Kept small, because large carts have hundreds of thousands: attributes are
 * a list, which is quicker than a Map for the few that there are.
 */
export class XmlElement {
  /** Most elements are leaves: they share one list. */
  children: readonly XmlElement[] = NO_CHILDREN;
  /** Its own character data, joined, without that of its children. */
  text = '';

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

  append(child: XmlElement): void {
    if (this.children === NO_CHILDREN) this.children = [child];
    else (this.children as XmlElement[]).push(child);
  }

  removeLast(): void {
    (this.children as XmlElement[]).pop();
  }

  /** First child of that name. */
  child(name: string): XmlElement | undefined {
    for (const child of this.children) if (child.name === name) return child;
    return undefined;
  }

  /** The element at the end of a path of names, the first of each. */
  descendant(...names: string[]): XmlElement | undefined {
    const [name, ...rest] = names;
    return name === undefined ? this : this.child(name)?.descendant(...rest);
  }

  /** Trimmed text of the first child of that name; an empty one counts as absent (RULES 1.3). */
  childText(name: string): string | undefined {
    return this.child(name)?.trimmedText();
  }

  /** Trimmed text of the first child of that name that has any. */
  firstText(name: string): string | undefined {
    for (const child of this.children) {
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

  /** Value as the parser gives it; undefined only when absent. */
  rawAttribute(name: string): string | undefined {
    for (const attribute of this.attributes) if (attribute.name === name) return attribute.value;
    return undefined;
  }

  /** Trimmed text of the element and all below it: for elements whose content is ANY. */
  wholeText(): string | undefined {
    if (this.children.length === 0) return this.trimmedText();
    const parts = [this.trimmedText(), ...this.children.map((child) => child.wholeText())];
    const text = parts.filter((part) => part !== undefined).join(' ');
    return text === '' ? undefined : text;
  }
}
