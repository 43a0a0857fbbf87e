/** A rule of the mapping is one value: it is replaced and never merged. */
const RULES_DEPTH = 3;

/**
 * The settings with what `change` names and nothing else changed. Objects are merged, other values replace. Null takes
 * a setting back, so that its preset or default is in force again.
 */
export function mergeSettings(settings: object, change: object): object {
  return merged(settings, change, 0) as object;
}

function merged(own: unknown, change: unknown, depth: number): unknown {
  if (!isObject(change) || depth >= RULES_DEPTH) return change;
  const result: Record<string, unknown> = isObject(own) ? { ...own } : {};
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete result[name];
    else if (Object.hasOwn(result, name)) result[name] = merged(result[name], value, depth + 1);
    else define(result, name, merged(undefined, value, depth + 1));
  }
  return result;
}

/**
 * What somebody else has saved, with the edits that were made to an earlier state. A setting that both have changed is
 * as it was edited. `RULES_DEPTH` as above.
 */
export function mergeEdits({ from, edited, saved }: { from: object; edited: object; saved: object }): object {
  return mergedEdits(from, edited, saved, 0) as object;
}

function mergedEdits(from: unknown, edited: unknown, saved: unknown, depth: number): unknown {
  if (JSON.stringify(from) === JSON.stringify(edited)) return saved;
  if (!isObject(edited) || !isObject(saved) || depth >= RULES_DEPTH) return edited;
  const before = isObject(from) ? from : {};
  const [own, theirs] = [Object.keys(edited), Object.keys(saved)];
  // Whoever has changed the order of rules decides about it; the names of the other one follow.
  const names = isOtherOrder(Object.keys(before), own) ? [...own, ...theirs] : [...theirs, ...own];
  const result: Record<string, unknown> = {};
  for (const name of new Set(names)) {
    const [old, mine, other] = [before, edited, saved].map((settings) =>
      Object.hasOwn(settings, name) ? settings[name] : undefined,
    );
    const value = mergedEdits(old, mine, other, depth + 1);
    if (value !== undefined) define(result, name, value);
  }
  return result;
}

function isOtherOrder(before: readonly string[], after: readonly string[]): boolean {
  const kept = new Set(after.filter((name) => before.includes(name)));
  return before.filter((name) => kept.has(name)).join('\n') !== [...kept].join('\n');
}

/** `__proto__` of a JSON document is a name like any other, and refused by the schema. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The rules of a mapping are applied in their order. */
const IN_ORDER = /(?:^|\.)mapping\.(?:cxml|oci)$/;

/**
 * Dotted paths of the settings that differ, each with its value before and after; of rules in another order their
 * names. At most `most` of them.
 */
export function changedSettings(
  before: object,
  after: object,
  most = 100,
): { path: string; before: unknown; after: unknown }[] {
  const changes: { path: string; before: unknown; after: unknown }[] = [];
  const visit = (path: string, old: unknown, fresh: unknown): void => {
    if (changes.length >= most || JSON.stringify(old) === JSON.stringify(fresh)) return;
    if (isObject(old) && isObject(fresh)) {
      for (const name of new Set([...Object.keys(old), ...Object.keys(fresh)]))
        visit(path === '' ? name : `${path}.${name}`, old[name], fresh[name]);
      const [names, now] = [Object.keys(old), Object.keys(fresh)];
      if (IN_ORDER.test(path) && changes.length < most && isOtherOrder(names, now))
        changes.push({ path, before: names, after: now });
    } else changes.push({ path, before: old ?? null, after: fresh ?? null });
  };
  visit('', before, after);
  return changes;
}
