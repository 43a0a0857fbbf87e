import express, { type Request, type RequestHandler, Router } from 'express';
import type { Logger } from '../../ports/logger.js';
import { type RefusalSender, errorAnswers } from '../middleware/error-answers.js';
import { isNavigation, prefersJson } from '../middleware/request-site.js';
import type { CxmlAnswers } from './setup/cxml-answers.js';
import { sendJsonRefusal } from './json-envelope.js';
import { OCI_ANSWER_PATH, sendOciRefusal } from './setup/oci-setup-route.js';
import { isOrderAddress } from './setup/setup-route.js';
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
  /** Keeps what call-ups and transfers say, and are told. */
  exchanges: RequestHandler;
  log: Logger;
}

export const GATEWAY_PREFIX = '/v1/punchout';
/** DESIGN section 5. */
const SETUP_LIMIT = '5mb';
const TRANSFER_LIMIT = '32mb';

/** Source 002's PunchOut Session API. */
export function gatewayRouter({ setup, ociSetup, ociAnswer, transfer, ociTransfer, returnPage, answers, api, limitAddress, exchanges, log }: Routes): Router {
  const router = Router();
  router.use(limitAddress);
  router.use(['/setup', '/order', '/oci/setup', '/transfer', '/oci/transfer'], exchanges);
  const body = express.raw({ type: () => true, limit: SETUP_LIMIT, inflate: false });
  const cxmlOrJson: RefusalSender = (req, res, refusal) => {
    if (isCxml(req)) answers.sendMethodNotAllowed(res);
    else sendJsonRefusal(req, res, refusal);
  };
  router
    .route('/setup')
    .post(body, setup)
    .get((_req, res) => {
      answers.sendPing(res);
    })
    .all(methodNotAllowed('GET, POST', cxmlOrJson));
  router
    .route('/order')
    .post(express.raw({ type: () => true, limit: TRANSFER_LIMIT, inflate: false }), setup)
    .get((_req, res) => {
      answers.sendPing(res);
    })
    .all(methodNotAllowed('GET, POST', cxmlOrJson));
  router.route('/oci/setup').post(body, ociSetup).get(ociSetup).all(methodNotAllowed('GET, POST', sendOciRefusal));
  router.route(`${OCI_ANSWER_PATH}/:transmissionId`).get(ociAnswer).all(methodNotAllowed('GET', sendOciRefusal));
  const cart = express.raw({ type: () => true, limit: TRANSFER_LIMIT, inflate: false });
  router.route('/transfer').post(cart, transfer).all(methodNotAllowed('POST', sendTransferRefusal));
  router.route('/oci/transfer').post(cart, ociTransfer).all(methodNotAllowed('POST', sendTransferRefusal));
  router.route(`${RETURN_PAGE_PATH}/:transmissionId`).get(returnPage).all(methodNotAllowed('GET', sendOciRefusal));
  router.use(api);
  router.use((req, res) => {
    sendJsonRefusal(req, res, { code: 'NOT_FOUND' });
  });
  router.use(errorAnswers(log, (req) => senderFor(req, answers)));
  return router;
}

/** The dialect that a caller of this address speaks. */
function senderFor(req: Request, answers: CxmlAnswers): RefusalSender {
  if (/^\/(oci\/)?transfer\b/.test(req.path)) return sendTransferRefusal;
  if (req.path.startsWith('/oci/') || req.path.startsWith(`${RETURN_PAGE_PATH}/`)) return sendOciRefusal;
  return isCxml(req) ? (_req, res, refusal) => answers.sendRefusal(res, refusal) : sendJsonRefusal;
}

/** Of a call-up or an order. */
function isCxml(req: Request): boolean {
  if (/[/+]json\b/i.test(req.get('content-type') ?? '')) return false;
  return isOrderAddress(req) || (/^\/setup\/?$/i.test(req.path) && !prefersJson(req));
}

/** A page for a browser that asks for one. */
function sendTransferRefusal(...[req, res, refusal, id]: Parameters<RefusalSender>): void {
  if (isNavigation(req)) sendOciRefusal(req, res, refusal, id);
  else sendJsonRefusal(req, res, refusal, id);
}

function methodNotAllowed(allow: string, send: RefusalSender = sendJsonRefusal): RequestHandler {
  return (req, res) => {
    res.set('Allow', allow);
    send(req, res, { code: 'METHOD_NOT_ALLOWED' });
  };
}
