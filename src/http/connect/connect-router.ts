import type { RequestHandler, Request, Router as ExpressRouter } from 'express';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers, setRetryAfter, methodNotAllowed } from '../answers/error-answers.js';
import type { BodyReader } from '../body/read-body.js';
import { refusalAnswer, sendAnswer, type ConnectAnswer } from './envelope.js';
import type { ConnectShop } from '../../domain/orders/connect-shop.js';
import type { Outcome } from '../../domain/error-codes.js';
import { readSignatureHeaders } from '../../protocols/hmac/payload-signature.js';
import type { ClaimedRequest, SignedClaim } from '../../usecases/access/authenticate-shop.js';
import type { Admission } from '../callers/admission.js';
import { learn } from '../exchange-facts.js';
import { Router } from '../router.js';

/** A signed call of a ConnectShop. */
export interface ConnectRoute {
  method: 'get' | 'post' | 'delete';
  /** Path below the public URL, in Express syntax. */
  path: `${ConnectPrefix}/${string}`;
  call: ConnectCall;
}

export const CONNECT_PREFIXES = ['/sdk', '/api/provider'] as const;
type ConnectPrefix = (typeof CONNECT_PREFIXES)[number];

/** architecture.md section 5. */
const BODY_LIMIT = 256 * 1024;

interface Deps extends SignedRouteDeps {
  publicUrl: string;
  routes: readonly ConnectRoute[];
  limitAddress: RequestHandler;
  readBody: BodyReader;
  log: Logger;
}

/** The routes below one prefix; mount the router there. */
export function connectRouter(
  prefix: ConnectPrefix,
  { publicUrl, routes, limitAddress, readBody, log, ...deps }: Deps,
): ExpressRouter {
  const router = Router();
  router.use(limitAddress);
  const body = readBody({ limit: BODY_LIMIT });
  const base = new URL(publicUrl).pathname.replace(/\/$/, '') + prefix;
  const route = signedRoute(deps, (req) => base + req.url);
  const own = routes.filter(({ path }) => path.startsWith(`${prefix}/`));
  for (const { method, path, call } of own) router[method](path.slice(prefix.length), body, route(call));
  for (const path of new Set(own.map((one) => one.path))) {
    const allowed = own.filter((one) => one.path === path).map(({ method }) => method.toUpperCase());
    router.all(
      path.slice(prefix.length),
      methodNotAllowed(allowed.join(', '), (_req, res, refusal) => sendAnswer(res, refusalAnswer(refusal))),
    );
  }
  router.use((_req, res) => {
    sendAnswer(res, refusalAnswer({ code: 'NOT_FOUND' }));
  });
  router.use(errorAnswers(log, () => (_req, res, refusal, id) => sendAnswer(res, refusalAnswer(refusal, id))));
  return router;
}

/** A signed call: the calling shop and the signed bytes. */
interface SignedCall {
  req: Request;
  shop: ConnectShop;
  /** Empty for a GET and for a request without a body. */
  payload: Uint8Array;
}

type ConnectCall = (call: SignedCall) => Promise<ConnectAnswer> | ConnectAnswer;

interface SignedRouteDeps {
  authenticate: (claim: SignedClaim | undefined, request: ClaimedRequest) => Promise<Outcome<ConnectShop>>;
  admission: Pick<Admission, 'guessAddress' | 'proven'>;
}

/**
 * Start of our own events; a call never starts like this (T46: an attacker replays an event that we sent to a
 * subscriber).
 */
const OWN_EVENT = /^(?:\ufeff)?\s*(?:<\?xml[^>]*>\s*)?<order-event[\s>]/;

/**
 * Checks the signature over the raw bytes first (Shopware Connect: "HMAC-SHA512 over the body"), then runs the call.
 * Needs a parser that leaves `req.body` as bytes. A GET is signed over the empty payload, whatever its body. `pathOf`:
 * path and query of the request as the caller sees them.
 */
function signedRoute(
  { authenticate, admission }: SignedRouteDeps,
  pathOf: (req: Request) => string,
): (call: ConnectCall) => RequestHandler {
  return (call) => async (req, res) => {
    const payload = req.method !== 'GET' && Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const request = { method: req.method, path: pathOf(req), payload, address: admission.guessAddress(req) };
    const shop = await authenticate(readSignatureHeaders(req.rawHeaders), request);
    if (!shop.ok) {
      setRetryAfter(res, shop.refusal);
      return sendAnswer(res, refusalAnswer(shop.refusal));
    }
    admission.proven(req);
    learn(res, { connection: { tenantId: shop.value.tenantId } });
    if (OWN_EVENT.test(payload.toString('latin1', 0, 200)))
      return sendAnswer(
        res,
        refusalAnswer({ code: 'INVALID_REQUEST', reason: 'This is one of our own events, not a call.' }),
      );
    sendAnswer(res, await call({ req, shop: shop.value, payload }));
  };
}
