import { redactJson, redactXml } from './redact.js';
import { isSecretFieldName } from './secret-name.js';

/** Returns the new text; undefined: unchanged. */
type Change = (text: string) => string | undefined;

interface Wish {
  /** Longer texts are checked only by their name. */
  longest?: number;
}

/**
 * A plain value (as of JSON) with `change` applied to each text that is a secret: the value of a secret name, in an
 * object or as a pair of `name` and `value`, and a text that contains one, such as an address with a password.
 */
export function withSecretTexts<Value>(value: Value, change: Change, { longest = Infinity }: Wish = {}): Value {
  const walk = (part: unknown, isSecret: boolean): unknown => {
    if (typeof part === 'string')
      return isSecret || (part.length <= longest && showsSecret(part)) ? (change(part) ?? part) : part;
    if (Array.isArray(part)) return withChangedItems(part, (each) => walk(each, isSecret));
    if (typeof part !== 'object' || part === null) return part;
    const { name } = part as { name?: unknown };
    const isNamed = typeof name === 'string' && 'value' in part && isSecretFieldName(name);
    return withChangedMembers(part, (each, key) =>
      walk(each, isSecret || isSecretFieldName(key) || (isNamed && key === 'value')),
    );
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- texts become texts, all else is as it was
  return walk(value, false) as Value;
}

/** The same with `change` applied to every text. */
export function withTexts<Value>(value: Value, change: Change): Value {
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return change(part) ?? part;
    if (Array.isArray(part)) return withChangedItems(part, walk);
    return typeof part === 'object' && part !== null ? withChangedMembers(part, walk) : part;
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- texts become texts, all else is as it was
  return walk(value) as Value;
}

/** A copy with the changed items; the same array if none has changed, as copies of large values cost time. */
function withChangedItems(items: unknown[], change: (item: unknown) => unknown): unknown[] {
  const after = items.map((item) => change(item));
  return after.every((item, nth) => item === items[nth]) ? items : after;
}

/** The same for the members of an object. */
function withChangedMembers(part: object, change: (each: unknown, key: string) => unknown): object {
  const before = Object.entries(part);
  const after = before.map(([key, each]): [string, unknown] => [key, change(each, key)]);
  return after.every(([, each], nth) => each === before[nth]?.[1]) ? part : Object.fromEntries(after);
}

function showsSecret(given: string): boolean {
  const text = given.replaceAll('\0', '');
  if (redactXml(text) !== text) return true;
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    return redactJson(text) !== JSON.stringify(JSON.parse(text));
  } catch {
    return false;
  }
}
