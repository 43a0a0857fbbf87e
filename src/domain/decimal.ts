/** Money and quantities: decimal text outside, scaled integers inside, never a float. */
export type DecimalText = string;

const DECIMAL = /^-?\d{1,30}(\.\d{1,30})?$/;

export interface Decimal {
  units: bigint;
  /** Number of decimal digits in `units`. */
  scale: number;
}

export function isDecimalText(text: string): boolean {
  return DECIMAL.test(text);
}

/** Digits that a safe integer holds whatever they are. */
const SAFE_DIGITS = 15;
const [ZERO, NINE, POINT] = [0x30, 0x39, 0x2e];

/**
 * A decimal text of 0 or more as a number of the smallest units of `scale` digits: '2.5' at 2 is 250. Undefined for
 * more digits after the point, for texts that a safe integer may not hold, and for all that is no such text. Without
 * big integers, because a large cart has thousands of numbers.
 */
export function safeUnits(text: string, scale: number): number | undefined {
  if (text.length + scale > SAFE_DIGITS) return undefined;
  let units = 0;
  let point = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) units = units * 10 + code - ZERO;
    else if (code === POINT && point < 0 && at > 0) point = at;
    else return undefined;
  }
  const digits = point < 0 ? 0 : text.length - point - 1;
  if (text === '' || point === text.length - 1 || digits > scale) return undefined;
  return units * 10 ** (scale - digits);
}

/** Strict: '1,5', '1e3', '0x10', ' 1' and '' throw. */
export function parseDecimal(text: DecimalText): Decimal {
  const whole = safeUnits(text, 0);
  if (whole !== undefined) return { units: BigInt(whole), scale: 0 };
  if (!DECIMAL.test(text)) throw new RangeError(`not a decimal number: ${JSON.stringify(text.slice(0, 40))}`);
  const point = text.indexOf('.');
  if (point < 0) return { units: BigInt(text), scale: 0 };
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

export function formatDecimal({ units, scale }: Decimal): DecimalText {
  if (scale === 0) return units.toString();
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

/** Sum of two texts. */
export function sumOf(a: DecimalText, b: DecimalText): DecimalText {
  return formatDecimal(add(parseDecimal(a), parseDecimal(b)));
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** Quotient rounded half away from zero to `scale` digits. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  if (b.units === 0n) throw new RangeError('division by zero');
  const shift = scale + b.scale - a.scale;
  const numerator = shift >= 0 ? a.units * 10n ** BigInt(shift) : a.units;
  const denominator = shift >= 0 ? b.units : b.units * 10n ** BigInt(-shift);
  return { units: divideRounded(numerator, denominator), scale };
}

/** Rounds half away from zero; a larger scale adds zeros. */
export function round(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { units: unitsAt(value, scale), scale };
  return { units: divideRounded(value.units, 10n ** BigInt(value.scale - scale)), scale };
}

export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale);
  const difference = unitsAt(a, scale) - unitsAt(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Drops trailing zeros after the point: 1.500 -> 1.5, 2.00 -> 2. */
export function trimZeros({ units, scale }: Decimal): Decimal {
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { units, scale };
}

function unitsAt(value: Decimal, scale: number): bigint {
  return value.scale === scale ? value.units : value.units * 10n ** BigInt(scale - value.scale);
}

function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const quotient = (n * 2n + d) / (d * 2n);
  return negative ? -quotient : quotient;
}

/**
 * What a comma means in a number that another party wrote.
 * - `groups`: it separates groups of three digits before the point (cXML, cxml.md 7): `1,234,567.5`.
 * - `decimal`: it is the decimal sign, if it is the only mark (oci.md 5): `12,50`. OCI has no group mark.
 * - `none`: it is refused.
 */
type CommaRule = 'groups' | 'decimal' | 'none';

interface DecimalReading {
  comma?: CommaRule;
  /** Reads `1.5e-7`: for JSON, where programs write numbers. */
  exponent?: boolean;
}

/** Longer text is refused without parsing. */
const MAX_LENGTH = 100;
const MAX_DIGITS = 30;
const PLAIN = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
const NUMBER = /^([+-]?)([\d,]*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
/** A group never begins with 0: `0,500` means a half, so it is refused. */
const GROUPS = /^[1-9]\d{0,2}(?:,\d{3})+$/;

/**
 * Reads decimal numbers that people and foreign programs write. Accepts ASCII digits with at most one point, blanks
 * around the number, a sign, leading zeros, `.5` and `5.`, and a comma according to `comma`. The result is decimal
 * text: no leading zeros, no `+`, no `-0`; zeros after the point stay.
 * Undefined for everything else: empty text, a comma in another place (`12,50` where commas separate groups), two
 * decimal marks, blanks or apostrophes between digits, an exponent unless allowed, hexadecimal, other digits than 0 to
 * 9, and more than 30 digits before or after the point.
 */
export function readDecimal(
  text: string | undefined,
  { comma = 'none', exponent = false }: DecimalReading = {},
): DecimalText | undefined {
  if (text === undefined || text.length > MAX_LENGTH) return undefined;
  // Fast path for most numbers: a large cart has hundreds of thousands of them.
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

/** Multiplies by 10^power. */
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
