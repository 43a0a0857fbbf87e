const NUMBER = /^\d{0,30}(?:[.,]\d{0,30})?$/;
const MAX_WHOLE_DIGITS = 11;
const MAX_FRACTION_DIGITS = 10;

/**
 * A number as shops write it, read tolerantly (OCI.md 5): blanks round it, a decimal comma, leading zeros, `.5` and `5.` are fine.
 * Undefined for a sign, a thousands mark beside a decimal mark, an exponent, hexadecimal, more than 11 digits before or 10 behind
 * the point. The result is decimal text without leading zeros; zeros behind the point stay.
 */
export function readNumber(text: string): string | undefined {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed) || trimmed === '' || trimmed === '.' || trimmed === ',') return undefined;
  const mark = Math.max(trimmed.indexOf('.'), trimmed.indexOf(','));
  const whole = stripLeadingZeros(mark < 0 ? trimmed : trimmed.slice(0, mark));
  const fraction = mark < 0 ? '' : trimmed.slice(mark + 1);
  if (whole.length > MAX_WHOLE_DIGITS || fraction.length > MAX_FRACTION_DIGITS) return undefined;
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function stripLeadingZeros(digits: string): string {
  let from = 0;
  while (from < digits.length - 1 && digits.charCodeAt(from) === 0x30) from += 1;
  return digits === '' ? '0' : digits.slice(from);
}
