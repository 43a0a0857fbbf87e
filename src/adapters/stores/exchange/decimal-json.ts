/** JSON as we read it: numbers keep their literal text, so that no amount ever passes through a float (T52). */
export type Json = null | boolean | string | Json[] | { [key: string]: Json };

/** A string (kept, with its end or without), or a number outside of one. Both alternatives advance without backtracking. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON with every number as the text it was written with: 31.9 -> '31.9'. Node 20's JSON.parse does not yet hand
 * that text to its reviver. Throws SyntaxError like JSON.parse.
 */
export function parseDecimalJson(text: string): Json {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON.parse gives exactly these types, and no number is left
  return JSON.parse(text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`))) as Json;
}
