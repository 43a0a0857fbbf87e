import { type DestinationStream, type Logger as Pino, pino } from 'pino';

/**
 * Secrets by the names they have in our own objects; whole bodies and headers are never logged in the first place
 * (T62).
 */
const SECRET_NAMES = new Set([
  'password',
  'PASSWORD',
  'sharedSecret',
  'SharedSecret',
  'secret',
  'secrets',
  'token',
  'api_key',
  'apiKey',
  'authorization',
  'cookie',
  'claimSecret',
  'x-shopware-connect-key',
]);
const LEVELS = 3;
const LONGEST_TEXT = 4_000;
/**
 * What JSON lets through and a terminal obeys, or a reader is deceived by: control characters, line separators, writing
 * directions (T61).
 */
const NOT_PLAIN = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** What waits for a reader that does not read, in bytes; lines beyond it are lost. */
const MOST_WAITING = 8 * 1024 * 1024;

/** Lines go to a file descriptor without waiting for whoever reads them, at most 8 MiB ahead of them. */
export function outputTo(descriptor: number): ReturnType<typeof pino.destination> {
  return pino.destination({ dest: descriptor, sync: false, maxLength: MOST_WAITING });
}

/** JSON lines on standard output, secrets cut out to the third level, texts of more than 4,000 characters cut short. */
export function jsonLog(level: string, output: DestinationStream = outputTo(1)): Pino {
  // An error is written out where it is looked through, and not once more.
  return pino(
    {
      level,
      hooks: { streamWrite: plain },
      formatters: { log: (facts) => withoutSecrets(facts, LEVELS) },
      serializers: { err: (written: unknown) => written },
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    output,
  );
}

/** The same object where there is nothing to cut out, which is nearly always: pino's own `redact` takes five times as long as all the rest of a line. */
function withoutSecrets(facts: Record<string, unknown>, levels: number): Record<string, unknown> {
  let clean = facts;
  for (const [name, value] of Object.entries(facts)) {
    const shown = SECRET_NAMES.has(name)
      ? '[redacted]'
      : levels > 1 && isObject(value)
        ? withoutSecrets(value instanceof Error ? pino.stdSerializers.err(value) : value, levels - 1)
        : cutShort(value);
    if (shown === value) continue;
    if (clean === facts) clean = Object.assign(Array.isArray(facts) ? [] : {}, facts);
    clean[name] = shown;
  }
  return clean;
}

function cutShort(value: unknown): unknown {
  return typeof value === 'string' && value.length > LONGEST_TEXT
    ? `${value.slice(0, LONGEST_TEXT)} [${value.length} characters]`
    : value;
}

/** The same JSON, with references for the characters that are not plain. */
function plain(line: string): string {
  return line.replace(NOT_PLAIN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
