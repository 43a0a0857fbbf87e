import type { Request } from 'express';
import { PunchoutError } from '../../domain/error-codes.js';

/** "Other bodies" of DESIGN section 5. */
const MAX_BYTES = 256 * 1024;

/**
 * The body of a session's call, as text; undefined when it has none. Compressed bodies are not taken. Throws REQUEST_TOO_LARGE, INVALID_REQUEST. A body that a parser of
 * the app has read already is written anew from what it read.
 */
export async function readCallBody(req: Request): Promise<string | undefined> {
  if (req.readableEnded) return req.body === undefined ? undefined : JSON.stringify(req.body);
  const coding = req.headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') throw new PunchoutError('INVALID_REQUEST');
  const chunks: Buffer[] = [];
  let bytes = 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a stream of bytes
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new PunchoutError('REQUEST_TOO_LARGE');
    chunks.push(chunk);
  }
  if (bytes === 0) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new PunchoutError('INVALID_REQUEST');
  }
}
