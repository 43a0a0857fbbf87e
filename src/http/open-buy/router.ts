import type { RequestHandler, Response, Router as ExpressRouter } from 'express';
import { ERROR_CODES, type Refusal } from '../../domain/error-codes.js';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers, methodNotAllowed, setRetryAfter } from '../answers/error-answers.js';
import type { BodyReader } from '../body/read-body.js';
import { statusOf } from '../error-statuses.js';
import { learn } from '../exchange-facts.js';
import { Router } from '../router.js';

/** Of open-buy.md 1. */
export type OpenBuyAction = 'authentication' | 'search' | 'detail' | 'checkout';

interface Routes {
  actions: Record<OpenBuyAction, RequestHandler>;
  limitAddress: RequestHandler;
  readBody: BodyReader;
  /** Stores requests and answers in the message log. */
  exchanges: RequestHandler;
  log: Logger;
}

export const OPEN_BUY_PREFIX = '/open-buy';
/** Behind the name of an action: in Coupa's newer editions nothing, in the older ones a version (open-buy.md 1). */
export const PATH_ENDS = ['', '/v1.0.0'] as const;
const BODY_LIMIT = 64 * 1024;

/** The supplier's side of Coupa's Open Buy, as far as its reference was read (open-buy.md). */
export function openBuyRouter({ actions, limitAddress, readBody, exchanges, log }: Routes): ExpressRouter {
  const router = Router();
  router.use(limitAddress);
  const body = readBody({ limit: BODY_LIMIT });
  const onlyPost = methodNotAllowed('POST', (_req, res, refusal) => sendRefusal(res, refusal));
  for (const [name, action] of Object.entries(actions))
    for (const end of PATH_ENDS) router.route(`/${name}${end}`).post(body, exchanges, action).all(onlyPost);
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
