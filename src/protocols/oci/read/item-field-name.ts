const PREFIX = 'NEW_ITEM-';
const LONGTEXT = 'LONGTEXT';

/** The parsed name of a NEW_ITEM field. */
export interface ItemFieldName {
  /** Upper case, without prefix and index: `PRICE`, `LONGTEXT`. */
  field: string;
  index: number;
}

/** `PRICE[2]`: upper case, one index of at most 9 digits. */
const FIELD = /^([^[\]]+)\[(\d{1,9})\]$/;
/**
 * Every known spelling of LONGTEXT (oci.md 3): a number after the name, with or without `_`; then the row length `:132`
 * and brackets, with or without a number, in any order.
 */
const LONGTEXT_NAME = /^LONGTEXT(_?)(\d{0,9})((?::\d{1,9}|\[\d{0,9}\])*)$/;
const FIRST_NUMBER_IN_BRACKETS = /\[(\d{1,9})\]/;
/** A longer name that begins with LONGTEXT is long text too, with the index at its end: `LONGTEXT_EN[3]`. */
const OTHER_LONGTEXT = /^LONGTEXT[^[\]]*\[(\d{1,9})\]$/;

/**
 * Takes the name of a return field apart: `NEW_ITEM-PRICE[2]` -> PRICE, 2. Letters in any case; `%5B`, `%5D` and `%3A`
 * of a sender that encodes names twice count as `[`, `]` and `:`. Blanks beside these three are passed over.
 * The index of a LONGTEXT is the number behind `_`, else the first in brackets, else the number behind the name:
 *
 *     LONGTEXT_7   LONGTEXT_7[]  LONGTEXT_7:132  LONGTEXT_7:132[]  LONGTEXT_7:132[1]  LONGTEXT_7:132[][7]   7
 *     LONGTEXT[7]  LONGTEXT[7]:132  LONGTEXT[7]:132[]  LONGTEXT:132[7]  LONGTEXT2[7]                        7
 *     LONGTEXT7    LONGTEXT7:132    LONGTEXT7:132[]                                                         7
 *
 * Undefined: no NEW_ITEM field at all. 'no_index': one without a readable index.
 */
export function itemFieldName(name: string): ItemFieldName | 'no_index' | undefined {
  if (!startsWithPrefix(name)) return undefined;
  const plain = plainFieldName(name);
  if (plain !== undefined) return plain;
  const rest = upper(withoutBlanks(withoutEscapes(name.slice(PREFIX.length))));
  if (rest.startsWith(LONGTEXT)) {
    const index = longTextIndex(rest);
    return index === undefined ? 'no_index' : { field: LONGTEXT, index: Number(index) };
  }
  const [, field, index] = FIELD.exec(rest) ?? [];
  return field === undefined ? 'no_index' : { field, index: Number(index) };
}

/**
 * The usual spelling, `PRICE[2]` in upper case. Without a regular expression: a cart has hundreds of thousands of
 * names.
 */
function plainFieldName(name: string): ItemFieldName | undefined {
  const bracket = name.indexOf('[', PREFIX.length);
  const end = name.length - 1;
  if (
    bracket <= PREFIX.length ||
    name.charCodeAt(end) !== 0x5d ||
    end - bracket < 2 ||
    end - bracket > 10 ||
    name.startsWith(LONGTEXT, PREFIX.length)
  )
    return undefined;
  for (let at = PREFIX.length; at < bracket; at += 1) {
    const code = name.charCodeAt(at);
    if (!((code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f)) return undefined;
  }
  let index = 0;
  for (let at = bracket + 1; at < end; at += 1) {
    const digit = name.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    index = index * 10 + digit;
  }
  return { field: name.slice(PREFIX.length, bracket), index };
}

function longTextIndex(name: string): string | undefined {
  const [, mark, number, brackets] = LONGTEXT_NAME.exec(name) ?? [];
  if (brackets === undefined) return OTHER_LONGTEXT.exec(name)?.[1];
  const inBrackets = FIRST_NUMBER_IN_BRACKETS.exec(brackets)?.[1];
  return (mark === '_' ? number || inBrackets : inBrackets || number) || undefined;
}

function startsWithPrefix(name: string): boolean {
  return name.startsWith(PREFIX) || (name.length > PREFIX.length && upper(name.slice(0, PREFIX.length)) === PREFIX);
}

function upper(text: string): string {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x60) return text.toUpperCase();
  return text;
}

function withoutBlanks(text: string): string {
  return text
    .split(/([[\]:])/)
    .map((part) => part.trim())
    .join('');
}

function withoutEscapes(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%5B/gi, '[').replace(/%5D/gi, ']').replace(/%3A/gi, ':').replace(/%20/g, ' ');
}
