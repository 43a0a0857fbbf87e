/** Milliseconds for one exchange with the shop, and for one operation with all its exchanges. */
export interface StoreTimeouts {
  requestMs?: number;
  operationMs?: number;
}

/**
 * Reads the variables that end in _REQUEST_MS and _OPERATION_MS; undefined where none is set. Adds every fault to
 * `faults`.
 */
export function timeoutsOf(variables: Record<string, string | undefined>, faults: string[]): StoreTimeouts | undefined {
  const set = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined);
  for (const [name, text] of set)
    if (!/^\d{3,5}$/.test(text) || Number(text) < 100 || Number(text) > 60_000)
      faults.push(`${name}: milliseconds from 100 to 60000`);
  return set.length === 0
    ? undefined
    : Object.fromEntries(
        set.map(([name, text]) => [name.endsWith('_REQUEST_MS') ? 'requestMs' : 'operationMs', Number(text)]),
      );
}
