import type { FieldRule, Transform } from '../../domain/mapping/mapping.js';
import { type SourceContext, sourceReader } from './read-source.js';
import { formatDecimal, multiply, parseDecimal, round, trimZeros, readDecimal } from '../../domain/decimal.js';
import { characterCount, cutText } from '../oci/write/cut-text.js';

/** Value of a rule for a line; undefined: the writer's default stays. */
export type FieldValue = (context: SourceContext) => string | undefined;

/**
 * Compiles a rule for many lines. Blank counts as empty. An empty value is not transformed, so padding never creates
 * one.
 */
export function fieldValue({ from, fallbacks = [], fixed, transforms = [] }: FieldRule): FieldValue {
  const sources = [...(from === undefined ? [] : [from]), ...fallbacks].map(sourceReader);
  return (context) => {
    for (const read of sources) {
      let value = read(context) ?? '';
      for (const transform of transforms) {
        if (value.trim() === '') break;
        value = transformValue(value, transform);
      }
      if (value.trim() !== '') return value;
    }
    return fixed;
  };
}

/** All rules of one protocol, in the order of the settings. */
export function fieldValues(rules: Record<string, FieldRule> | undefined): [field: string, value: FieldValue][] {
  return Object.entries(rules ?? {}).map(([field, rule]) => [field, fieldValue(rule)]);
}

/** Applies one transform of a field rule (see domain/mapping/mapping.ts). */
export function transformValue(value: string, transform: Transform): string {
  if (transform === 'trim') return value.trim();
  if (transform === 'upper') return value.toUpperCase();
  if (transform === 'lower') return value.toLowerCase();
  if ('maxLength' in transform)
    return transform.unit === 'bytes' ? cutBytes(value, transform.maxLength) : cutText(value, transform.maxLength);
  if ('pad' in transform) return padded(value, transform.pad);
  if ('scale' in transform) return scaled(value.trim(), transform.scale);
  if ('lookup' in transform) {
    const { table, otherwise } = transform.lookup;
    return (Object.hasOwn(table, value) ? table[value] : otherwise) ?? '';
  }
  return Array.from(value, (character) => (transform.remove.includes(character) ? '' : character)).join('');
}

/** At most `max` bytes of UTF-8, whole characters only. */
function cutBytes(text: string, max: number): string {
  // A UTF-16 unit has at most 3 bytes.
  if (text.length * 3 <= max || Buffer.byteLength(text, 'utf8') <= max) return text;
  let points = 0;
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character, 'utf8');
    if (bytes > max) break;
    points += 1;
  }
  const cut = cutText(text, points);
  return Buffer.byteLength(cut, 'utf8') <= max ? cut : Array.from(text).slice(0, points).join('');
}

function padded(
  text: string,
  { length, with: filler, side = 'start' }: { length: number; with: string; side?: 'start' | 'end' },
): string {
  const missing = filler.repeat(Math.max(0, length - characterCount(text)));
  return side === 'start' ? missing + text : text + missing;
}

function scaled(text: string, { by, digits }: { by: string; digits?: number }): string {
  const number = readDecimal(text);
  if (number === undefined) return '';
  const product = multiply(parseDecimal(number), parseDecimal(by));
  return formatDecimal(digits === undefined ? trimZeros(product) : round(product, digits));
}
