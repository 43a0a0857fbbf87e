import type { Request, RequestHandler, Router as ExpressRouter } from 'express';
import type { Logger } from '../../ports/logger.js';
import { type RefusalSender, errorAnswers, methodNotAllowed } from '../answers/error-answers.js';
import type { BodyReader, StandingOf } from '../body/read-body.js';
import { acceptsJsonNotXml, isNavigation } from '../callers/request-site.js';
import type { CxmlAnswers } from './setup/cxml-answers.js';
import { sendJsonRefusal } from './json-envelope.js';
import { OCI_ANSWER_PATH, sendOciRefusal } from './setup/oci-setup-route.js';
import { isOrderAddress } from './setup/setup-route.js';
import { RETURN_PAGE_PATH } from './transfer/transfer-route.js';
import { Router } from '../router.js';

interface Routes {
  setup: RequestHandler;
  ociSetup: RequestHandler;
  ociAnswer: RequestHandler;
  answers: CxmlAnswers;
  /** Transfers of carts that shops built themselves. */
  transfer: RequestHandler;
  ociTransfer: RequestHandler;
  returnPage: RequestHandler;
  /** Routes that need an API key. */
  api: RequestHandler;
  limitAddress: RequestHandler;
  readBody: BodyReader;
  standing: Record<'document' | 'form' | 'cart', StandingOf>;
  /** Stores requests and answers of call-ups and transfers in the message log. */
  exchanges: RequestHandler;
  log: Logger;
}

export const GATEWAY_PREFIX = '/v1/punchout';
/** architecture.md section 5. */
const SETUP_LIMIT = 5 * 1024 * 1024;
const TRANSFER_LIMIT = 32 * 1024 * 1024;

/** PunchFlow's PunchOut Session API. */
export function gatewayRouter({
  setup,
  ociSetup,
  ociAnswer,
  transfer,
  ociTransfer,
  returnPage,
  answers,
  api,
  limitAddress,
  readBody,
  standing,
  exchanges,
  log,
}: Routes): ExpressRouter {
  const router = Router();
  router.use(limitAddress);
  router.use(['/setup', '/order', '/oci/setup', '/transfer', '/oci/transfer'], exchanges);
  const only = (allow: string): RequestHandler =>
    methodNotAllowed(allow, (req, res, refusal) => {
      if (isCxml(req)) answers.sendMethodNotAllowed(res, refusal);
      else senderFor(req, answers)(req, res, refusal);
    });
  router
    .route('/setup')
    .post(readBody({ limit: SETUP_LIMIT, standingOf: standing.document }), setup)
    .get((_req, res) => {
      answers.sendPing(res);
    })
    .all(only('GET, POST'));
  router
    .route('/order')
    .post(readBody({ limit: TRANSFER_LIMIT, standingOf: standing.document }), setup)
    .get((_req, res) => {
      answers.sendPing(res);
    })
    .all(only('GET, POST'));
  router
    .route('/oci/setup')
    .post(readBody({ limit: SETUP_LIMIT, standingOf: standing.form }), ociSetup)
    .get(ociSetup)
    .all(only('GET, POST'));
  router.route(`${OCI_ANSWER_PATH}/:transmissionId`).get(ociAnswer).all(only('GET'));
  const cart = readBody({ limit: TRANSFER_LIMIT, standingOf: standing.cart });
  router.route('/transfer').post(cart, transfer).all(only('POST'));
  router.route('/oci/transfer').post(cart, ociTransfer).all(only('POST'));
  router.route(`${RETURN_PAGE_PATH}/:transmissionId`).get(returnPage).all(only('GET'));
  router.use(api);
  router.use((req, res) => {
    sendJsonRefusal(req, res, { code: 'NOT_FOUND' });
  });
  router.use(errorAnswers(log, (req) => senderFor(req, answers)));
  return router;
}

/** The format in which refusals are sent to callers of this path. */
function senderFor(req: Request, answers: CxmlAnswers): RefusalSender {
  if (/^\/(oci\/)?transfer\b/.test(req.path)) return sendTransferRefusal;
  if (req.path.startsWith('/oci/') || req.path.startsWith(`${RETURN_PAGE_PATH}/`)) return sendOciRefusalPage;
  return isCxml(req) ? (_req, res, refusal) => answers.sendRefusal(res, refusal) : sendJsonRefusal;
}

/** cXML is answered in cXML, even if it could not be read. An order is always answered in cXML. */
function isCxml(req: Request): boolean {
  if (saysJson(req)) return false;
  return isOrderAddress(req) || (/^\/setup\/?$/i.test(req.path) && !acceptsJsonNotXml(req));
}

const sendOciRefusalPage: RefusalSender = (req, res, refusal) => sendOciRefusal(req, res, refusal);

/** A page if a browser asks for one, else JSON. */
function sendTransferRefusal(...[req, res, refusal, id]: Parameters<RefusalSender>): void {
  if (isNavigation(req)) sendOciRefusal(req, res, refusal);
  else sendJsonRefusal(req, res, refusal, id);
}

/** Decides by the Content-Type, unless the body turned out to be XML. */
function saysJson(req: Request): boolean {
  const body: unknown = req.body;
  return (
    /[/+]json\b/i.test(req.get('content-type') ?? '') &&
    !(Buffer.isBuffer(body) && /^(?:\xef\xbb\xbf)?\s*</.test(body.toString('latin1', 0, 200)))
  );
}
