import { isDeepStrictEqual } from 'node:util';

/** Records the findings of a journey. */
export interface Checks {
  holds(what: string, condition: boolean, otherwise?: unknown): void;
  equal(what: string, actual: unknown, expected: unknown): void;
}

export interface Tally extends Checks {
  passed: number;
  failed: number;
}

/** Prints every check immediately. */
export function tally(print: (line: string) => void): Tally {
  const checks: Tally = {
    passed: 0,
    failed: 0,
    holds(what, condition, otherwise) {
      if (condition) checks.passed += 1;
      else checks.failed += 1;
      print(condition ? `  ok    ${what}` : `  FAIL  ${what}${otherwise === undefined ? '' : `: ${shown(otherwise)}`}`);
    },
    equal(what, actual, expected) {
      checks.holds(what, isDeepStrictEqual(actual, expected), `${shown(actual)} instead of ${shown(expected)}`);
    },
  };
  return checks;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

/** Waits until the condition holds; rejects after `timeoutMs`. */
export async function until(condition: () => boolean, what: string, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
