import type { NameValue } from '../domain/transmission/setup-request.js';
import { decodeCharacterReferences } from './form/character-references.js';

const REDACTED = '[redacted]';

/**
 * An element that may hold a secret (SharedSecret1 and the like are copies of one): its name, its attributes, and its
 * content up to the next tag, closed or not, with CDATA and comments. The regular expression never backtracks, so each
 * byte is read once, whatever is sent (SECURITY T67).
 */
const ELEMENT =
  /(<(?:[\w.-]+:)?(?:SharedSecret[\w.-]*|Secret|Password|CredentialMac|DigitalSignature|(Extrinsic))\b)([^>]*>?)(?:<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|[^<]+)*/gi;
const SECRET_TAG = /^<(?:[\w.-]+:)?(?:SharedSecret|Secret|Password|CredentialMac|DigitalSignature)/i;
/** The start tag of such an element inside other markup, JSON, a query or a MIME part. */
const ESCAPED =
  /(?:(?:&|%(?:25)*26)(?:amp(?:;|%3b))*(?:lt|#0*60|#x0*3c)(?:;|%3b)|%(?:25)*3c|\\u003c|=3c)(?:[\w.-]+(?::|%3a))?(?:SharedSecret|Secret|Password|CredentialMac|DigitalSignature|Extrinsic)/i;
const MOST_ESCAPES = 4;
/** In a tag that is written otherwise (`<SharedSecret abc</SharedSecret>`) the secret itself may stand. */
const ATTRIBUTES = /^(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*\/?>$/;
const SECRET_EXTRINSIC = /\bname\s*=\s*["'][^"']*(?:pass|pwd|secret|token)/i;
/** Start links and return pages are opened by what stands behind their `token=`. */
const TOKEN_IN_URL = /([?&;](?:amp;)?token=)[^&"'<>\s]+/gi;
const SECRET_NAME = /pass|pwd|secret|api[_-]?key|token|authorization/i;

/**
 * A cXML document without its secrets (SECURITY T62). Also works on texts that are no XML, and on XML that is escaped
 * inside something else.
 */
export function redactXml(text: string): string {
  const plain = unescaped(text.includes('\0') ? text.replaceAll('\0', '') : text);
  if (plain === undefined) return '[escaped too often to be shown]';
  return redactUrls(
    plain.replace(ELEMENT, (element, name: string, extrinsic: string | undefined, attributes: string) => {
      if (!ATTRIBUTES.test(attributes)) return name + REDACTED;
      return extrinsic === undefined || SECRET_EXTRINSIC.test(attributes) ? name + attributes + REDACTED : element;
    }),
  );
}

/** Whether the content of this element must not be repeated. `tag`: its start tag, or the part of it that was read. */
export function isSecretTag(tag: string): boolean {
  return SECRET_TAG.test(tag) || (/^<(?:[\w.-]+:)?Extrinsic/i.test(tag) && SECRET_EXTRINSIC.test(tag));
}

/** Removes escapes while one of them hides an element that may hold a secret. Undefined after MOST_ESCAPES rounds. */
function unescaped(text: string): string | undefined {
  let plain = text;
  for (let round = 0; ESCAPED.test(plain); round += 1) {
    if (round === MOST_ESCAPES) return undefined;
    plain = decodeCharacterReferences(plain).replace(
      /%([\da-f]{2})|\\u00([\da-f]{2})|=([\da-f]{2})/gi,
      (_, ...codes: (string | undefined)[]) =>
        String.fromCharCode(Number.parseInt(codes[0] ?? codes[1] ?? codes[2] ?? '', 16)),
    );
  }
  return plain;
}

export function redactUrls(text: string): string {
  return text.replace(TOKEN_IN_URL, `$1${REDACTED}`);
}

/** One `name=value` a line; values of secret names, the connection's own among them, are left out. */
export function redactForm(pairs: readonly NameValue[], secretNames: readonly string[] = []): string {
  const own = new Set(secretNames.map((name) => name.toLowerCase()));
  return pairs
    .map(
      ({ name, value }) =>
        `${name}=${SECRET_NAME.test(name) || own.has(name.toLowerCase()) ? REDACTED : redactXml(value)}`,
    )
    .join('\n');
}

/** JSON text with the values of secret names replaced at any depth; text that is no JSON is not told. */
export function redactJson(text: string): string {
  try {
    return redactUrls(
      JSON.stringify(JSON.parse(text), (name, value: unknown) =>
        SECRET_NAME.test(name) ? REDACTED : typeof value === 'string' ? redactXml(value) : value,
      ),
    );
  } catch {
    return '[not JSON]';
  }
}
