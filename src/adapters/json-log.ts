import { type DestinationStream, type Logger as Pino, pino } from 'pino';

/** Property names of secrets in our own objects. Whole bodies and headers are never logged (T62). */
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
 * Characters that JSON allows but that control a terminal or deceive a reader: control characters, line separators,
 * writing directions (T61).
 */
const NOT_PLAIN = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Maximum bytes buffered for a slow reader; further lines are lost. */
const MOST_WAITING = 8 * 1024 * 1024;

/** Writes lines to a file descriptor without blocking; buffers at most 8 MiB. */
export function outputTo(descriptor: number): ReturnType<typeof pino.destination> {
  return pino.destination({ dest: descriptor, sync: false, maxLength: MOST_WAITING });
}

/** JSON lines on standard output. Secrets are removed down to the third level, texts are cut after 4,000 characters. */
export function jsonLog(level: string, output: DestinationStream = outputTo(1)): Pino {
  // Errors are serialized by `withoutSecrets`, so pino must not do it again.
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

/**
 * Returns the same object where it holds no secret, which is the usual case: pino's own `redact` takes five times as
 * long as the rest of a line.
 */
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

/** The same JSON, with escapes for characters that are not plain. */
function plain(line: string): string {
  return line.replace(NOT_PLAIN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
