import type { NameValue } from '../domain/transmission/setup-request.js';

const REDACTED = '[redacted]';

/**
 * An element whose content is a secret: its name, its attributes, and what stands up to the next tag, with or without an end, in CDATA and
 * around comments. Neither pattern can fail once it has begun, so each byte is read once, whatever a stranger sends (SECURITY T67).
 */
const SECRET_ELEMENT = /(<(?:[\w.-]+:)?(?:SharedSecret|CredentialMac|DigitalSignature)\b)([^>]*>?)(?:<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|[^<]+)*/gi;
const EXTRINSIC = /(<(?:[\w.-]+:)?Extrinsic\b)([^>]*>?)(?:<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|[^<]+)*/gi;
const SECRET_EXTRINSIC = /\bname\s*=\s*["'][^"']*(?:pass|pwd|secret|token)/i;
/** In a tag that is written otherwise (`<SharedSecret abc</SharedSecret>`) the secret may stand. */
const ATTRIBUTES = /^(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*\/?>$/;
/** Start links and return pages are opened by what stands behind their `token=`. */
const TOKEN_IN_URL = /([?&;](?:amp;)?token=)[^&"'<>\s]+/gi;
const SECRET_NAME = /pass|pwd|secret|api[_-]?key|token|authorization/i;

/** A cXML document without its secrets (SECURITY T62). Works on what is no XML at all. */
export function redactXml(text: string): string {
  const elements = text.replace(SECRET_ELEMENT, (_, name: string, attributes: string) => redactElement(name, attributes));
  return redactUrls(elements.replace(EXTRINSIC, (element, name: string, attributes: string) => (SECRET_EXTRINSIC.test(element) ? redactElement(name, attributes) : element)));
}

function redactElement(name: string, attributes: string): string {
  return name + (ATTRIBUTES.test(attributes) ? attributes : '') + REDACTED;
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
