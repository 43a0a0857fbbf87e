import type { NameValue } from '../domain/transmission/setup-request.js';

const REDACTED = '[redacted]';

/** Elements whose content is a secret, with or without their end, in CDATA or not. */
const SECRET_ELEMENT = /(<(?:[\w.-]+:)?(?:SharedSecret|CredentialMac|DigitalSignature)\b[^>]*>)(?:\s*<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|[^<]+)*/gi;
const SECRET_EXTRINSIC = /(<(?:[\w.-]+:)?Extrinsic\b[^>]*\bname\s*=\s*["'][^"']*(?:pass|pwd|secret|token)[^"']*["'][^>]*>)(?:\s*<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|[^<]+)*/gi;
/** Start links and return pages are opened by what stands behind their `token=`. */
const TOKEN_IN_URL = /([?&;](?:amp;)?token=)[^&"'<>\s]+/gi;
const SECRET_NAME = /pass|pwd|secret|api[_-]?key|token|authorization/i;

/** A cXML document without its secrets (SECURITY T62). Works on what is no XML at all. */
export function redactXml(text: string): string {
  return redactUrls(text.replace(SECRET_ELEMENT, `$1${REDACTED}`).replace(SECRET_EXTRINSIC, `$1${REDACTED}`));
}

export function redactUrls(text: string): string {
  return text.replace(TOKEN_IN_URL, `$1${REDACTED}`);
}

/** One `name=value` a line; values of secret names, the connection's own among them, are left out. */
export function redactForm(pairs: readonly NameValue[], secretNames: readonly string[] = []): string {
  const own = new Set(secretNames.map((name) => name.toLowerCase()));
  return pairs.map(({ name, value }) => `${name}=${SECRET_NAME.test(name) || own.has(name.toLowerCase()) ? REDACTED : redactUrls(value)}`).join('\n');
}

/** JSON text with the values of secret names replaced at any depth; text that is no JSON is not told. */
export function redactJson(text: string): string {
  try {
    return redactUrls(JSON.stringify(JSON.parse(text), (name, value: unknown) => (SECRET_NAME.test(name) ? REDACTED : value)));
  } catch {
    return '[not JSON]';
  }
}
