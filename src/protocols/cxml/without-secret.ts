import { maskSecretMarkup } from '../xml/mask-secret-markup.js';

/**
 * SharedSecret and copies of it (SharedSecret1). The regular expression never backtracks, so each byte is read once
 * (SECURITY T67).
 */
const SECRET = /(<(?:[\w.-]+:)?SharedSecret[^>]*>?)[^<]*(?:<(?!\/(?:[\w.-]+:)?SharedSecret)[^<]*)*/gi;

/**
 * A body fit to be kept: what is secret in its document is gone, and SharedSecret round it; all else is byte for byte.
 * `root`: the document in it, decoded; where it does not stand in the body as it is (base64), it is kept in the body's
 * place, and where its secret cannot be found (UTF-16), nothing is.
 */
export function withoutSecret(body: Uint8Array, root: Buffer, hasSecret: boolean): Buffer {
  const whole = Buffer.from(body);
  const text = (whole.includes(root) ? whole : root).toString('latin1');
  const document = root.toString('latin1');
  const start = text.indexOf(document);
  const end = start + document.length;
  // Attachments are not searched for other secrets: any bytes may stand in them.
  const masked =
    text.slice(0, start).replace(SECRET, '$1') +
    maskSecretMarkup(document, '') +
    text.slice(end).replace(SECRET, '$1');
  if (masked !== text) return Buffer.from(masked, 'latin1');
  return hasSecret ? Buffer.alloc(0) : whole;
}
