import type { RequestHandler, Router as ExpressRouter, Response } from 'express';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers, methodNotAllowed, setRetryAfter } from '../answers/error-answers.js';
import type { BodyReader, StandingOf } from '../body/read-body.js';
import { Router } from '../router.js';
import { ERROR_CODES, type ErrorCode, type Refusal } from '../../domain/error-codes.js';
import { statusOf } from '../error-statuses.js';
import { learn } from '../exchange-facts.js';

interface Routes {
  clone: RequestHandler;
  categories: RequestHandler;
  limitAddress: RequestHandler;
  readBody: BodyReader;
  standingOf: StandingOf;
  /** Stores requests and answers in the message log. */
  exchanges: RequestHandler;
  log: Logger;
}

export const CUSTOM_STORE_PREFIX = '/api/punchout';
/** architecture.md section 5: a clone request counts as a setup. */
const SETUP_LIMIT = 5 * 1024 * 1024;

/** The custom store integration, as Punchout Rocket documents it. */
export function customStoreRouter({
  clone,
  categories,
  limitAddress,
  readBody,
  standingOf,
  exchanges,
  log,
}: Routes): ExpressRouter {
  const router = Router();
  router.use(limitAddress);
  const body = readBody({ limit: SETUP_LIMIT, standingOf });
  const only = (allow: string): RequestHandler =>
    methodNotAllowed(allow, (_req, res, refusal) => sendRefusal(res, refusal));
  router.route('/clone').post(body, exchanges, clone).all(only('POST'));
  router.route('/categories').get(categories).all(only('GET'));
  router.use((_req, res) => sendRefusal(res, { code: 'NOT_FOUND' }));
  router.use(errorAnswers(log, () => (_req, res, refusal, id) => sendRefusal(res, refusal, id)));
  return router;
}

/** Punchout Rocket's words, and its own sentence where it has one; a middleware written to it knows no others. */
const WORDS: Partial<Record<ErrorCode, { error_code: string; message?: string }>> = {
  INVALID_CREDENTIALS: { error_code: 'unauthorized', message: 'The api_key is not valid' },
  SHIP_TO_UNKNOWN: { error_code: 'sso_unavailable' },
  CLONE_REFUSED: { error_code: 'sso_unavailable', message: 'Cannot generate SSO token for this user' },
};

/** Says no in the dialect of the custom store integration. Never with what was sent: it holds the api_key. */
export function sendRefusal(res: Response, refusal: Refusal, id?: string): void {
  learn(res, { refusal });
  const { code, reason } = refusal;
  const status = statusOf('customStore', code);
  setRetryAfter(res, refusal);
  const { error_code, message } = WORDS[code] ?? { error_code: status >= 500 ? 'internal_error' : 'invalid_request' };
  const sentence =
    message ??
    (code === 'RETURN_URL_REFUSED'
      ? `Invalid field: gateway_base_url. ${reason ?? ERROR_CODES[code]}`
      : (reason ?? ERROR_CODES[code]));
  res
    .status(status)
    .json({ status: 'error', error_code, message: id === undefined ? sentence : `${sentence} Reference: ${id}` });
}
