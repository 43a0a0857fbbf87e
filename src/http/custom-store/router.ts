import type { RequestHandler, Router as ExpressRouter } from 'express';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers, methodNotAllowed } from '../answers/error-answers.js';
import type { BodyReader, StandingOf } from '../body/read-body.js';
import { sendRefusal } from './envelope.js';
import { Router } from '../router.js';

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
