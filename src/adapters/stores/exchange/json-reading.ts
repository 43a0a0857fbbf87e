import { type DecimalText, readDecimal } from '../../../domain/decimal.js';

/*
 * Reads a shop's answers without trusting them: anything may be null, an empty PHP map arrives as [], and values that
 * are missing or of another type read as undefined.
 */

/** The value at a path of keys. */
export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let found = value;
  for (const key of path) {
    if (
      found === undefined ||
      found === null ||
      typeof found !== 'object' ||
      Array.isArray(found) ||
      !Object.hasOwn(found, key)
    )
      return undefined;
    found = found[key];
  }
  return found;
}

/** Non-empty text (or the text of a number). */
export function textAt(value: Json | undefined, ...path: string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function flagAt(value: Json | undefined, ...path: string[]): boolean {
  return at(value, ...path) === true;
}

export function listAt(value: Json | undefined, ...path: string[]): Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Entries of a map that PHP writes as {} or, when empty, as []. */
export function entriesAt(value: Json | undefined, ...path: string[]): [string, Json][] {
  const found = at(value, ...path);
  return found === undefined || found === null || typeof found !== 'object' || Array.isArray(found)
    ? []
    : Object.entries(found);
}

/** A number as plain decimal text; PHP writes very small and very large ones with an exponent (1.0e-7). */
export function decimalAt(value: Json | undefined, ...path: string[]): DecimalText | undefined {
  return readDecimal(textAt(value, ...path), { exponent: true });
}

/** JSON in which numbers keep their literal text, so that no amount passes through a float (T52). */
export type Json = null | boolean | string | Json[] | { [key: string]: Json };

/** A string (kept, terminated or not), or a number outside of one. Both alternatives match without backtracking. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON with every number as its source text: 31.9 -> '31.9'. Node 20's JSON.parse does not pass that text to its
 * reviver. Throws SyntaxError like JSON.parse.
 */
export function parseDecimalJson(text: string): Json {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON.parse returns exactly these types
  return JSON.parse(text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`))) as Json;
}
