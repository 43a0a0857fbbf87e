/**
 * Twice the depth of any document of ours, of a shop's API or of GraphQL. Functions that walk a value need a stack of
 * that depth.
 */
export const DEEPEST_JSON = 100;

const [QUOTE, BACKSLASH, OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x7b, 0x5d, 0x7d];

export class JsonTooDeep extends SyntaxError {
  constructor() {
    super(`JSON may be nested ${DEEPEST_JSON} levels deep.`);
  }
}

/**
 * Like JSON.parse, but throws JsonTooDeep for text that is nested deeper than `DEEPEST_JSON`. Linear: one pass before
 * parsing.
 */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new JsonTooDeep();
  return JSON.parse(text);
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inText) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if ((depth += 1) > DEEPEST_JSON) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}

/** NUL and lone surrogates: PostgreSQL stores neither, in any type. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/**
 * Path of the first text or member name in a parsed document that cannot be stored: `buyer.name`. Undefined if all can.
 */
export function unstorableAt(value: unknown, path: readonly (string | number)[] = []): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : nameOf(path);
  if (typeof value !== 'object' || value === null) return undefined;
  const members: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [name, member] of members) {
    const at = typeof name === 'string' && !isStorable(name) ? nameOf(path) : unstorableAt(member, [...path, name]);
    if (at !== undefined) return at;
  }
  return undefined;
}

function nameOf(path: readonly (string | number)[]): string {
  return path.length === 0
    ? 'The body'
    : path
        .map((part) => String(part).slice(0, 40))
        .slice(0, 8)
        .join('.');
}
