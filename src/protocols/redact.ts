import type { NameValue } from '../domain/transmission/setup-request.js';

const REDACTED = '[redacted]';

/**
 * An element that may hold a secret: its name, its attributes, and what stands up to the next tag, with or without an end, in CDATA and around
 * comments. It cannot fail once it has begun, so each byte is read once, whatever a stranger sends (SECURITY T67).
 */
const ELEMENT = /(<(?:[\w.-]+:)?(?:SharedSecret|CredentialMac|DigitalSignature|(Extrinsic))\b)([^>]*>?)(?:<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|[^<]+)*/gi;
/** In a tag that is written otherwise (`<SharedSecret abc</SharedSecret>`) the secret itself may stand. */
const ATTRIBUTES = /^(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*\/?>$/;
const SECRET_EXTRINSIC = /\bname\s*=\s*["'][^"']*(?:pass|pwd|secret|token)/i;
/** Start links and return pages are opened by what stands behind their `token=`. */
const TOKEN_IN_URL = /([?&;](?:amp;)?token=)[^&"'<>\s]+/gi;
const SECRET_NAME = /pass|pwd|secret|api[_-]?key|token|authorization/i;

/** A cXML document without its secrets (SECURITY T62). Works on what is no XML at all. */
export function redactXml(text: string): string {
  return redactUrls(text.replace(ELEMENT, (element, name: string, extrinsic: string | undefined, attributes: string) => {
    if (!ATTRIBUTES.test(attributes)) return name + REDACTED;
    return extrinsic === undefined || SECRET_EXTRINSIC.test(attributes) ? name + attributes + REDACTED : element;
  }));
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
