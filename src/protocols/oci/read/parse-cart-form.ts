import { compare, parseDecimal } from '../../../domain/decimal.js';
import { accept, type Outcome, type Refusal, refuse } from '../../../domain/error-codes.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { OCI_TEXT_FIELDS, type OciCart, type OciItem, readNumber } from './oci-item.js';

/** architecture.md section 5: a cart posted to us may have 10,000 lines. */
const MAX_CART_LINES = 10_000;

interface Draft {
  item: OciItem;
  /** First value of each field; LONGTEXT may have several rows. */
  seen: Map<string, string>;
}

/**
 * Parses a returned cart tolerantly (oci.md 5): any order, gaps in the indexes, zero-based, numbers with blanks or a
 * decimal comma, PRICEUNIT empty -> 1, every LONGTEXT spelling (several rows of one item are joined by line breaks).
 * Unknown fields are kept. No field is required here: that depends on the caller. Refuses INVALID_REQUEST for a
 * NEW_ITEM field without an index, for a field with two values (T32; numbers are compared as numbers, codes
 * case-insensitively) and for a QUANTITY, PRICE or PRICEUNIT that is not a number (sign, exponent, `abc`);
 * REQUEST_TOO_LARGE above `maxLines`. Details: `field`, `index`.
 */
export function parseOciCart(fields: readonly NameValue[], maxLines: number = MAX_CART_LINES): Outcome<OciCart> {
  const drafts = new Map<number, Draft>();
  const passThrough: NameValue[] = [];
  let draft: Draft | undefined;
  for (const pair of fields) {
    const name = itemFieldName(pair.name);
    if (name === undefined) {
      passThrough.push(pair);
      continue;
    }
    if (name === 'no_index' && pair.value.trim() === '') continue;
    if (name === 'no_index')
      return refuse('INVALID_REQUEST', 'A NEW_ITEM field has no readable index in its name.', {
        field: pair.name.slice(0, 80),
      });
    if (draft === undefined || draft.item.index !== name.index) draft = drafts.get(name.index);
    if (draft === undefined) {
      if (drafts.size === maxLines)
        return refuse('REQUEST_TOO_LARGE', `The cart has more than ${maxLines} lines.`, { limit: maxLines });
      draft = { item: { index: name.index, priceUnit: '1', service: false, unknown: [] }, seen: new Map() };
      drafts.set(name.index, draft);
    }
    const refusal = take(
      draft,
      name.field,
      pair.value.includes('\r') ? pair.value.replace(/\r\n?/g, '\n') : pair.value,
    );
    if (refusal !== undefined) return { ok: false, refusal };
  }
  const items: OciItem[] = [];
  for (const { item, seen } of drafts.values()) if (seen.size > 0) items.push(item);
  return accept({ items: items.sort((a, b) => a.index - b.index), passThrough });
}

/** Sets one value of its item; undefined on success. Empty values are ignored. */
function take({ item, seen }: Draft, field: string, value: string): Refusal | undefined {
  if (value === '' || value.trim() === '') return undefined;
  const former = seen.get(field);
  if (field === 'LONGTEXT') {
    // A shop may send one text in two spellings, for buyers that know only one of them.
    if (item.longText !== value) item.longText = former === undefined ? value : `${item.longText ?? ''}\n${value}`;
    seen.set(field, value);
    return undefined;
  }
  if (former !== undefined) {
    if (isSame(field, former, value)) return undefined;
    return fault(field, item.index, `comes twice with two values: ${shown(former)} and ${shown(value)}`);
  }
  seen.set(field, value);
  const key = OCI_TEXT_FIELDS.get(field);
  if (key !== undefined) {
    item[key] = key === 'unit' ? value.trim() : key === 'currency' ? value.trim().toUpperCase() : value;
    return undefined;
  }
  switch (field) {
    case 'QUANTITY':
    case 'PRICE': {
      const number = readNumber(value);
      if (number === undefined)
        return fault(
          field,
          item.index,
          'is not a number without sign, with at most 11 digits before and 10 behind one decimal point or ' +
            `comma: ${shown(value)}`,
        );
      item[field === 'PRICE' ? 'price' : 'quantity'] = number;
      return undefined;
    }
    case 'PRICEUNIT': {
      const unit = wholePart(readNumber(value));
      if (unit === undefined || unit === '0')
        return fault(field, item.index, `is not a whole number above 0: ${shown(value)}`);
      item.priceUnit = unit;
      return undefined;
    }
    case 'LEADTIME': {
      const days = wholePart(readNumber(value));
      if (days === undefined) break;
      item.leadTimeDays = Number(days);
      return undefined;
    }
    case 'SERVICE':
      if (value.trim().toUpperCase() !== 'X') break;
      item.service = true;
      return undefined;
    default:
      break;
  }
  item.unknown.push({ name: field, value });
  return undefined;
}

const NUMBERS: ReadonlySet<string> = new Set(['QUANTITY', 'PRICE', 'PRICEUNIT', 'LEADTIME', 'PARENT_ID']);
const CODES: ReadonlySet<string> = new Set(['CURRENCY', 'UNIT', 'SERVICE', 'ITEM_TYPE']);

function isSame(field: string, former: string, value: string): boolean {
  const [one, other] = [former.trim(), value.trim()];
  if (one === other) return true;
  if (CODES.has(field)) return one.toUpperCase() === other.toUpperCase();
  const [number, further] = NUMBERS.has(field) ? [readNumber(one), readNumber(other)] : [];
  return number !== undefined && further !== undefined && compare(parseDecimal(number), parseDecimal(further)) === 0;
}

/** Maximum number of characters of a value that a refusal repeats. */
const MAX_SHOWN = 40;

function shown(value: string): string {
  return JSON.stringify(value.trim().slice(0, MAX_SHOWN));
}

/** `1.0` -> `1`; undefined if the digits after the point are not all 0. */
function wholePart(number: string | undefined): string | undefined {
  if (number === undefined) return undefined;
  const point = number.indexOf('.');
  if (point < 0) return number;
  return /[1-9]/.test(number.slice(point)) ? undefined : number.slice(0, point);
}

function fault(field: string, index: number, what: string): Refusal {
  return {
    code: 'INVALID_REQUEST',
    reason: `NEW_ITEM-${field.slice(0, 40)}[${index}] ${what}.`,
    details: { index, field: field.slice(0, 40) },
  };
}

const PREFIX = 'NEW_ITEM-';
const LONGTEXT = 'LONGTEXT';

/** The parsed name of a NEW_ITEM field. */
interface ItemFieldName {
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
