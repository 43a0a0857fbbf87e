const ELEMENT_NAME = /[^\s/>=<"'&]+/y;
const ATTRIBUTE_NAME = /[^\s/>=<"']+/y;
const BLANKS = /\s*/y;
const BEHIND_VALUE = /[\s/>]/;
const UNQUOTED = /[^\s<>]*/y;
const END_OF_DOUBLE = /["<]/g;
const END_OF_SINGLE = /['<]/g;

export interface LooseAttribute {
  name: string;
  /** Start of the name. */
  offset: number;
  /** Range of the value, without quotes; both are the end of the name if there is no value. */
  from: number;
  to: number;
}

/** A start tag, complete or broken. */
export interface LooseTag {
  name: string;
  /** Offset after its name. */
  nameEnd: number;
  attributes: LooseAttribute[];
  /** Offset after its ">", else where it breaks off: at the next "<" or at the end of the text. */
  end: number;
  isWellFormed: boolean;
  /** `<name/>` */
  isEmpty: boolean;
}

/**
 * Reads the start tag whose "<" is at `at`, even if it is broken. Never goes past the next "<", so reading a text tag
 * by tag reads each character once.
 */
export function readLooseTag(text: string, at: number): LooseTag {
  const start = behind(BLANKS, text, at + 1);
  let next = behind(ELEMENT_NAME, text, start);
  const tag: LooseTag = {
    name: text.slice(start, next),
    nameEnd: next,
    attributes: [],
    end: next,
    isWellFormed: start === at + 1 && next > start,
    isEmpty: false,
  };
  for (;;) {
    next = behind(BLANKS, text, next);
    const character = text[next];
    if (character === undefined || character === '<') return broken(tag, next);
    if (character === '>') return Object.assign(tag, { end: next + 1 });
    if (character === '/' && text[next + 1] === '>') return Object.assign(tag, { end: next + 2, isEmpty: true });
    const end = behind(ATTRIBUTE_NAME, text, next);
    const equals = behind(BLANKS, text, end);
    if (end === next || text[equals] !== '=') {
      tag.isWellFormed = false;
      if (end > next) tag.attributes.push({ name: text.slice(next, end), offset: next, from: end, to: end });
      next = Math.max(end, next + 1);
      continue;
    }
    const from = behind(BLANKS, text, equals + 1);
    const quote = text[from];
    const attribute = { name: text.slice(next, end), offset: next, from, to: from };
    tag.attributes.push(attribute);
    if (quote === '"' || quote === "'") {
      attribute.from = from + 1;
      attribute.to = firstOf(quote === '"' ? END_OF_DOUBLE : END_OF_SINGLE, text, from + 1);
      if (text[attribute.to] !== quote) return broken(tag, attribute.to);
      next = attribute.to + 1;
      if (next < text.length && !BEHIND_VALUE.test(text.charAt(next))) tag.isWellFormed = false;
    } else {
      tag.isWellFormed = false;
      attribute.to = behind(UNQUOTED, text, from);
      next = attribute.to;
    }
  }
}

function broken(tag: LooseTag, end: number): LooseTag {
  return Object.assign(tag, { end, isWellFormed: false });
}

/** End of the match of `pattern`, which is sticky, at `at`. */
function behind(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function firstOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.index ?? text.length;
}
