import { type Readable, type Transform, pipeline } from 'node:stream';
import zlib from 'node:zlib';
import type { Request, Response } from 'express';
import { PunchoutError } from '../../domain/error-codes.js';
import type { StoreAnswer } from './carry.js';
import { hideSecrets } from './proxy-headers.js';
import type { BodyReader } from '../body/read-body.js';

/** Flushes after each chunk, so that streamed answers of the store stay streamed. */
const CODINGS: Record<
  string,
  { decode: () => Transform; encode: () => Transform; read: (bytes: Buffer, bound: zlib.ZlibOptions) => Buffer }
> = {
  gzip: {
    read: zlib.gunzipSync,
    decode: () => zlib.createGunzip(),
    encode: () => zlib.createGzip({ level: 4, flush: zlib.constants.Z_SYNC_FLUSH }),
  },
  deflate: {
    read: zlib.inflateSync,
    decode: () => zlib.createInflate(),
    encode: () => zlib.createDeflate({ level: 4, flush: zlib.constants.Z_SYNC_FLUSH }),
  },
  br: {
    read: zlib.brotliDecompressSync,
    decode: () => zlib.createBrotliDecompress(),
    encode: () =>
      zlib.createBrotliCompress({
        flush: zlib.constants.BROTLI_OPERATION_FLUSH,
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 },
      }),
  },
};

/**
 * The answer in its original coding, with secrets replaced. Throws STORE_UNAVAILABLE for a coding that we did not ask
 * for: an answer that cannot be checked is not shown.
 */
export function withoutSecrets(answer: StoreAnswer, secrets: readonly string[]): StoreAnswer {
  const { body } = answer;
  const coding = headerOf(answer, 'content-encoding')?.toLowerCase();
  if (body === undefined) return answer;
  if (coding === undefined || coding === 'identity') return { ...answer, body: joined([body, hideSecrets(secrets)]) };
  const known = Object.hasOwn(CODINGS, coding) ? CODINGS[coding] : undefined;
  if (known === undefined) {
    body.destroy();
    throw new PunchoutError('STORE_UNAVAILABLE', 'store proxy: the store answered in a coding that was not requested');
  }
  const headers = answer.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  return { ...answer, headers, body: joined([body, known.decode(), hideSecrets(secrets), known.encode()]) };
}

/** The whole body, at most `maxBytes`. */
export async function wholeBody({ body }: StoreAnswer, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a stream of bytes
    for await (const chunk of (body ?? []) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new Error(`the answer is larger than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new PunchoutError('STORE_UNAVAILABLE', 'store proxy: the answer was cut off', { cause });
  }
  return Buffer.concat(chunks);
}

/** A whole body as text, unpacked. Empty if it cannot be read or is longer than `maxBytes`. */
export function readableText(answer: Pick<StoreAnswer, 'headers'>, bytes: Buffer, maxBytes: number): string {
  const coding = headerOf(answer, 'content-encoding')?.toLowerCase() ?? 'identity';
  try {
    const read = Object.hasOwn(CODINGS, coding) ? CODINGS[coding]?.read : undefined;
    return (read?.(bytes, { maxOutputLength: maxBytes }) ?? bytes).toString('utf8');
  } catch {
    return '';
  }
}

function headerOf({ headers }: Pick<StoreAnswer, 'headers'>, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** Joins streams. An error in any of them destroys all and is emitted by the last. */
function joined(parts: readonly [Readable, ...Transform[]]): Readable {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it returns the last of them
  return pipeline(parts, () => undefined) as unknown as Readable;
}

/** Limit for "other bodies" in architecture.md section 5. */
const MAX_BYTES = 256 * 1024;

/** The body of a session's call as text. Undefined without a body. */
type CallBodyReader = (req: Request, res: Response) => Promise<string | undefined>;

/**
 * Reads bodies within the budget of the process, where a session counts as proven. Compressed bodies are refused.
 * Throws REQUEST_TOO_LARGE, INVALID_REQUEST, SERVICE_UNAVAILABLE. A body that the app already parsed is serialised
 * again from the parsed value.
 */
export function callBodyReader(readBody: BodyReader): CallBodyReader {
  const read = readBody({ limit: MAX_BYTES, standingOf: () => Promise.resolve('proven') });
  return async (req, res) => {
    if (req.readableEnded) return req.body === undefined ? undefined : JSON.stringify(req.body);
    const coding = req.headers['content-encoding'];
    if (coding !== undefined && coding !== 'identity') throw new PunchoutError('INVALID_REQUEST');
    await read(req, res, () => undefined);
    if (!Buffer.isBuffer(req.body) || req.body.length === 0) return undefined;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(req.body);
    } catch {
      throw new PunchoutError('INVALID_REQUEST');
    }
  };
}
