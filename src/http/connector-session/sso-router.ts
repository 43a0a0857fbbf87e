import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers } from '../middleware/error-answers.js';
import type { FrontendCors } from '../middleware/frontend-cors.js';
import { type RefusalContext, sendRefusal } from './envelope.js';

/** Source 004's SSO link: the login of every punchout, under the address that its example shows. */
export const SSO_PREFIX = '/sso';

interface Routes {
  login: RequestHandler;
  cors: FrontendCors;
  contextOf: (req: Request, res: Response) => Promise<RefusalContext>;
  limitAddress: RequestHandler;
  log: Logger;
}

export function ssoRouter({ login, cors, contextOf, limitAddress, log }: Routes): Router {
  const router = Router();
  const body = express.urlencoded({ extended: false, limit: '4kb', parameterLimit: 20 });
  router.use(async (req, res, next) => {
    if ((await cors(req, res)) === 'go_on') next();
  }, limitAddress);
  const route = router.route('/').get(body, login).post(body, login);
  route.all((req, res) => {
    res.set('Allow', 'GET, POST');
    sendRefusal(req, res, { code: 'METHOD_NOT_ALLOWED' });
  });
  router.use((req, res) => sendRefusal(req, res, { code: 'NOT_FOUND' }));
  router.use(
    errorAnswers(
      log,
      () => (req, res, refusal, id) =>
        void contextOf(req, res).then((context) =>
          sendRefusal(req, res, refusal, { ...context, ...(id === undefined ? {} : { id }) }),
        ),
    ),
  );
  return router;
}
