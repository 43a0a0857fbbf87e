import { setTimeout } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { PunchoutError } from '../../domain/error-codes.js';
import { type BodyBudget, type BodyShare, type Standing, BodyRefused } from './body-budget.js';
import { countedAddress } from '../callers/network-list.js';
import { codingsOf, unpacked } from './unpack-body.js';

/** What anybody may send, in bytes: every ordinary call-up is far smaller. */
export const SMALL_BODY = 256 * 1024;

/** How far a caller has shown who it is, by its headers and the first 256 KiB of its body, unpacked. */
export type StandingOf = (req: Request, res: Response, start: Buffer) => Promise<Standing>;

interface BodyRules {
  /** Bytes, as sent and unpacked. */
  limit: number;
  /** Asked of whoever sends more than 256 KiB, which a stranger may not, and where strangers fill their share of the budget. */
  standingOf?: StandingOf;
}

/** Reads a request's body into `req.body`, a Buffer, whatever its type says. */
export type BodyReader = (rules: BodyRules) => RequestHandler;

/**
 * Bodies of all routes come out of one budget, which they hold until their answer is out. A body is unpacked while it is
 * read, as Content-Encoding says, and all bounds count what comes out. A body that is refused is read to its end first,
 * but not kept, since a caller that is still sending reads no answer.
 */
export function bodyReader(budget: BodyBudget): BodyReader {
  return (rules) => async (req, res, next) => {
    if (
      req.readableEnded ||
      (req.headers['transfer-encoding'] === undefined && req.headers['content-length'] === undefined)
    ) {
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

const STRANGERS_LIMIT =
  'A body of more than 256 KiB is only taken from a caller that is known, by its key, its session or the name at its beginning.';
const BUSY = 'Too much is being received at the moment; send it again.';
/** How long a compressed body waits until there is room to unpack it. */
const PATIENCE_MS = 2_000;
const ASK_EVERY_MS = 25;

async function bodyOf(
  req: Request,
  res: Response,
  share: BodyShare,
  { limit, standingOf }: BodyRules,
): Promise<Buffer> {
  const codings = codingsOf(req.headers['content-encoding']);
  if (Number(req.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const sent = req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  const unpacking = { bytes: 0 };
  const makeRoom = async (bytes: number): Promise<void> => {
    await roomFor(share, bytes);
    unpacking.bytes += bytes;
  };
  const chunks: Buffer[] = [];
  let length = 0;
  let standing: Standing = 'stranger';
  try {
    for await (const chunk of codings.length === 0 ? sent : unpacked(upTo(limit, sent), codings, makeRoom)) {
      length += chunk.length;
      if (length > limit) throw tooLarge(limit);
      const isLarge = length > SMALL_BODY;
      chunks.push(chunk);
      if (standing === 'stranger' && (isLarge || !share.take(chunk.length))) {
        standing = (await standingOf?.(req, res, Buffer.concat(chunks).subarray(0, SMALL_BODY))) ?? 'stranger';
        if (standing === 'stranger')
          throw isLarge
            ? new BodyRefused('REQUEST_TOO_LARGE', STRANGERS_LIMIT)
            : new BodyRefused('SERVICE_UNAVAILABLE', BUSY);
        share.raise(standing);
        if (!share.take(chunk.length)) throw new BodyRefused('SERVICE_UNAVAILABLE', BUSY);
      } else if (standing !== 'stranger' && !share.take(chunk.length))
        throw new BodyRefused('SERVICE_UNAVAILABLE', BUSY);
    }
    share.give(unpacking.bytes);
  } catch (error) {
    // The caller has gone: nobody reads the answer, and it is no fault of ours.
    if (!(error instanceof PunchoutError) && req.destroyed) throw new BodyRefused('INVALID_REQUEST');
    throw error;
  }
  return Buffer.concat(chunks);
}

/** Waits for other bodies: what waits is not read, and holds nothing. */
async function roomFor(share: BodyShare, bytes: number): Promise<void> {
  for (let waited = 0; !share.take(bytes); waited += ASK_EVERY_MS) {
    if (waited >= PATIENCE_MS) throw new BodyRefused('SERVICE_UNAVAILABLE', BUSY);
    await setTimeout(ASK_EVERY_MS);
  }
}

/** What is sent counts too: it may unpack to nothing. */
async function* upTo(limit: number, sent: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of sent) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    yield chunk;
  }
}

function tooLarge(limit: number): BodyRefused {
  return new BodyRefused(
    'REQUEST_TOO_LARGE',
    `The body is larger than ${limit} bytes, the most that is read here, unpacked as well`,
  );
}

async function drained(req: Request): Promise<void> {
  if (req.readableEnded || req.destroyed) return;
  await new Promise<void>((resolve) => {
    req
      .once('end', resolve)
      .once('close', resolve)
      .once('error', () => resolve());
    req.resume();
  });
}
