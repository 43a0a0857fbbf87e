import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { PunchoutError } from '../../domain/error-codes.js';
import { encodingOfLabel } from '../../protocols/encodings/encoding-of-label.js';
import { BodyRefused } from './body-budget.js';

const INFLATERS = { gzip: createGunzip, zlib: createInflate, raw: createInflateRaw, br: createBrotliDecompress };
type Kind = keyof typeof INFLATERS | 'plain';

/** Several compressions round each other are nobody's mistake. */
const MOST_CODINGS = 2;
/** Bytes by which a body is told from one that is compressed. */
const ENOUGH = 120;
/** What an unpacker holds beside its input and output: its window and its tables. */
const INFLATER_BYTES = 64 * 1024;
/** Beside its window: brotli has up to 768 prefix codes in use at once, as many as the body says. */
const BROTLI_TABLES_BYTES = 3 * 1024 * 1024;
/** Brotli's window is as large as the body says. 4 MiB (22 bits) is what encoders take by themselves. */
const MOST_WINDOW_BITS = 22;

/** Waits until there is room for so many bytes more; throws where none comes free. */
type MakeRoom = (bytes: number) => Promise<void>;

/**
 * The compressions that a Content-Encoding header names. The name of a character set there (`UTF-8`) is a usual mistake
 * and means nothing. Throws INVALID_REQUEST for a name that is not read here.
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
 * The bytes of a body, unpacked as they come: gzip, deflate (with or without zlib's header) and br. A body that is not
 * compressed though its header says so is given as it is. Whoever stops reading stops the unpacking (T25).
 * Throws INVALID_REQUEST where the bytes are not what the header says.
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
    // The source must not be read by two.
    await feeding;
  }
}

/** By the name, and by the first bytes where a name is used for several forms. */
function kindOf(coding: string, bytes: Buffer): Kind {
  if (bytes.length === 0) return 'plain';
  const [first = 0, second = 0] = bytes;
  if (coding === 'gzip' || coding === 'x-gzip') {
    // A proxy may have unpacked the body and left the header.
    return (first === 0x1f && second === 0x8b) || !looksPlain(bytes) ? 'gzip' : 'plain';
  }
  if (looksPlain(bytes)) return 'plain';
  if (coding === 'br') return 'br';
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0 ? 'zlib' : 'raw';
}

/** XML, JSON, and forms with fields of usual names. */
function looksPlain(bytes: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s*(?:<[?!A-Za-z]|[{["]\s*["{[\w]|[\w.~%[\]-]{3,80}=)/.test(
    bytes.toString('latin1', 0, ENOUGH),
  );
}

/** The size of the window stands in the first bits (RFC 7932, 9.1). Throws INVALID_REQUEST where it is over 4 MiB. */
function brotliBytes([first = 0]: Buffer): number {
  const [large, small] = [(first >> 1) & 7, (first >> 4) & 7];
  const bits = (first & 1) === 0 ? 16 : large > 0 ? 17 + large : small === 0 ? 17 : 8 + small;
  if (bits > MOST_WINDOW_BITS)
    throw unreadable(
      `The body is not br, or its window is larger than the 4 MiB that are read here (it says ${2 ** (bits - 20)} MiB); ` +
        'send it plain, or compress it with gzip or with brotli -w 22.',
    );
  return BROTLI_TABLES_BYTES + 2 ** bits;
}

function unreadable(reason: string): BodyRefused {
  return new BodyRefused('INVALID_REQUEST', reason);
}
