import { decodeCharacterReferences } from '../form/form-text.js';
import { isSecretName } from '../secret-name.js';
import { readLooseTag } from './loose-tag.js';
import { isSecretElement, isWellKnownSecret } from './mask-secret-markup.js';
import { declarationFault, type FoundFault, named, wrongKind, wrongWord, excerptOf } from './start-fault.js';

// oxlint-disable-next-line no-control-regex
const SUSPECT = /[&<\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\]\]>|\p{Surrogate}/gu;
const REFERENCE = /&(?:#(\d{1,8})|#x([\dA-Fa-f]{1,7})|([A-Za-z_:][\w.:-]{0,40}));/y;
const AMPERSAND = 'The character "&" must be written "&amp;"';
const STANDARD = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);
const TAG_NAME = /[^\s/>=<"'&]+/y;
const ATTRIBUTE_NAME = /[^\s/>=<"']+/y;
const DOCTYPE = /<![^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>/y;
const BLANKS = /[ \t\r\n]*/y;
const NOT_BLANK = /[^ \t\r\n]/g;

/**
 * Finds the first fault of a document that a parser has refused, to describe it better than the parser: its place, the
 * wrong text, and what to write instead. Undefined if it finds none; the parser's message is then used. Reads each
 * character once.
 */
export function findXmlFault(source: string): FoundFault | undefined {
  return wrongKind(source) ?? new Scan(source).run();
}

interface OpenElement {
  name: string;
  offset: number;
  /** Its content must not be repeated in a message. */
  secret: boolean;
}

class Scan {
  private readonly open: OpenElement[] = [];
  /** Offset of the start tag that is being read. */
  private tag = 0;
  private root: string | undefined;
  private at = 0;
  private doctypeSeen = false;

  constructor(private readonly source: string) {}

  run(): FoundFault | undefined {
    const { source } = this;
    while (this.at < source.length) {
      const fault = source[this.at] === '<' ? this.markup() : this.text();
      if (fault !== undefined) return fault;
    }
    const inner = this.open.find((element) => element.secret) ?? this.open.at(-1);
    if (inner !== undefined) {
      const what = isWellKnownSecret(inner.name) ? closing(inner.name) : 'An element that holds a secret is not closed';
      return { error: `${what}, and the document ends. Was it cut off?`, offset: inner.offset };
    }
    return this.root === undefined ? { error: 'The document has no root element', offset: source.length } : undefined;
  }

  /** Inside and after an open element that holds a secret, and in a tag that does, names may be parts of the secret. */
  private hiding(fault: FoundFault): FoundFault {
    const secret = this.open.find((element) => element.secret);
    if (secret === undefined && !this.isInSecretTag(fault.offset)) return fault;
    const isNamed = secret !== undefined && isWellKnownSecret(secret.name);
    const where = isNamed ? `element '${secret.name}'` : 'an element that holds a secret';
    return {
      error: `The markup in or behind ${where} is not well-formed: close it, and write "<" as "&lt;" in it`,
      offset: fault.offset,
    };
  }

  private isInSecretTag(offset: number): boolean {
    const tag = readLooseTag(this.source, this.tag);
    if (offset < this.tag || offset > tag.end) return false;
    return isSecretElement(this.source, tag) || tag.attributes.some(({ name }) => isSecretName(name));
  }

  private text(): FoundFault | undefined {
    const { source, at } = this;
    const next = source.indexOf('<', at);
    const end = next < 0 ? source.length : next;
    this.at = end;
    if (this.open.length > 0) return this.characters(at, end, undefined);
    NOT_BLANK.lastIndex = at;
    const found = NOT_BLANK.exec(source);
    if (found === null || found.index >= end) return undefined;
    const where =
      this.root === undefined ? 'before the root element' : `behind the end of the root element '${this.root}'`;
    return {
      error: `There is text ${where}: remove ${named(source.slice(found.index, found.index + 2))} and what follows it`,
      offset: found.index,
    };
  }

  /** Of a text, or of the value of an attribute. */
  private characters(from: number, to: number, attribute: string | undefined): FoundFault | undefined {
    const { source } = this;
    SUSPECT.lastIndex = from;
    for (let found = SUSPECT.exec(source); found !== null && found.index < to; found = SUSPECT.exec(source)) {
      const offset = found.index;
      const error = found[0] === '&' ? this.reference(offset, from, to) : this.character(found[0], attribute);
      if (error !== undefined) return { error, offset };
    }
    return undefined;
  }

  private character(found: string, attribute: string | undefined): string | undefined {
    if (found === ']]>')
      return attribute === undefined ? 'The characters "]]>" must be written "]]&gt;" in a text' : undefined;
    if (found === '<')
      return (
        `The character "<" must be written "&lt;" in attribute '${attribute ?? ''}', or a quote is missing before ` +
        'it'
      );
    return `There is ${named(found)}, which is not allowed in XML: leave it out`;
  }

  private reference(offset: number, from: number, to: number): string | undefined {
    const { source } = this;
    REFERENCE.lastIndex = offset;
    const [written, decimal, hexadecimal, name] = REFERENCE.exec(source) ?? [];
    if (name !== undefined && STANDARD.has(name)) return undefined;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
    const isNumber = written !== undefined && name === undefined;
    if (isNumber && isAllowed(code)) return undefined;
    const secret = this.open.some((element) => element.secret) || this.isInSecretTag(offset);
    if (secret) return isNumber ? 'A reference names a character that XML does not allow: leave it out' : AMPERSAND;
    if (isNumber) return `The reference "${written}" names a character that XML does not allow: leave it out`;
    const seen = `${AMPERSAND}; found ${excerptOf(source, offset, from, to)}`;
    if (name === undefined) return seen;
    const character = decodeCharacterReferences(`&${name};`);
    if (character.startsWith('&')) return `The entity "&${name};" is not defined. ${seen}`;
    const instead = `&#${character.codePointAt(0) ?? 0};`;
    return `The entity "&${name};" is HTML's and not defined in XML: write "${instead}" instead`;
  }

  private markup(): FoundFault | undefined {
    const { source, at } = this;
    if (source.startsWith('<!--', at)) return this.comment();
    if (source.startsWith('<![CDATA[', at)) return this.until(']]>', 'A CDATA section is not closed: "]]>" is missing');
    if (source.startsWith('<?', at)) return this.instruction();
    if (source.startsWith('<!', at)) return this.doctype();
    const fault = source[at + 1] === '/' ? this.endTag() : this.startTag();
    return fault === undefined || fault.error.startsWith(AMPERSAND) ? fault : this.hiding(fault);
  }

  private until(end: string, error: string): FoundFault | undefined {
    const { at } = this;
    const found = this.source.indexOf(end, at + 2);
    this.at = found < 0 ? this.source.length : found + end.length;
    return found < 0 ? { error, offset: at } : undefined;
  }

  private comment(): FoundFault | undefined {
    const { source, at } = this;
    const dashes = source.indexOf('--', at + 4);
    if (dashes < 0) return { error: 'A comment is not closed: "-->" is missing', offset: at };
    if (source[dashes + 2] !== '>') return { error: 'A comment must not contain "--"', offset: dashes };
    this.at = dashes + 3;
    return undefined;
  }

  private instruction(): FoundFault | undefined {
    const { source, at } = this;
    if (at > 0 && /^<\?xml[\s?]/i.test(source.slice(at, at + 6)))
      return {
        error: 'The XML declaration "<?xml ...?>" must be the very first thing in the document, and stand there once',
        offset: at,
      };
    const declaration = at === 0 ? declarationFault(source) : undefined;
    if (declaration !== undefined) return declaration;
    return this.until('?>', 'A processing instruction is not closed: "?>" is missing');
  }

  private doctype(): FoundFault | undefined {
    const { source, at } = this;
    if (!source.startsWith('<!DOCTYPE', at)) return { error: wrongWord(source.slice(at, at + 9)), offset: at };
    const doctype = this.match(DOCTYPE, at);
    this.at = at + doctype.length;
    if (doctype === '') return { error: 'The DOCTYPE is not closed: ">" is missing', offset: at };
    const once = this.root === undefined && !this.doctypeSeen;
    this.doctypeSeen = true;
    return once ? undefined : { error: 'A DOCTYPE stands before the root element, and only once', offset: at };
  }

  private endTag(): FoundFault | undefined {
    const { source, at, open } = this;
    const name = this.match(TAG_NAME, at + 2);
    const inner = open.at(-1);
    if (inner === undefined) return { error: `The end tag "</${name}>" has no start tag`, offset: at };
    if (inner.name !== name)
      return {
        error: `${closing(inner.name)} before "</${name.slice(0, 60)}>"`,
        offset: at,
      };
    const end = this.blanks(at + 2 + name.length);
    if (source[end] !== '>') return { error: `The end tag "</${name}" is not closed: ">" is missing`, offset: at };
    open.pop();
    this.at = end + 1;
    return undefined;
  }

  private startTag(): FoundFault | undefined {
    const { source, at, open } = this;
    this.tag = at;
    const name = this.match(TAG_NAME, at + 1);
    if (!/^[A-Za-z_:\u0080-\uffff]/.test(name))
      return { error: 'The character "<" must be written "&lt;" in a text', offset: at };
    if (open.length === 0 && this.root !== undefined)
      return {
        error: `There is a second root element '${name.slice(0, 60)}' behind '${this.root}': a document has one`,
        offset: at,
      };
    this.root ??= name;
    const seen = new Set<string>();
    for (let next = this.blanks(at + 1 + name.length); ; next = this.blanks(this.at)) {
      if (source[next] === '>' || source.startsWith('/>', next)) {
        this.at = next + (source[next] === '>' ? 1 : 2);
        if (source[next] === '>')
          open.push({ name, offset: at, secret: isSecretElement(source, readLooseTag(source, at)) });
        return undefined;
      }
      const fault = this.attribute(next, name, seen);
      if (fault !== undefined) return fault;
    }
  }

  private attribute(at: number, element: string, seen: Set<string>): FoundFault | undefined {
    const { source } = this;
    const name = this.match(ATTRIBUTE_NAME, at).slice(0, 60);
    if (name === '')
      return {
        error: `The start tag of element '${element}' is not closed: ">" is missing, or it has one quote too many`,
        offset: Math.min(at, source.length - 1),
      };
    if (source[at - 1] === '"' || source[at - 1] === "'")
      return {
        error: `Element '${element}': a blank is missing before an attribute, or a quote stands in a value`,
        offset: at,
      };
    if (seen.has(name))
      return { error: `Element '${element}' has attribute '${name}' twice: leave one of them out`, offset: at };
    seen.add(name);
    const equals = this.blanks(at + name.length);
    if (source[equals] !== '=')
      return { error: `Element '${element}': attribute '${name}' has no value: write ${name}="..."`, offset: at };
    const start = this.blanks(equals + 1);
    const quote = source[start];
    if (quote !== '"' && quote !== "'")
      return {
        error: `Element '${element}': the value of attribute '${name}' must stand in quotes: ${name}="..."`,
        offset: at,
      };
    const end = source.indexOf(quote, start + 1);
    this.at = end < 0 ? source.length : end + 1;
    const fault = this.characters(start + 1, this.at - 1, name);
    if (fault !== undefined) return fault;
    return end < 0
      ? {
          error: `Element '${element}': the value of attribute '${name}' is not closed: ${quote} is missing`,
          offset: at,
        }
      : undefined;
  }

  private match(pattern: RegExp, at: number): string {
    pattern.lastIndex = at;
    return pattern.exec(this.source)?.[0] ?? '';
  }

  private blanks(at: number): number {
    return at + this.match(BLANKS, at).length;
  }
}

function isAllowed(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

function closing(name: string): string {
  return `Element '${name}' is not closed: "</${name}>" is missing`;
}
