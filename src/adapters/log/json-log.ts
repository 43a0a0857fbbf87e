import { type Logger as Pino, pino } from 'pino';

/** Secrets by the names they have in our own objects; whole bodies and headers are never logged in the first place (SECURITY T62). */
const SECRET_NAMES = ['password', 'PASSWORD', 'sharedSecret', 'SharedSecret', 'secret', 'secrets', 'token', 'api_key', 'apiKey', 'authorization', 'cookie', 'claimSecret', 'x-shopware-connect-key'];

/** JSON lines on standard output, secrets cut out to the third level. */
export function jsonLog(level: string): Pino {
  const paths = SECRET_NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);
  return pino({ level, redact: { paths, censor: '[redacted]' }, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 1, sync: false }));
}
