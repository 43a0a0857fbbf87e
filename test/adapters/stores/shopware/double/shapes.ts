export interface ShapeRules {
  /** Paths that the double may omit, with everything below, `deliveries[].location`. */
  omitted: readonly string[];
  /** Paths whose values must be equal too. */
  exact: RegExp;
}

/** Lists where an answer differs from a recorded one in keys and types (and in values where they must be equal). */
export function shapeDifferences(recorded: unknown, answered: unknown, rules: ShapeRules, path = ''): string[] {
  const [expected, got] = [typeName(recorded), typeName(answered)];
  if (expected !== got) return [`${path}: recorded ${expected}, answered ${got}`];
  if (Array.isArray(recorded) && Array.isArray(answered)) {
    if (recorded.length > 0 !== answered.length > 0 || (rules.exact.test(path) && recorded.length !== answered.length))
      return [`${path}: recorded ${recorded.length} entries, answered ${answered.length}`];
    return answered.flatMap((each, index) =>
      shapeDifferences(recorded[Math.min(index, recorded.length - 1)], each, rules, `${path}[]`),
    );
  }
  if (isObject(recorded) && isObject(answered)) {
    const below = (key: string): string => (path === '' ? key : `${path}.${key}`);
    const invented = Object.keys(answered)
      .filter((key) => !(key in recorded))
      .map((key) => `${below(key)}: not recorded`);
    const missing = Object.keys(recorded)
      .filter((key) => !(key in answered) && !rules.omitted.includes(below(key)))
      .map((key) => `${below(key)}: not answered`);
    const inside = Object.keys(answered)
      .filter((key) => key in recorded)
      .flatMap((key) => shapeDifferences(recorded[key], answered[key], rules, below(key)));
    return [...invented, ...missing, ...inside];
  }
  return rules.exact.test(path) && recorded !== answered
    ? [`${path}: recorded ${String(recorded)}, answered ${String(answered)}`]
    : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeName(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}
