import type { NameValue } from '../domain/transmission/setup-request.js';
import { decodeCharacterReferences } from './form/form-text.js';
import { isSecretFieldName } from './secret-name.js';
import { maskSecretMarkup } from './xml/mask-secret-markup.js';

const REDACTED = '[redacted]';

/** A "<" inside other markup, JSON, a query or a MIME part. */
const ESCAPED = /(?:&|%(?:25)*26)(?:amp(?:;|%3b))*(?:lt|#0*60|#x0*3c)(?:;|%3b)|%(?:25)*3c|\\u003c|=3c/i;
const MOST_ESCAPES = 5;
/** A text without any of these has no markup, no escape, no parameter and no URL. Most values are such texts. */
const MAY_HIDE = /[<&=%\\\0]|:\/\//;
/** A parameter of a URL or form inside a text, plain or escaped. */
const PARAMETER = /(^|[?&;\s]|%(?:25){0,4}(?:3f|26))([\w.~-]{1,60})(=|%(?:25){0,4}3d)[^&"'<>\s]+/gi;
/** `https://user:password@host/`, also cut off; a port does not match. */
const PASSWORD_IN_URL = /(:\/\/[^\s/?#@:[<>"']{0,200}:)(?!\d{1,5}(?:[\s/?#<>"'&]|$))[^\s/?#@<>"']{1,200}/g;
const BASE64 = /^[A-Za-z\d+/=\s]{24,}$/;
/** Characters that never occur in the name of a form field, but in a body that is not a form. */
const NOT_IN_NAMES = /[{}"<>\r\n]/;
const LONGEST_NAME = 200;

/**
 * A cXML document without its secrets (T62). Also works on text that is not XML, and on XML that is escaped inside
 * other text; escapes are removed if they hide a secret.
 */
export function redactXml(text: string): string {
  if (!MAY_HIDE.test(text)) return text;
  let plain = maskSecretMarkup(text.includes('\0') ? text.replaceAll('\0', '') : text, REDACTED);
  let shown = plain;
  for (let round = 0; ESCAPED.test(plain); round += 1) {
    if (round === MOST_ESCAPES) return '[escaped too often to be shown]';
    const decoded = withoutEscapes(plain);
    plain = maskSecretMarkup(decoded, REDACTED);
    if (plain !== decoded) shown = plain;
  }
  return redactUrls(shown);
}

function withoutEscapes(text: string): string {
  return decodeCharacterReferences(text).replace(
    /%([\da-f]{2})|\\u00([\da-f]{2})|=([\da-f]{2})/gi,
    (_, ...codes: (string | undefined)[]) =>
      String.fromCharCode(Number.parseInt(codes[0] ?? codes[1] ?? codes[2] ?? '', 16)),
  );
}

/** Removes the values of secret parameters, such as the `token` of start links and return pages. */
export function redactUrls(text: string): string {
  return text
    .replace(PARAMETER, (parameter, before: string, name: string, equals: string) =>
      isSecretFieldName(name) ? `${before}${name}${equals}${REDACTED}` : parameter,
    )
    .replace(PASSWORD_IN_URL, `$1${REDACTED}`);
}

/** One `name=value` per line; values of secret names, including the connection's own, are removed. */
export function redactForm(pairs: readonly NameValue[], secretNames: readonly string[] = []): string {
  const own = new Set(secretNames.map((name) => name.toLowerCase()));
  const lines: string[] = [];
  for (const { name, value } of pairs) {
    const isSecret = isSecretFieldName(name) || own.has(name.toLowerCase());
    // In a body that is not a form, such as JSON or "password: x", a secret may contain "&" and "=".
    const [beforeColon = '', colon] = name.split(/(:)/, 2);
    const isLine = colon !== undefined && (isSecret || isSecretFieldName(beforeColon));
    if (NOT_IN_NAMES.test(name) || name.length > LONGEST_NAME || isLine) {
      lines.push('[not a form from here on]');
      break;
    }
    lines.push(`${name}=${isSecret ? REDACTED : redactValue(value)}`);
  }
  return lines.join('\n');
}

/** A text that may be JSON, XML or base64 of either. */
function redactValue(value: string): string {
  if (/^\s*(?:\{|\[\s*[{["])/.test(value)) return redactJson(value);
  if (BASE64.test(value)) {
    const decoded = Buffer.from(value, 'base64').toString('latin1');
    return redactXml(decoded) === decoded ? value : REDACTED;
  }
  return redactXml(value);
}

/** JSON text with the values of secret names replaced at any depth. Text that is not JSON is left out. */
export function redactJson(text: string): string {
  try {
    return redactUrls(
      JSON.stringify(JSON.parse(text), (name, value: unknown) =>
        isSecretFieldName(name) ? REDACTED : typeof value === 'string' ? redactValue(value) : value,
      ),
    );
  } catch {
    return '[not JSON]';
  }
}
