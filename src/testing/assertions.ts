import assert from 'node:assert/strict';

/** Every field of `part` stands in `actual`; a list matches a list of the same length, a RegExp a text. */
export function assertMatches(actual: unknown, part: unknown, where = 'value'): void {
  if (part instanceof RegExp) {
    assert.ok(
      typeof actual === 'string' && part.test(actual),
      `${where}: ${show(actual)} does not match ${String(part)}`,
    );
  } else if (Array.isArray(part)) {
    assert.ok(
      Array.isArray(actual) && actual.length === part.length,
      `${where}: ${show(actual)} is no list of ${part.length}`,
    );
    for (const [index, each] of part.entries()) assertMatches(actual[index], each, `${where}[${index}]`);
  } else if (typeof part === 'object' && part !== null) {
    assert.ok(typeof actual === 'object' && actual !== null, `${where}: ${show(actual)} is no object`);
    for (const [name, each] of Object.entries(part))
      assertMatches((actual as Record<string, unknown>)[name], each, `${where}.${name}`);
  } else assert.deepEqual(actual, part, `${where}: ${show(actual)} is not ${show(part)}`);
}

/** `act` throws PunchoutError with that code; its message is given back. */
export async function assertRefuses(act: () => Promise<unknown>, code: string, where: string): Promise<string> {
  let outcome: unknown;
  try {
    outcome = await act();
  } catch (error) {
    assertMatches(error, { name: 'PunchoutError', code }, where);
    return (error as Error).message;
  }
  assert.fail(`${where}: answered ${show(outcome)} instead of ${code}`);
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 500);
}
