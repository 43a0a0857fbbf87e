import type { Request, RequestHandler, Response } from 'express';
import { PunchoutError } from '../../domain/error-codes.js';
import type { BodyBudget, BodyShare, Standing } from './body-budget.js';
import { countedAddress } from './network-list.js';

/** What anybody may send, in bytes: every ordinary call-up is far smaller. */
export const SMALL_BODY = 256 * 1024;

/** How far a caller has shown who it is, by its headers and the first 256 KiB of its body. */
export type StandingOf = (req: Request, res: Response, start: Buffer) => Promise<Standing>;

export interface BodyRules {
  /** Bytes. */
  limit: number;
  /** Asked of whoever sends more than 256 KiB, which a stranger may not, and where strangers fill their share of the budget. */
  standingOf?: StandingOf;
}

/** Reads a request's body into `req.body`, a Buffer, whatever its type says. */
export type BodyReader = (rules: BodyRules) => RequestHandler;

/** A body that is not taken; `publicReason` is told to the caller. */
export class BodyRefused extends PunchoutError {
  constructor(
    code: 'REQUEST_TOO_LARGE' | 'SERVICE_UNAVAILABLE' | 'INVALID_REQUEST',
    readonly publicReason?: string,
  ) {
    super(code);
  }
}

/**
 * Bodies of all routes come out of one budget, which they hold until their answer is out. A body that is refused is read to its end first, but not
 * kept, since a caller that is still sending reads no answer.
 */
export function bodyReader(budget: BodyBudget): BodyReader {
  return (rules) => async (req, res, next) => {
    if (req.readableEnded || (req.headers['transfer-encoding'] === undefined && req.headers['content-length'] === undefined)) {
      next();
      return;
    }
    const share = budget.open(countedAddress(req.ip));
    res.once('close', () => share.release());
    try {
      req.body = await bodyOf(req, res, share, rules);
    } catch (error) {
      share.release();
      await drained(req);
      throw error;
    }
    next();
  };
}

const STRANGERS_LIMIT = 'A body of more than 256 KiB is only taken from a caller that is known, by its key, its session or the name at its beginning.';
const BUSY = 'Too much is being received at the moment; send it again.';

async function bodyOf(req: Request, res: Response, share: BodyShare, { limit, standingOf }: BodyRules): Promise<Buffer> {
  const coding = (req.get('content-encoding') ?? 'identity').toLowerCase();
  if (coding !== 'identity') throw new BodyRefused('INVALID_REQUEST', 'The body is compressed (Content-Encoding); send it plain.');
  if (Number(req.headers['content-length'] ?? 0) > limit) throw new BodyRefused('REQUEST_TOO_LARGE');
  const chunks: Buffer[] = [];
  let length = 0;
  let standing: Standing = 'stranger';
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw new BodyRefused('REQUEST_TOO_LARGE');
      const isLarge = length > SMALL_BODY;
      chunks.push(chunk);
      if (standing === 'stranger' && (isLarge || !share.take(chunk.length))) {
        standing = (await standingOf?.(req, res, Buffer.concat(chunks).subarray(0, SMALL_BODY))) ?? 'stranger';
        if (standing === 'stranger') throw isLarge ? new BodyRefused('REQUEST_TOO_LARGE', STRANGERS_LIMIT) : new BodyRefused('SERVICE_UNAVAILABLE', BUSY);
        share.raise(standing);
        if (!share.take(chunk.length)) throw new BodyRefused('SERVICE_UNAVAILABLE', BUSY);
      } else if (standing !== 'stranger' && !share.take(chunk.length)) throw new BodyRefused('SERVICE_UNAVAILABLE', BUSY);
    }
  } catch (error) {
    // The caller has gone: nobody reads the answer, and it is no fault of ours.
    if (!(error instanceof PunchoutError) && req.destroyed) throw new BodyRefused('INVALID_REQUEST');
    throw error;
  }
  return Buffer.concat(chunks);
}

async function drained(req: Request): Promise<void> {
  if (req.readableEnded || req.destroyed) return;
  await new Promise<void>((resolve) => {
    req.once('end', resolve).once('close', resolve).once('error', () => resolve());
    req.resume();
  });
}
