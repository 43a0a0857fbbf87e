const PREFIX = 'NEW_ITEM-';
const LONGTEXT = 'LONGTEXT';
const MAX_INDEX_DIGITS = 9;

/** A NEW_ITEM field's name taken apart. */
export interface ItemFieldName {
  /** Upper case, without prefix and index: `PRICE`, `LONGTEXT`. */
  field: string;
  index: number;
}

/**
 * Takes the name of a return field apart: `NEW_ITEM-PRICE[2]` -> PRICE, 2. Of LONGTEXT every spelling that occurs is read (OCI.md 3):
 * `LONGTEXT_1:132[]`, `LONGTEXT_2:132[2]`, `LONGTEXT:132[3]`, `LONGTEXT[4]`, `LONGTEXT_5:132[][5]`, `LONGTEXT_6:132`;
 * the number in the name comes before the one in brackets. Any case.
 * Undefined: no NEW_ITEM field at all. 'no_index': one without a readable index.
 */
export function itemFieldName(name: string): ItemFieldName | 'no_index' | undefined {
  if (!startsWithPrefix(name)) return undefined;
  const bracket = name.indexOf('[', PREFIX.length);
  const field = upper(bracket < 0 ? name.slice(PREFIX.length) : name.slice(PREFIX.length, bracket));
  if (field.startsWith(LONGTEXT)) return longTextName(field, bracket < 0 ? '' : name.slice(bracket));
  const index = bracket < 0 || name.charCodeAt(name.length - 1) !== 0x5d ? undefined : wholeNumber(name, bracket + 1, name.length - 1);
  return index === undefined || field === '' ? 'no_index' : { field, index };
}

function longTextName(field: string, brackets: string): ItemFieldName | 'no_index' {
  const rest = field.slice(LONGTEXT.length);
  const colon = rest.indexOf(':');
  const number = colon < 0 ? rest : rest.slice(0, colon);
  const inName = number.startsWith('_') ? wholeNumber(number, 1, number.length) : undefined;
  const last = brackets.lastIndexOf('[');
  const index = inName ?? (last < 0 || !brackets.endsWith(']') ? undefined : wholeNumber(brackets, last + 1, brackets.length - 1));
  return index === undefined ? 'no_index' : { field: LONGTEXT, index };
}

function startsWithPrefix(name: string): boolean {
  return name.startsWith(PREFIX) || (name.length > PREFIX.length && upper(name.slice(0, PREFIX.length)) === PREFIX);
}

function upper(text: string): string {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x60) return text.toUpperCase();
  return text;
}

/** Digits from `from` to `to`; undefined for anything else and for more than 9. */
function wholeNumber(text: string, from: number, to: number): number | undefined {
  if (to <= from || to - from > MAX_INDEX_DIGITS) return undefined;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}
