/** Our names for the wire's: `session_id` -> `sessionId`, in all depths; moments (`…_at`) become Dates. Keys of `details` stay as they are. */
export function fromWire(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((part) => fromWire(part));
  if (typeof value === 'object' && value !== null) {
    if (name === 'details') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key.replace(/_[a-z]/g, (letters) => letters.slice(1).toUpperCase()),
        fromWire(part, key),
      ]),
    );
  }
  return typeof value === 'string' && name.endsWith('_at') ? new Date(value) : value;
}

/** The wire's names for ours; what is undefined is left out, a Date becomes its moment. */
export function toWire(values: object): Record<string, unknown> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]: [string, unknown]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value instanceof Date ? value.toISOString() : value,
    ]),
  );
}
