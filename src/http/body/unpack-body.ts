import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { PunchoutError } from '../../domain/error-codes.js';
import { encodingOfLabel } from '../../protocols/encodings/encoding-of-label.js';
import { BodyRefused } from './body-budget.js';

const INFLATERS = { gzip: createGunzip, zlib: createInflate, raw: createInflateRaw, br: createBrotliDecompress };
type Kind = keyof typeof INFLATERS | 'plain';

/** Maximum number of nested compressions. More is never an honest mistake. */
const MOST_CODINGS = 2;
/** Bytes needed to tell a plain body from a compressed one. */
const ENOUGH = 120;
/** Memory of an unpacker besides input and output: its window and tables. */
const INFLATER_BYTES = 64 * 1024;
/** In addition to its window, brotli uses up to 768 prefix codes at once; the body decides how many. */
const BROTLI_TABLES_BYTES = 3 * 1024 * 1024;
/** The body sets the size of brotli's window. Encoders use 4 MiB (22 bits) by default. */
const MOST_WINDOW_BITS = 22;

/** Waits until there is room for the given number of bytes. Throws if there is still none. */
type MakeRoom = (bytes: number) => Promise<void>;

/**
 * The compressions that a Content-Encoding header names. A character set there (`UTF-8`) is a common mistake and is
 * ignored. Throws INVALID_REQUEST for an unsupported name.
 */
export function codingsOf(written: string | undefined): string[] {
  const names = (written ?? '').split(',').map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/^["']|["']$/g, ''),
  );
  const codings = names.filter(
    (name) => name !== '' && name !== 'identity' && name !== 'none' && encodingOfLabel(name) === undefined,
  );
  if (codings.length > MOST_CODINGS)
    throw unreadable(`Content-Encoding names ${codings.length} codings; send the body plain, or with gzip.`);
  for (const coding of codings) {
    if (['gzip', 'x-gzip', 'deflate', 'br'].includes(coding)) continue;
    const shown = coding.replace(/[^\w.-]/g, '').slice(0, 40);
    throw unreadable(`Content-Encoding "${shown}" is not read here; send the body plain, or with gzip, deflate or br.`);
  }
  return codings;
}

/**
 * The bytes of a body, unpacked as they arrive: gzip, deflate (with or without zlib's header) and br. A body that is
 * not compressed, although its header says so, is passed on unchanged. Unpacking stops when the consumer stops reading
 * (T25). Throws INVALID_REQUEST if the bytes do not match the header.
 */
export function unpacked(
  source: AsyncIterable<Buffer>,
  codings: readonly string[],
  makeRoom: MakeRoom,
): AsyncIterable<Buffer> {
  return codings.reduceRight((bytes, coding) => unpackedOnce(bytes, coding, makeRoom), source);
}

async function* unpackedOnce(
  source: AsyncIterable<Buffer>,
  coding: string,
  makeRoom: MakeRoom,
): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  try {
    const head: Buffer[] = [];
    let length = 0;
    while (length < ENOUGH) {
      const next = await chunks.next();
      if (next.done === true) break;
      head.push(next.value);
      length += next.value.length;
    }
    const start = Buffer.concat(head);
    const kind = kindOf(coding, start);
    const whole = joined(start, chunks);
    if (kind === 'plain') yield* whole;
    else {
      await makeRoom(kind === 'br' ? brotliBytes(start) : INFLATER_BYTES);
      yield* inflated(whole, coding, kind);
    }
  } finally {
    await chunks.return?.();
  }
}

async function* joined(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield start;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* inflated(
  source: AsyncIterable<Buffer>,
  coding: string,
  kind: Exclude<Kind, 'plain'>,
): AsyncGenerator<Buffer> {
  const inflater = INFLATERS[kind]();
  const feeding = pipeline(source, inflater).catch((error: unknown) => error);
  try {
    for await (const chunk of inflater as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    const fault = (await feeding) ?? error;
    if (fault instanceof PunchoutError) throw fault;
    throw unreadable(`The body is not ${coding}, as Content-Encoding says; send it plain, or compress it so.`);
  } finally {
    inflater.destroy();
    // Only one consumer may read the source.
    await feeding;
  }
}

/** Decides by the name, and by the first bytes if a name is used for several formats. */
function kindOf(coding: string, bytes: Buffer): Kind {
  if (bytes.length === 0) return 'plain';
  const [first = 0, second = 0] = bytes;
  if (coding === 'gzip' || coding === 'x-gzip') {
    // A proxy may have unpacked the body and kept the header.
    return (first === 0x1f && second === 0x8b) || !looksPlain(bytes) ? 'gzip' : 'plain';
  }
  if (looksPlain(bytes)) return 'plain';
  if (coding === 'br') return 'br';
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0 ? 'zlib' : 'raw';
}

/** XML, JSON, or a form with common field names. */
function looksPlain(bytes: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s*(?:<[?!A-Za-z]|[{["]\s*["{[\w]|[\w.~%[\]-]{3,80}=)/.test(
    bytes.toString('latin1', 0, ENOUGH),
  );
}

/** The first bits hold the window size (RFC 7932, 9.1). Throws INVALID_REQUEST if it is over 4 MiB. */
function brotliBytes([first = 0]: Buffer): number {
  const [large, small] = [(first >> 1) & 7, (first >> 4) & 7];
  const bits = (first & 1) === 0 ? 16 : large > 0 ? 17 + large : small === 0 ? 17 : 8 + small;
  if (bits > MOST_WINDOW_BITS)
    throw unreadable(
      'The body is not br, or its window is larger than the 4 MiB that are read here ' +
        `(it says ${2 ** (bits - 20)} MiB); send it plain, or compress it with gzip or with brotli -w 22.`,
    );
  return BROTLI_TABLES_BYTES + 2 ** bits;
}

function unreadable(reason: string): BodyRefused {
  return new BodyRefused('INVALID_REQUEST', reason);
}
