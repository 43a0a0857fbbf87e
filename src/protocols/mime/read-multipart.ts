import { type Outcome, accept, refuse } from '../../domain/error-codes.js';

export interface MimePart {
  contentType: string;
  /** Content-ID without its brackets, else the file name, else ''. */
  name: string;
  /** Decoded. */
  bytes: Buffer;
  /** Content-Transfer-Encoding in lower case; '' if missing. */
  encoding: string;
  /** Offsets of the header and of the sent content in the body; the ends are exclusive. */
  place: { headFrom: number; headTo: number; from: number; to: number };
}

const MOST_PARTS = 100;
const LONGEST_LINE_END = 200;

/** The range between two boundaries. */
interface Piece {
  from: number;
  to: number;
}

/**
 * Whether a body is multipart: by its Content-Type, or because it starts with a line `--boundary` and the header of a
 * part.
 */
export function isMultipart(contentType: string | undefined, start: string): boolean {
  return /^\s*multipart\//i.test(contentType ?? '') || /^--[^\r\n]{1,70}\r?\nContent-/i.test(start);
}

/**
 * The parts of a multipart body (cxml.md 9), the document first: the part that `start` names, else the first. Refuses
 * INVALID_REQUEST.
 */
export function readMultipart(body: Buffer, contentType: string): Outcome<[MimePart, ...MimePart[]]> {
  const boundary = boundaryOf(body, contentType);
  if (boundary === undefined || boundary.length > 70)
    return refuse(
      'INVALID_REQUEST',
      'multipart: the boundary is missing in Content-Type, or is longer than 70 characters.',
    );
  const pieces = piecesOf(body, `--${boundary}`);
  if (pieces.length > MOST_PARTS)
    return refuse('INVALID_REQUEST', `multipart: there are more than ${MOST_PARTS} parts.`);
  const parts = pieces.flatMap((piece) => partOf(body, piece) ?? []);
  const start = parameterOf(contentType, 'start')?.replace(/^<|>$/g, '');
  const root = parts.find(({ name }) => start !== undefined && name === start) ?? parts[0];
  return root === undefined
    ? refuse('INVALID_REQUEST', 'multipart: there is no part between the boundaries that Content-Type names.')
    : accept([root, ...parts.filter((part) => part !== root)]);
}

/** The boundary from the Content-Type, else from the start of the body. */
export function boundaryOf(body: Buffer, contentType: string): string | undefined {
  return (
    parameterOf(contentType, 'boundary') ?? /^\s*--([^\r\n]{1,70})\r?\n/.exec(body.toString('latin1', 0, 100))?.[1]
  );
}

/**
 * Splits only at lines that hold nothing but the mark (RFC 2046, 5.1.1), because the boundary of a nested part may
 * start with it. Returns at most MOST_PARTS + 1.
 */
function piecesOf(body: Buffer, mark: string): Piece[] {
  const pieces: Piece[] = [];
  let start: number | undefined;
  for (
    let at = body.toString('latin1', 0, mark.length) === mark ? 0 : lineBegin(body, mark, 0);
    at >= 0;
    at = lineBegin(body, mark, at)
  ) {
    const end = at + mark.length;
    const rest = /^(--)?[ \t]*(?:\r?\n|$)/.exec(body.toString('latin1', end, end + LONGEST_LINE_END));
    if (rest === null) continue;
    if (start !== undefined) pieces.push({ from: start, to: at });
    start = end;
    if (rest[1] !== undefined || pieces.length > MOST_PARTS) return pieces;
  }
  return start === undefined ? pieces : [...pieces, { from: start, to: body.length }];
}

/** Offset of the next line that starts with `mark`, or -1. */
function lineBegin(body: Buffer, mark: string, from: number): number {
  const before = body.indexOf(`\n${mark}`, from);
  return before < 0 ? -1 : before + 1;
}

/** From the line end after the boundary to the one before the next. */
function partOf(body: Buffer, { from: pieceFrom, to: pieceTo }: Piece): MimePart | undefined {
  const text = body.toString('latin1', pieceFrom, pieceTo);
  const end = /\r?\n\r?\n/.exec(text);
  if (end === null) return undefined;
  const head = text.slice(0, end.index).replace(/\r?\n[ \t]+/g, ' ');
  const header = (name: string): string | undefined => new RegExp(`^${name}:[ \\t]*(.*?)\\r?$`, 'im').exec(head)?.[1];
  const from = pieceFrom + end.index + end[0].length;
  const to = Math.max(from, pieceTo - (/\r?\n$/.exec(text)?.[0].length ?? 0));
  const disposition = header('content-disposition') ?? '';
  const name = header('content-id')?.trim().replace(/^<|>$/g, '') ?? parameterOf(disposition, 'filename') ?? '';
  const encoding = header('content-transfer-encoding')?.trim().toLowerCase() ?? '';
  return {
    contentType: header('content-type') ?? 'text/plain',
    name,
    bytes: decoded(body.subarray(from, to), encoding),
    encoding,
    place: { headFrom: pieceFrom, headTo: pieceFrom + end.index, from, to },
  };
}

function decoded(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(bytes.toString('latin1'), 'base64');
  if (encoding !== 'quoted-printable') return bytes;
  // RFC 2045, 6.7: blanks at the end of a line are padding; those before a soft line break are not.
  const text = bytes
    .toString('latin1')
    .replace(/(?<![ \t])[ \t]+(?=\r?\n)/g, '')
    .replace(/=\r?\n/g, '')
    .replace(/=([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}

function parameterOf(header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header);
  return found?.[1] ?? found?.[2];
}

/** New content of a part. */
export interface NewContent {
  part: MimePart;
  /** Decoded. */
  bytes: Buffer;
  /** Replaces the one in its header. */
  contentType?: string;
}

/**
 * A multipart body with new content in some of its parts, each in its own Content-Transfer-Encoding; all else is byte
 * for byte. `between` changes the text around the contents: boundaries, headers, and text outside of parts.
 */
export function rewriteParts(
  body: Buffer,
  contents: readonly NewContent[],
  between: (bytes: Buffer) => Buffer = (bytes) => bytes,
): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { part, bytes, contentType } of contents.toSorted((a, b) => a.part.place.from - b.part.place.from)) {
    const { headFrom, headTo, from, to } = part.place;
    const head = body.subarray(headFrom, headTo);
    pieces.push(
      between(body.subarray(at, headFrom)),
      between(contentType === undefined ? head : retyped(head, contentType)),
    );
    pieces.push(body.subarray(headTo, from), encoded(bytes, part.encoding));
    at = to;
  }
  return Buffer.concat([...pieces, between(body.subarray(at))]);
}

/** The header of a part with another Content-Type. The header may span several lines. */
function retyped(head: Buffer, contentType: string): Buffer {
  const lines = head.toString('latin1').split(/(?<=\n)(?![ \t])/);
  const others = lines.filter((line) => !/^content-type:/i.test(line)).join('');
  return Buffer.from(`${others}${/\n$/.test(others) ? '' : '\r\n'}Content-Type: ${contentType}`, 'latin1');
}

const LONGEST_LINE = 76;

function encoded(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from((bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n'));
  return encoding === 'quoted-printable' ? quotedPrintable(bytes) : bytes;
}

/**
 * RFC 2045, 6.7: line ends stay, blanks before them are encoded, and longer lines get soft line ends. No "--" is left
 * that could start a boundary.
 */
function quotedPrintable(bytes: Buffer): Buffer {
  const lines = bytes
    .toString('latin1')
    .replace(/[^\t\n\r -<>-~]|\r(?!\n)|-(?=-)/g, quoted)
    .replace(/[ \t](?=\r?\n|$)/g, quoted)
    .split('\n');
  return Buffer.from(lines.map(withSoftEnds).join('\n'), 'latin1');
}

function quoted(character: string): string {
  return `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function withSoftEnds(line: string): string {
  if (line.length <= LONGEST_LINE) return line;
  const pieces: string[] = [];
  let at = 0;
  while (line.length - at > LONGEST_LINE) {
    const most = at + LONGEST_LINE - 1;
    // No sequence such as =C3 is cut.
    const equals = line.lastIndexOf('=', most - 1);
    const end = equals >= most - 2 && equals > at ? equals : most;
    pieces.push(line.slice(at, end));
    at = end;
  }
  return [...pieces, line.slice(at)].join('=\r\n');
}
