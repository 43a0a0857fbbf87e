import { type Request, type RequestHandler, Router } from 'express';
import type { Logger } from '../../ports/logger.js';
import { type RefusalSender, errorAnswers } from '../middleware/error-answers.js';
import type { BodyReader, StandingOf } from '../middleware/read-body.js';
import { isNavigation, prefersJson } from '../middleware/request-site.js';
import type { CxmlAnswers } from './setup/cxml-answers.js';
import { sendJsonRefusal } from './json-envelope.js';
import { OCI_ANSWER_PATH, sendOciRefusal } from './setup/oci-setup-route.js';
import { RETURN_PAGE_PATH } from './transfer/return-page-route.js';

interface Routes {
  setup: RequestHandler;
  ociSetup: RequestHandler;
  ociAnswer: RequestHandler;
  answers: CxmlAnswers;
  /** Carts that shops have put together themselves. */
  transfer: RequestHandler;
  ociTransfer: RequestHandler;
  returnPage: RequestHandler;
  /** What is asked with an API key. */
  api: RequestHandler;
  limitAddress: RequestHandler;
  readBody: BodyReader;
  standing: Record<'document' | 'form' | 'cart', StandingOf>;
  /** Keeps what call-ups and transfers say, and are told. */
  exchanges: RequestHandler;
  log: Logger;
}

export const GATEWAY_PREFIX = '/v1/punchout';
/** DESIGN section 5. */
const SETUP_LIMIT = 5 * 1024 * 1024;
const TRANSFER_LIMIT = 32 * 1024 * 1024;

/** Source 002's PunchOut Session API. */
export function gatewayRouter({ setup, ociSetup, ociAnswer, transfer, ociTransfer, returnPage, answers, api, limitAddress, readBody, standing, exchanges, log }: Routes): Router {
  const router = Router();
  router.use(limitAddress);
  router.use(['/setup', '/order', '/oci/setup', '/transfer', '/oci/transfer'], exchanges);
  router
    .route('/setup')
    .post(readBody({ limit: SETUP_LIMIT, standingOf: standing.document }), setup)
    .get((_req, res) => {
      answers.sendPing(res);
    })
    .all(methodNotAllowed('GET, POST'));
  router.route('/order').post(readBody({ limit: TRANSFER_LIMIT, standingOf: standing.document }), setup).get((_req, res) => {
    answers.sendPing(res);
  }).all(methodNotAllowed('GET, POST'));
  router.route('/oci/setup').post(readBody({ limit: SETUP_LIMIT, standingOf: standing.form }), ociSetup).get(ociSetup).all(methodNotAllowed('GET, POST'));
  router.route(`${OCI_ANSWER_PATH}/:transmissionId`).get(ociAnswer).all(methodNotAllowed('GET'));
  const cart = readBody({ limit: TRANSFER_LIMIT, standingOf: standing.cart });
  router.route('/transfer').post(cart, transfer).all(methodNotAllowed('POST'));
  router.route('/oci/transfer').post(cart, ociTransfer).all(methodNotAllowed('POST'));
  router.route(`${RETURN_PAGE_PATH}/:transmissionId`).get(returnPage).all(methodNotAllowed('GET'));
  router.use(api);
  router.use((req, res) => {
    sendJsonRefusal(req, res, { code: 'NOT_FOUND' });
  });
  router.use(errorAnswers(log, (req) => senderFor(req, answers)));
  return router;
}

/** The dialect that a caller of this address speaks. */
function senderFor(req: Request, answers: CxmlAnswers): RefusalSender {
  if (/^\/(oci\/)?transfer\b/.test(req.path)) return isNavigation(req) ? sendOciRefusal : sendJsonRefusal;
  if (req.path.startsWith('/oci/') || req.path.startsWith(`${RETURN_PAGE_PATH}/`)) return sendOciRefusal;
  const isCxml = (req.path === '/setup' || req.path === '/order') && !/[/+]json\b/i.test(req.get('content-type') ?? '') && !prefersJson(req);
  return isCxml ? (_req, res, refusal) => answers.sendRefusal(res, refusal) : sendJsonRefusal;
}

function methodNotAllowed(allow: string): RequestHandler {
  return (req, res) => {
    res.set('Allow', allow);
    sendJsonRefusal(req, res, { code: 'METHOD_NOT_ALLOWED' });
  };
}
