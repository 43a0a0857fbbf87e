import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { type ErrorCode, PunchoutError, type Refusal } from '../../domain/error-codes.js';
import type { Logger } from '../../ports/logger.js';
import { BodyRefused } from '../body/body-budget.js';
import { loggedPath } from '../logged-path.js';
import { referenceOf } from '../reference.js';

export type RefusalSender = (req: Request, res: Response, refusal: Refusal, id?: string) => void;

/**
 * Answers a thrown error in the format of its API family. A known error code is sent unchanged; any other error becomes
 * INTERNAL_ERROR with the reference that is also logged. The message of an unknown error never leaves the process.
 */
export function errorAnswers(log: Logger, senderFor: (req: Request) => RefusalSender): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const code = codeOf(error);
    if (code === undefined) {
      const id = referenceOf(res);
      log.error({ err: error, reference: id, method: req.method, path: loggedPath(req.path) }, 'unexpected error');
      senderFor(req)(req, res, { code: 'INTERNAL_ERROR' }, id);
      return;
    }
    // Logged at debug level: a refused body is the caller's error, and there are many callers.
    if (error instanceof BodyRefused) log.debug({ code, path: loggedPath(req.path) }, 'request body refused');
    else if (code === 'SERVICE_UNAVAILABLE' || code === 'STORE_UNAVAILABLE' || code === 'STORE_SESSION_LOST')
      log.warn({ err: error, path: loggedPath(req.path), reference: referenceOf(res) }, 'a dependency does not answer');
    senderFor(req)(req, res, { code, reason: reasonOf(error) });
  };
}

/** What the caller can do about the error, if anything. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof PunchoutError) return error.reason;
  return statusOf(error) === 415
    ? 'The body is compressed (Content-Encoding) or in an unknown charset; send it plain.'
    : undefined;
}

/**
 * Body parsers and the router throw errors with a status. A path that cannot be decoded counts as unknown
 * (architecture.md section 6).
 */
function codeOf(error: unknown): ErrorCode | undefined {
  if (error instanceof PunchoutError) return error.code;
  if (error instanceof URIError) return 'TRANSMISSION_NOT_FOUND';
  const status = statusOf(error);
  if (status === 413) return 'REQUEST_TOO_LARGE';
  return status !== undefined && status >= 400 && status < 500 ? 'INVALID_REQUEST' : undefined;
}

function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : undefined;
}

/** Answers 405 to every method that the routes before it do not take, in the dialect that `send` speaks. */
export function methodNotAllowed(
  allow: string,
  send: (req: Request, res: Response, refusal: Refusal) => void,
): RequestHandler {
  return (req, res) => {
    res.set('Allow', allow);
    const reason = `${req.method} is not possible at this address; it takes ${allow}.`;
    send(req, res, { code: 'METHOD_NOT_ALLOWED', reason });
  };
}

const DEPENDENCY_SECONDS = 5;

/** Sets `Retry-After` (seconds) for a temporary refusal. Keeps a value that was set before. */
export function setRetryAfter(res: Response, { code, details }: Refusal): void {
  const seconds =
    code === 'RATE_LIMITED'
      ? details?.['retry_after_seconds']
      : code === 'SERVICE_UNAVAILABLE' || code === 'STORE_UNAVAILABLE'
        ? DEPENDENCY_SECONDS
        : undefined;
  if (seconds !== undefined && res.get('Retry-After') === undefined) res.set('Retry-After', String(seconds));
}
