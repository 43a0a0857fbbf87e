import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import express, { type RequestHandler } from 'express';
import { PunchoutError } from '../../domain/error-codes.js';
import { encodingOfLabel } from '../../protocols/encodings/encoding-of-label.js';

const INFLATERS = {
  gzip: promisify(gunzip),
  zlib: promisify(inflate),
  raw: promisify(inflateRaw),
  br: promisify(brotliDecompress),
};

/** Most codings of one body. Nobody compresses a body several times by mistake. */
const MOST_CODINGS = 2;

/**
 * Reads a body of any type as bytes. `limit` holds for the body as it came and unpacked; unpacking stops there
 * (SECURITY T25).
 * Content-Encoding may be gzip, deflate (with or without the zlib header) or br. The name of a character set there
 * (`UTF-8`) is a common mistake and is ignored. So is gzip on a body that is not compressed. Anything else throws
 * INVALID_REQUEST and names the value.
 */
export function bodyReader(limit: number): RequestHandler {
  const raw = express.raw({ type: () => true, limit, inflate: false });
  return async (req, res, next) => {
    const written = req.headers['content-encoding'];
    // The Express parser would refuse other codings, so the header is taken away; the body is unpacked below.
    delete req.headers['content-encoding'];
    const error = await new Promise<unknown>((resolve) => {
      raw(req, res, resolve);
    });
    if (written !== undefined) req.headers['content-encoding'] = written;
    if (error !== undefined) throw isTooLarge(error) ? tooLarge(limit, error) : error;
    if (Buffer.isBuffer(req.body)) req.body = await unpacked(req.body, codingsOf(written), limit);
    next();
  };
}

function codingsOf(written: string | undefined): string[] {
  const names = (written ?? '').split(',').map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/^["']|["']$/g, ''),
  );
  return names.filter(
    (name) => name !== '' && name !== 'identity' && name !== 'none' && encodingOfLabel(name) === undefined,
  );
}

async function unpacked(body: Buffer, codings: readonly string[], limit: number): Promise<Buffer> {
  if (codings.length > MOST_CODINGS)
    throw unreadable(`Content-Encoding names ${codings.length} codings; send the body plain, or with gzip.`);
  let bytes = body;
  for (const coding of [...codings].reverse()) {
    const kind = kindOf(coding, bytes);
    if (kind === 'plain' || bytes.length === 0) continue;
    try {
      bytes = await INFLATERS[kind](bytes, { maxOutputLength: limit });
    } catch (error) {
      if (isBufferTooLarge(error)) throw tooLarge(limit, error);
      throw unreadable(`The body is not ${coding}, as Content-Encoding says; send it plain, or compress it so.`);
    }
  }
  return bytes;
}

/** Chooses by the name, and by the first bytes where one name stands for several formats. */
function kindOf(coding: string, bytes: Buffer): 'gzip' | 'zlib' | 'raw' | 'br' | 'plain' {
  const [first = 0, second = 0] = bytes;
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      // A proxy may have unpacked the body and left the header.
      return first === 0x1f && second === 0x8b ? 'gzip' : looksPlain(bytes) ? 'plain' : 'gzip';
    case 'deflate':
      if (looksPlain(bytes)) return 'plain';
      return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0 ? 'zlib' : 'raw';
    case 'br':
      return looksPlain(bytes) ? 'plain' : 'br';
    default: {
      const shown = coding.replace(/[^\w.-]/g, '').slice(0, 40);
      throw unreadable(
        `Content-Encoding "${shown}" is not read here; send the body plain, or with gzip, deflate or br.`,
      );
    }
  }
}

/** Whether the body looks like XML, JSON, or a form with well-known field names. */
function looksPlain(bytes: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s*(?:<[?!A-Za-z]|[{["]\s*["{[\w]|[\w.~%[\]-]{3,80}=)/.test(
    bytes.toString('latin1', 0, 120),
  );
}

function unreadable(reason: string): PunchoutError {
  return new PunchoutError('INVALID_REQUEST', undefined, { reason });
}

function tooLarge(limit: number, cause: unknown): PunchoutError {
  return new PunchoutError('REQUEST_TOO_LARGE', undefined, {
    cause,
    reason: `The body is larger than ${limit} bytes, the most that is read here, unpacked as well`,
  });
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 413;
}

/** Whether unpacking stopped at `maxOutputLength`. */
function isBufferTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
