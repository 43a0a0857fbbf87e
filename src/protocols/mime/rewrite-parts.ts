import type { MimePart } from './read-multipart.js';

/** What a part is to hold from now on. */
export interface NewContent {
  part: MimePart;
  /** Not encoded. */
  bytes: Buffer;
  /** In place of the one that its header has. */
  contentType?: string;
}

/**
 * A multipart body with other content in some of its parts, each in its own Content-Transfer-Encoding; all else is byte
 * for byte. `between` changes what stands around the contents: boundaries, headers, and text that is no part.
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

/** A part's header with another Content-Type; that of the whole may go over several lines. */
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
 * RFC 2045, 6.7: line ends stay, blanks before them are encoded, and longer lines get soft line ends. No "--" is left,
 * which could begin a boundary.
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
