import type { RequestHandler, Router as ExpressRouter } from 'express';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers, methodNotAllowed } from '../answers/error-answers.js';
import type { BodyReader } from '../body/read-body.js';
import { sendRefusal } from './envelope.js';
import type { managedRoutes } from './managed-routes.js';
import type { ownRoutes } from './own-routes.js';
import { sendProblem } from './token-route.js';
import { Router } from '../router.js';

export const SESSION_CONTEXT_PREFIX = '/session-context';
export const TOKEN_PREFIX = '/oauth/token';
/** architecture.md section 5: other bodies 256 KiB. */
const BODY_LIMIT = 256 * 1024;
const TOKEN_LIMIT = 16 * 1024;

interface Shared {
  limitAddress: RequestHandler;
  readBody: BodyReader;
  log: Logger;
}

/** `/session-context` (session context). */
export function sessionContextRouter({
  managed,
  own,
  limitAddress,
  readBody,
  log,
}: Shared & { managed: ReturnType<typeof managedRoutes>; own: ReturnType<typeof ownRoutes> }): ExpressRouter {
  const router = Router();
  const body = readBody({ limit: BODY_LIMIT });
  router.use(limitAddress);
  router.use('/:tenant/me', own.cors);
  const only = (allow: string): RequestHandler =>
    methodNotAllowed(allow, (_req, res, refusal) => sendRefusal(res, refusal));
  router.route('/:tenant/me/context').get(own.get).patch(body, own.patch).all(only('GET, PATCH'));
  router.route('/:tenant/me/context/attributes').post(body, own.addAttribute).all(only('POST'));
  router.route('/:tenant/me/context/attributes/:name').delete(own.removeAttribute).all(only('DELETE'));
  router.route('/:tenant/context/:sessionId').get(managed.get).put(body, managed.put).all(only('GET, PUT'));
  router.route('/:tenant/context/:sessionId/attributes').post(body, managed.addAttribute).all(only('POST'));
  router.route('/:tenant/context/:sessionId/attributes/:name').delete(managed.removeAttribute).all(only('DELETE'));
  router.use((_req, res) => sendRefusal(res, { code: 'NOT_FOUND' }));
  router.use(
    errorAnswers(
      log,
      () => (req, res, refusal, id) =>
        sendRefusal(res, refusal, typeof req.params.sessionId === 'string' ? req.params.sessionId : undefined, id),
    ),
  );
  return router;
}

/** `/oauth/token`. */
export function tokenRouter({ token, limitAddress, readBody, log }: Shared & { token: RequestHandler }): ExpressRouter {
  const router = Router();
  router.use(limitAddress);
  router.post('/', readBody({ limit: TOKEN_LIMIT }), token);
  router.all('/', (_req, res) => {
    res.set('Allow', 'POST');
    sendProblem(res, 'invalid_request', 'Only by POST.', 405);
  });
  router.use((_req, res) => sendProblem(res, 'invalid_request', 'There is nothing at this address.', 404));
  router.use(
    errorAnswers(log, () => (_req, res, { code, reason }) => {
      if (code === 'SERVICE_UNAVAILABLE') sendProblem(res, 'temporarily_unavailable', 'Try again.', 503);
      else if (code === 'RATE_LIMITED')
        sendProblem(res, 'temporarily_unavailable', reason ?? 'Too many requests.', 429);
      else if (code === 'INTERNAL_ERROR') sendProblem(res, 'server_error', 'Something went wrong on our side.', 500);
      else sendProblem(res, 'invalid_request', 'The request is not valid.', code === 'REQUEST_TOO_LARGE' ? 413 : 400);
    }),
  );
  return router;
}
