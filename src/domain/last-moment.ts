const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Adding a day or a time zone can lead beyond the year 9999. Neither ISO 8601 nor our figures can write that in four
 * digits, and PostgreSQL does not read what JavaScript writes then.
 */
export function notLater(ms: number): Date {
  return new Date(Math.min(ms, LAST_MS));
}
