import type { DecimalText } from './decimal.js';

/**
 * What a comma means in a number that another party wrote.
 * - `groups`: it separates groups of three digits before the point (cXML, RULES 7): `1,234,567.5`.
 * - `decimal`: it is the decimal sign, if it is the only mark (OCI.md 5): `12,50`. OCI has no group mark.
 * - `none`: it is refused.
 */
export type CommaRule = 'groups' | 'decimal' | 'none';

export interface DecimalReading {
  comma?: CommaRule;
  /** `1.5e-7` is read: for JSON, where programs write numbers. */
  exponent?: boolean;
}

/** Longer text is refused unread. */
const MAX_LENGTH = 100;
const MAX_DIGITS = 30;
const PLAIN = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
const NUMBER = /^([+-]?)([\d,]*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
/** A group never begins with 0: `0,500` means a half, so it is refused. */
const GROUPS = /^[1-9]\d{0,2}(?:,\d{3})+$/;

/**
 * The one reader of decimal numbers that people and foreign programs write. It accepts ASCII digits with at most one
 * point, blanks around the number, a sign, leading zeros, `.5` and `5.`, and a comma as `comma` says.
 * The result is decimal text: no leading zeros, no `+`, no `-0`; zeros behind the point stay.
 * Undefined for everything else: empty text, a comma in another place (`12,50` where commas part groups), two decimal
 * marks, blanks or apostrophes between digits, an exponent unless asked for, hexadecimal, other digits than 0 to 9, and
 * more than 30 digits before or behind the point.
 */
export function readDecimal(
  text: string | undefined,
  { comma = 'none', exponent = false }: DecimalReading = {},
): DecimalText | undefined {
  if (text === undefined || text.length > MAX_LENGTH) return undefined;
  // A quick way for most numbers: a large cart has hundreds of thousands of them.
  if (PLAIN.test(text)) return text;
  const [, sign, marked = '', points, power] = NUMBER.exec(text.trim()) ?? [];
  if (sign === undefined || (power !== undefined && !exponent)) return undefined;
  const parts = partsOf(marked, points, comma);
  if (parts === undefined || parts.whole + parts.fraction === '') return undefined;
  const { whole, fraction } = power === undefined ? parts : shifted(parts, Number(power));
  const digits = withoutLeadingZeros(whole);
  if (digits.length > MAX_DIGITS || fraction.length > MAX_DIGITS) return undefined;
  const plain = fraction === '' ? digits : `${digits}.${fraction}`;
  return sign === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

interface Parts {
  whole: string;
  fraction: string;
}

function partsOf(marked: string, points: string | undefined, comma: CommaRule): Parts | undefined {
  const mark = marked.indexOf(',');
  if (mark < 0) return { whole: marked, fraction: points ?? '' };
  if (comma === 'groups')
    return GROUPS.test(marked) ? { whole: marked.replaceAll(',', ''), fraction: points ?? '' } : undefined;
  if (comma === 'none' || points !== undefined || marked.includes(',', mark + 1)) return undefined;
  return { whole: marked.slice(0, mark), fraction: marked.slice(mark + 1) };
}

/** Times 10^power. */
function shifted({ whole, fraction }: Parts, power: number): Parts {
  const digits = whole + fraction;
  const point = whole.length + power;
  if (point <= 0) return { whole: '0', fraction: '0'.repeat(-point) + digits };
  return { whole: digits.slice(0, point).padEnd(point, '0'), fraction: digits.slice(point) };
}

function withoutLeadingZeros(digits: string): string {
  let from = 0;
  while (from < digits.length - 1 && digits.charCodeAt(from) === 0x30) from += 1;
  return digits === '' ? '0' : digits.slice(from);
}
