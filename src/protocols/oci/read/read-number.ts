import type { DecimalText } from '../../../domain/decimal.js';
import { readDecimal } from '../../../domain/read-decimal.js';

const PLAIN = /^\d{1,11}(?:\.\d{1,10})?$/;

/**
 * Reads a number of an OCI form tolerantly (OCI.md 5): blanks around it, leading zeros, `.5`, `5.`, and a decimal
 * comma. A comma is always the decimal sign, since OCI has no group mark (OCI.md 3): `1,234` is 1.234, and `1,234.5` is
 * refused.
 * Undefined for a sign, an exponent, and more than 11 digits before or 10 behind the point.
 */
export function readNumber(text: string): DecimalText | undefined {
  const number = /^\s*[+-]/.test(text) ? undefined : readDecimal(text, { comma: 'decimal' });
  return number !== undefined && PLAIN.test(number) ? number : undefined;
}
