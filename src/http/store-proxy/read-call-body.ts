import type { Request, Response } from 'express';
import { PunchoutError } from '../../domain/error-codes.js';
import type { BodyReader } from '../middleware/read-body.js';

/** "Other bodies" of DESIGN section 5. */
const MAX_BYTES = 256 * 1024;

/** The body of a session's call, as text; undefined when it has none. */
export type CallBodyReader = (req: Request, res: Response) => Promise<string | undefined>;

/**
 * Bodies come out of the process's one budget, where a session counts as proof. Compressed bodies are not taken. Throws
 * REQUEST_TOO_LARGE, INVALID_REQUEST, SERVICE_UNAVAILABLE. A body that a parser of the app has read already is written
 * anew from what it read.
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
