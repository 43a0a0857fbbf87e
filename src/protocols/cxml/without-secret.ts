/**
 * SharedSecret and copies of it (SharedSecret1). The regular expression never backtracks, so each byte is read once
 * (SECURITY T67).
 */
const SECRET = /(<(?:[\w.-]+:)?SharedSecret[^>]*>?)[^<]*(?:<(?!\/(?:[\w.-]+:)?SharedSecret)[^<]*)*/gi;

/**
 * The body without its SharedSecret, otherwise byte for byte, to be kept. `root` is the decoded document in it. Where
 * the document does not stand in the body as it is (base64), the document is kept instead of the body. Where its secret
 * cannot be found (UTF-16), nothing is kept.
 */
export function withoutSecret(body: Uint8Array, root: Buffer, hasSecret: boolean): Buffer {
  const whole = Buffer.from(body);
  const text = (whole.includes(root) ? whole : root).toString('latin1');
  const masked = text.replace(SECRET, '$1');
  if (masked !== text) return Buffer.from(masked, 'latin1');
  return hasSecret ? Buffer.alloc(0) : whole;
}
