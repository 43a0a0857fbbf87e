import express, { type Request, type RequestHandler, Router } from 'express';
import type { Logger } from '../../ports/logger.js';
import { type RefusalSender, errorAnswers } from '../middleware/error-answers.js';
import { prefersJson } from '../middleware/request-site.js';
import type { CxmlAnswers } from './cxml-answers.js';
import { sendJsonRefusal } from './json-envelope.js';
import { OCI_ANSWER_PATH, sendOciRefusal } from './oci-setup-route.js';

interface Routes {
  setup: RequestHandler;
  ociSetup: RequestHandler;
  ociAnswer: RequestHandler;
  answers: CxmlAnswers;
  /** What is asked with an API key. */
  api: RequestHandler;
  log: Logger;
}

export const GATEWAY_PREFIX = '/v1/punchout';
/** DESIGN section 5. */
const SETUP_LIMIT = '5mb';

/** Source 002's PunchOut Session API. */
export function gatewayRouter({ setup, ociSetup, ociAnswer, answers, api, log }: Routes): Router {
  const router = Router();
  const body = express.raw({ type: () => true, limit: SETUP_LIMIT, inflate: false });
  router
    .route('/setup')
    .post(body, setup)
    .get((_req, res) => {
      answers.sendPing(res);
    })
    .all(methodNotAllowed('GET, POST'));
  router.route('/oci/setup').post(body, ociSetup).get(ociSetup).all(methodNotAllowed('GET, POST'));
  router.route(`${OCI_ANSWER_PATH}/:transmissionId`).get(ociAnswer).all(methodNotAllowed('GET'));
  router.use(api);
  router.use((req, res) => {
    sendJsonRefusal(req, res, { code: 'NOT_FOUND' });
  });
  router.use(errorAnswers(log, (req) => senderFor(req, answers)));
  return router;
}

/** The dialect that a caller of this address speaks. */
function senderFor(req: Request, answers: CxmlAnswers): RefusalSender {
  if (req.path.startsWith('/oci/')) return sendOciRefusal;
  const isCxml = req.path === '/setup' && !/[/+]json\b/i.test(req.get('content-type') ?? '') && !prefersJson(req);
  return isCxml ? (_req, res, refusal) => answers.sendRefusal(res, refusal) : sendJsonRefusal;
}

function methodNotAllowed(allow: string): RequestHandler {
  return (req, res) => {
    res.set('Allow', allow);
    sendJsonRefusal(req, res, { code: 'METHOD_NOT_ALLOWED' });
  };
}
