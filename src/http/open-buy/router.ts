import type { RequestHandler, Response, Router as ExpressRouter } from 'express';
import { ERROR_CODES, type Refusal } from '../../domain/error-codes.js';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers, methodNotAllowed, setRetryAfter } from '../answers/error-answers.js';
import type { BodyReader } from '../body/read-body.js';
import { statusOf } from '../error-statuses.js';
import { learn } from '../exchange-facts.js';
import { Router } from '../router.js';

interface Routes {
  authenticate: RequestHandler;
  search: RequestHandler;
  limitAddress: RequestHandler;
  readBody: BodyReader;
  /** Stores requests and answers in the message log. */
  exchanges: RequestHandler;
  log: Logger;
}

export const OPEN_BUY_PREFIX = '/open-buy';
const BODY_LIMIT = 64 * 1024;

/** The supplier's side of Coupa's Open Buy, as far as its reference was read (open-buy.md). */
export function openBuyRouter({ authenticate, search, limitAddress, readBody, exchanges, log }: Routes): ExpressRouter {
  const router = Router();
  router.use(limitAddress);
  const body = readBody({ limit: BODY_LIMIT });
  const onlyPost = methodNotAllowed('POST', (_req, res, refusal) => sendRefusal(res, refusal));
  router.route('/authentication/v1.0.0').post(body, exchanges, authenticate).all(onlyPost);
  router.route('/search/v1.0.0').post(body, exchanges, search).all(onlyPost);
  router.use((_req, res) => sendRefusal(res, { code: 'NOT_FOUND' }));
  router.use(errorAnswers(log, () => (_req, res, refusal, id) => sendRefusal(res, refusal, id)));
  return router;
}

/** The status is Open Buy's. The body is a sentence for whoever tries it: no form of a refusal was read. */
export function sendRefusal(res: Response, refusal: Refusal, id?: string): void {
  learn(res, { refusal });
  const { code, reason } = refusal;
  const status = statusOf('openBuy', code);
  setRetryAfter(res, refusal);
  if (status === 401) res.set('WWW-Authenticate', 'Bearer realm="open-buy"');
  const sentence = reason ?? ERROR_CODES[code];
  res
    .status(status)
    .type('text/plain')
    .send(id === undefined ? sentence : `${sentence} Reference: ${id}`);
}
