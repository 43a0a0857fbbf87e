import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import {
  formCharset,
  parseFlatForm,
  decodeFormBytes,
  FORM_LIMITS,
  type FormCharset,
  type FormLimits,
} from './parse-flat-form.js';

const FORM = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** The pairs of a form body: multipart/form-data by its parts, anything else as application/x-www-form-urlencoded. */
export function parseFormBody(body: Buffer, contentType: string): Outcome<NameValue[]> {
  const charset = formCharset(contentType);
  return isMultipartForm(contentType) ? parseMultipartForm(body, contentType, charset) : parseFlatForm(body, charset);
}

/**
 * A hint for the refusal of a body without the expected fields: what was received and what to send. Empty for a form.
 */
export function wrappingHint(contentType: string): string {
  if (FORM.test(contentType)) return '';
  const seen = /^[\w.+-]{1,40}\/[\w.+-]{1,60}/.exec(contentType.trim())?.[0] ?? 'no known type';
  return ` The body came as ${seen}; send application/x-www-form-urlencoded or multipart/form-data.`;
}

/** RFC 2046: a boundary has at most 70 characters. */
const LONGEST_BOUNDARY = 70;
/** Bytes of the header lines of one part. */
const LONGEST_HEAD = 8192;
const MULTIPART = /^\s*multipart\/form-data\b/i;
/** `; name=value` or `; name="value"`. */
const PARAMETER = /;[ \t]*([\w*-]{1,40})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/g;
const CR = 0x0d;
const LF = 0x0a;

/** Whether a Content-Type is multipart/form-data. */
export function isMultipartForm(contentType: string): boolean {
  return MULTIPART.test(contentType);
}

/**
 * Parses a multipart/form-data body (RFC 7578) into flat pairs, in their order, as `parseFlatForm` does. Lines may end
 * in LF only. A file part is read like a field. Texts are decoded by the charset of their part, else by `charset`;
 * invalid UTF-8 is read as windows-1252. One pass over the body. Refuses INVALID_REQUEST: no boundary, no closing
 * boundary (the body was cut), a part without a name or with a transfer encoding, a NUL; REQUEST_TOO_LARGE: too many
 * pairs. `mayBeCut`: returns the complete parts of a body that was cut.
 */
export function parseMultipartForm(
  body: Buffer,
  contentType: string,
  charset: FormCharset,
  { parameters = FORM_LIMITS.parameters, mayBeCut = false }: Partial<FormLimits> & { mayBeCut?: boolean } = {},
): Outcome<NameValue[]> {
  const boundary = parameterOf(contentType, 'boundary');
  if (boundary === undefined || boundary.length > LONGEST_BOUNDARY)
    return invalid('multipart/form-data: Content-Type names no boundary.');
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const pairs: NameValue[] = [];
  let start: number | undefined;
  for (let at = lineWith(body, mark, 0); at >= 0; at = lineWith(body, mark, at + mark.length)) {
    const after = at + mark.length;
    const isLast = body[after] === 0x2d && body[after + 1] === 0x2d;
    const lineEnd = isLast ? after : endOfLine(body, after);
    // A line that only starts like the boundary belongs to the part.
    if (lineEnd === undefined) continue;
    if (start !== undefined) {
      if (pairs.length === parameters)
        return refuse('REQUEST_TOO_LARGE', `The form has more than ${parameters} parameters.`, {
          limit: parameters,
        });
      const pair = pairOf(body.subarray(start, textEnd(body, at)), charset, pairs.length + 1);
      if (!pair.ok) return pair;
      pairs.push(pair.value);
    }
    if (isLast) return accept(pairs);
    start = lineEnd;
  }
  if (mayBeCut) return accept(pairs);
  return invalid('multipart/form-data: the closing boundary is missing, so the body may be cut.');
}

/** Offset of the next line that starts with `mark`; -1 if there is none. */
function lineWith(body: Buffer, mark: Buffer, from: number): number {
  for (let at = body.indexOf(mark, from); at >= 0; at = body.indexOf(mark, at + 1))
    if (at === 0 || body[at - 1] === LF) return at;
  return -1;
}

/** The offset after this line if it has only blanks left, else undefined. */
function endOfLine(body: Buffer, from: number): number | undefined {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09) at += 1;
  if (body[at] === CR) at += 1;
  return body[at] === LF ? at + 1 : undefined;
}

/** Removes the line break before a boundary, which belongs to the boundary. */
function textEnd(body: Buffer, boundaryAt: number): number {
  return boundaryAt - (body[boundaryAt - 2] === CR ? 2 : 1);
}

function pairOf(part: Buffer, charset: FormCharset, number: number): Outcome<NameValue> {
  const head = part.toString('latin1', 0, LONGEST_HEAD);
  const end = /\r?\n\r?\n/.exec(head);
  const lines = end === null ? '' : head.slice(0, end.index);
  const quoted = parameterOf(headerOf(lines, 'content-disposition') ?? '', 'name');
  if (end === null || quoted === undefined)
    return invalid(`multipart/form-data: part ${number} has no name.`, { parameter: number });
  const encoding = headerOf(lines, 'content-transfer-encoding')?.trim().toLowerCase() ?? '';
  if (!['', '7bit', '8bit', 'binary'].includes(encoding))
    return invalid(`multipart/form-data: part ${number} has a Content-Transfer-Encoding; send its text as it is.`, {
      parameter: number,
    });
  const isLatin = /charset="?(?:iso-8859-1|windows-1252)/i.test(headerOf(lines, 'content-type') ?? '');
  const name = decodeFormBytes(quoted, charset).replace(/%22/g, '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n');
  const value = decodeFormBytes(part.toString('latin1', end.index + end[0].length), isLatin ? 'windows-1252' : charset);
  if (name.includes('\0') || value.includes('\0'))
    return invalid(`Parameter number ${number} holds a NUL character.`, { parameter: number });
  return accept({ name, value });
}

function headerOf(lines: string, name: string): string | undefined {
  const line = lines.split(/\r?\n/).find((one) => one.slice(0, name.length + 1).toLowerCase() === `${name}:`);
  return line?.slice(name.length + 1);
}

/** A parameter of a header, with or without quotes; `\"` in quotes is a quote. */
function parameterOf(header: string, name: string): string | undefined {
  for (const [, found, quoted, plain] of header.matchAll(PARAMETER))
    if (found?.toLowerCase() === name) return quoted?.replace(/\\(["\\])/g, '$1') ?? plain;
  return undefined;
}

function invalid(reason: string, details?: { parameter: number }): ReturnType<typeof refuse> {
  return refuse('INVALID_REQUEST', reason, details);
}
