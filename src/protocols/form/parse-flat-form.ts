import { Buffer, isUtf8 } from 'node:buffer';
import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { decodeBytes } from '../encodings/decode-bytes.js';
import { charsetParameter, type Encoding, encodingOfLabel } from '../encodings/encoding-of-label.js';
import { decodeWindows1252 } from './form-text.js';

/** Encoding of a form; `iso-8859-1` means windows-1252, as in browsers. */
export type FormCharset = Encoding;

/** The charset in the Content-Type of a form; UTF-8 if it is missing or unknown. */
export function formCharset(contentType: string | undefined): FormCharset {
  const encoding = encodingOfLabel(charsetParameter(contentType) ?? 'utf-8') ?? 'utf-8';
  // A body of percent escapes is ASCII in every encoding. Text that is not valid UTF-8 is read as windows-1252.
  return encoding === 'us-ascii' || encoding.startsWith('utf-16') ? 'utf-8' : encoding;
}

export interface FormLimits {
  /** Maximum number of name/value pairs; more are REQUEST_TOO_LARGE. */
  parameters: number;
}

/** architecture.md section 5: an OCI form may have 200,000 parameters. */
export const FORM_LIMITS: FormLimits = { parameters: 200_000 };

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PLUS = 0x2b;
const PERCENT = 0x25;
const SPACE = 0x20;

/**
 * Parses an application/x-www-form-urlencoded body flat: pairs in their order, brackets in names unchanged, no nesting,
 * no objects with foreign keys (T32). `bytes` is the body as received.
 * - A `%` without an escape stays unchanged, as in the URL standard: a shop that writes `100%` means that.
 * - A name or value that is not valid UTF-8 is read as windows-1252, each separately: buyers post Latin-1 without
 * declaring it, and a text that was cut inside a character must not affect the others.
 * - Bytes declared as ISO-8859-1 are read as windows-1252, which browsers write under that name. Refuses
 * INVALID_REQUEST (a NUL character, which no text may hold) and REQUEST_TOO_LARGE (too many pairs).
 */
export function parseFlatForm(
  bytes: Uint8Array,
  charset: FormCharset,
  limits: FormLimits = FORM_LIMITS,
): Outcome<NameValue[]> {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hasByteOrderMark = body.length > 2 && body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return parsePairs(body.toString('latin1', hasByteOrderMark ? 3 : 0), charset, limits);
}

/**
 * The same for a query string, with or without its `?`. Characters up to U+00FF count as bytes, as Node's HTTP parser
 * passes them.
 */
export function parseFlatQuery(
  query: string,
  charset: FormCharset,
  limits: FormLimits = FORM_LIMITS,
): Outcome<NameValue[]> {
  const text = query.startsWith('?') ? query.slice(1) : query;
  return parsePairs(/[^\0-\xff]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text, charset, limits);
}

function parsePairs(text: string, charset: FormCharset, limits: FormLimits): Outcome<NameValue[]> {
  const pairs: NameValue[] = [];
  let start = 0;
  let name: string | undefined;
  let escaped = false;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? AMPERSAND : text.charCodeAt(at);
    if (code === AMPERSAND) {
      if (at > start || name !== undefined) {
        const part = escaped ? decode(text.slice(start, at), charset) : text.slice(start, at);
        const pair = name === undefined ? { name: part, value: '' } : { name, value: part };
        if (pairs.length === limits.parameters)
          return refuse('REQUEST_TOO_LARGE', `The form has more than ${limits.parameters} parameters.`, {
            limit: limits.parameters,
          });
        if (part.includes('\0') || pair.name.includes('\0'))
          return refuse(
            'INVALID_REQUEST',
            `Parameter number ${pairs.length + 1} holds a NUL character (%00): leave it out.`,
            { parameter: pairs.length + 1 },
          );
        pairs.push(pair);
      }
      start = at + 1;
      name = undefined;
      escaped = false;
    } else if (code === EQUALS && name === undefined) {
      name = escaped ? decode(text.slice(start, at), charset) : text.slice(start, at);
      start = at + 1;
      escaped = false;
    } else if (code === PERCENT || code === PLUS || code > 0x7f) {
      escaped = true;
    }
  }
  return accept(pairs);
}

/** `part` holds one byte per character. */
function decode(part: string, charset: FormCharset): string {
  return decodeFormBytes(unescapeBytes(part), charset);
}

/** Decodes `byteText`, which holds one byte per character: as UTF-8 if it is valid, else as windows-1252. */
export function decodeFormBytes(byteText: string, charset: FormCharset): string {
  if (!/[\x80-\xff]/.test(byteText)) return byteText;
  if (charset === 'windows-1252' || charset === 'iso-8859-1') return decodeWindows1252(byteText);
  const bytes = Buffer.from(byteText, 'latin1');
  if (charset !== 'utf-8') return decodeBytes(bytes, charset) ?? decodeWindows1252(byteText);
  return isUtf8(bytes) ? bytes.toString('utf8') : decodeWindows1252(byteText);
}

/** One pass over bytes: a text full of escapes costs no more than any other. */
function unescapeBytes(part: string): string {
  if (!part.includes('+') && !part.includes('%')) return part;
  const bytes = Buffer.from(part, 'latin1');
  let to = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    let byte = bytes[at] ?? 0;
    if (byte === PLUS) byte = SPACE;
    else if (byte === PERCENT) {
      const high = hexDigit(bytes[at + 1]);
      const low = hexDigit(bytes[at + 2]);
      if (high >= 0 && low >= 0) {
        byte = high * 16 + low;
        at += 2;
      }
    }
    bytes[to] = byte;
    to += 1;
  }
  return bytes.toString('latin1', 0, to);
}

/** -1 for any other code, and after the end. */
function hexDigit(code = 0): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
