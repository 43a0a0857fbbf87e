import { setTimeout } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { PunchoutError } from '../../domain/error-codes.js';
import { type BodyBudget, type BodyShare, type Standing, BodyRefused } from './body-budget.js';
import { countedAddress } from '../callers/network-list.js';
import { codingsOf, unpacked } from './unpack-body.js';

/** Maximum bytes for unidentified callers. Ordinary call-ups are far smaller. */
export const SMALL_BODY = 256 * 1024;

/** Finds out how far a caller is identified, from its headers and the first 256 KiB of its unpacked body. */
export type StandingOf = (req: Request, res: Response, start: Buffer) => Promise<Standing>;

interface BodyRules {
  /** Maximum bytes, both as sent and unpacked. */
  limit: number;
  /**
   * Called for bodies over 256 KiB, which unidentified callers may not send, and when unidentified callers fill their
   * share of the budget.
   */
  standingOf?: StandingOf;
}

/** Reads a request body into `req.body` as a Buffer, for any Content-Type. */
export type BodyReader = (rules: BodyRules) => RequestHandler;

/**
 * All routes share one budget for bodies. A request holds its bytes until its answer is sent. Bodies are unpacked while
 * they are read (Content-Encoding), and all limits count the unpacked bytes. A refused body is answered at once, and
 * its rest is read and dropped: closing the connection would reset it, and the client would lose the answer
 * (RFC 9112, 9.6).
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
      req.resume();
      throw error;
    }
    next();
  };
}

const STRANGERS_LIMIT =
  'A body of more than 256 KiB is only taken from a caller that is known, ' +
  'by its key, its session or the name at its beginning.';
const BUSY = 'The server is receiving too much data at the moment; send it again.';
/** How long a compressed body waits for room to unpack it. */
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
  const unpacking = { bytes: 0 };
  const makeRoom = async (bytes: number): Promise<void> => {
    await roomFor(share, bytes);
    unpacking.bytes += bytes;
  };
  const chunks: Buffer[] = [];
  let length = 0;
  let standing: Standing = 'stranger';
  try {
    const sent = isShort(req)
      ? [await whole(req)]
      : (req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>);
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
    // The client has disconnected: nobody reads the answer, and it is not our error.
    if (!(error instanceof PunchoutError) && req.destroyed) throw new BodyRefused('INVALID_REQUEST');
    throw error;
  }
  const [first] = chunks;
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
}

/** A body of this size arrives in one or two pieces, so it costs no more memory than a socket that is read. */
const SHORT_BODY = 16 * 1024;

function isShort(req: Request): boolean {
  return Number(req.headers['content-length'] ?? Infinity) <= SHORT_BODY;
}

/** Costs a tenth of an iterator. */
function whole(req: Request): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('The caller has gone.'));
    if (req.destroyed) return gone();
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.once('end', () => {
      // `close` follows here too. Making an error that nobody gets costs time, because of its stack.
      req.off('close', gone);
      resolve(Buffer.concat(chunks));
    });
    req.once('close', gone);
  });
}

/** Waits until other bodies are released. Meanwhile the request is not read and holds no bytes. */
async function roomFor(share: BodyShare, bytes: number): Promise<void> {
  for (let waited = 0; !share.take(bytes); waited += ASK_EVERY_MS) {
    if (waited >= PATIENCE_MS) throw new BodyRefused('SERVICE_UNAVAILABLE', BUSY);
    await setTimeout(ASK_EVERY_MS);
  }
}

/** Counts the bytes as sent too: they may unpack to nothing. */
async function* upTo(limit: number, sent: AsyncIterable<Buffer> | Buffer[]): AsyncGenerator<Buffer> {
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
