/** NUL, and half of a surrogate pair: PostgreSQL holds neither, in no type. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** Where in a parsed document the first text, or name of a member, stands that is not storable: `buyer.name`. Undefined: nowhere. */
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
