import { isDecimalText, parseDecimal } from '../../../domain/decimal.js';

/** Largest value of `11 digits . 3 digits`, in thousandths. */
const MAX_THOUSANDTHS = 99_999_999_999_999n;
const MAX_PRICE_UNIT = 99_999n;
/**
 * Powers of ten for PRICEUNIT: per 1 if exact, else per 1000 as is customary (oci.md 8.3), else the first that fits;
 * negative ones reduce a large price basis.
 */
const SCALES = [0, 3, 4, 2, 1, 5, -1, -2, -3, -4, -5, -6, -7, -8, -9];

/**
 * Decimal text with exactly three digits after the point, as QUANTITY and PRICE need it (oci.md 8.2). Undefined if that
 * would round, for a negative number, and for more than 11 digits before the point.
 */
export function writeThreeDecimals(text: string): string | undefined {
  const plain = padPlain(text);
  if (plain !== undefined) return plain;
  if (!isDecimalText(text)) return undefined;
  const { units, scale } = parseDecimal(text);
  if (units < 0n) return undefined;
  const thousandths = scale <= 3 ? units * 10n ** BigInt(3 - scale) : exactQuotient(units, 10n ** BigInt(scale - 3));
  return thousandths === undefined || thousandths > MAX_THOUSANDTHS ? undefined : formatThousandths(thousandths);
}

/** PRICE and PRICEUNIT. */
export interface OciPrice {
  price: string;
  priceUnit: string;
}

/**
 * Net price of `priceBasis` units as PRICE per PRICEUNIT, exactly (oci.md 8.3): 0.0125 per 1 -> 12.500 per 1000.
 * Undefined if no whole PRICEUNIT of at most 5 digits makes it exact, and for a negative price.
 */
export function writePrice(unitPrice: string, priceBasis: string): OciPrice | undefined {
  if (priceBasis === '1') {
    const price = padPlain(unitPrice);
    if (price !== undefined) return { price, priceUnit: '1' };
  }
  if (!isDecimalText(unitPrice) || !isDecimalText(priceBasis)) return undefined;
  const price = parseDecimal(unitPrice);
  const basis = parseDecimal(priceBasis);
  if (price.units < 0n || basis.units <= 0n) return undefined;
  for (const power of SCALES) {
    const thousandths = shift(price.units, power + 3 - price.scale);
    const unit = shift(basis.units, power - basis.scale);
    if (thousandths !== undefined && unit !== undefined && fits(thousandths, unit))
      return { price: formatThousandths(thousandths), priceUnit: unit.toString() };
  }
  // The smallest exact pair: the fraction in lowest terms.
  const numerator = price.units * 10n ** BigInt(3 + basis.scale);
  const denominator = basis.units * 10n ** BigInt(price.scale);
  const divisor = greatestCommonDivisor(numerator, denominator);
  const [thousandths, unit] = [numerator / divisor, denominator / divisor];
  return fits(thousandths, unit) ? { price: formatThousandths(thousandths), priceUnit: unit.toString() } : undefined;
}

/** The common case without big integers: at most 11 digits, no leading zero, at most 3 after the point. */
function padPlain(text: string): string | undefined {
  let point = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x2e && point < 0) point = at;
    else if (code < 0x30 || code > 0x39) return undefined;
  }
  const whole = point < 0 ? text.length : point;
  if (whole === 0 || whole > 11 || (whole > 1 && text.charCodeAt(0) === 0x30)) return undefined;
  switch (point < 0 ? 0 : text.length - point) {
    case 0:
      return `${text}.000`;
    case 2:
      return `${text}00`;
    case 3:
      return `${text}0`;
    case 4:
      return text;
    default:
      return undefined;
  }
}

function fits(thousandths: bigint, unit: bigint): boolean {
  return unit <= MAX_PRICE_UNIT && thousandths <= MAX_THOUSANDTHS;
}

/** `units` x 10^power; undefined if that is not a whole number. */
function shift(units: bigint, power: number): bigint | undefined {
  return power >= 0 ? units * 10n ** BigInt(power) : exactQuotient(units, 10n ** BigInt(-power));
}

function exactQuotient(dividend: bigint, divisor: bigint): bigint | undefined {
  return dividend % divisor === 0n ? dividend / divisor : undefined;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function formatThousandths(thousandths: bigint): string {
  const digits = thousandths.toString().padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
