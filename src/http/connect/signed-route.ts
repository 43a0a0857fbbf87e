import type { Request, RequestHandler } from 'express';
import type { ConnectShop } from '../../domain/orders/connect-shop.js';
import type { Outcome } from '../../domain/error-codes.js';
import { readSignatureHeaders } from '../../protocols/hmac/signature-headers.js';
import type { ClaimedRequest, SignedClaim } from '../../usecases/access/authenticate-shop.js';
import type { Admission } from '../middleware/admission.js';
import { setRetryAfter } from '../middleware/retry-after.js';
import { type ConnectAnswer, refusalAnswer, sendAnswer } from './envelope.js';

/** A signed call: whose it is, and the bytes that were signed. */
export interface SignedCall {
  req: Request;
  shop: ConnectShop;
  /** Empty for a GET, and where there is no body. */
  payload: Uint8Array;
}

export type ConnectCall = (call: SignedCall) => Promise<ConnectAnswer> | ConnectAnswer;

export interface SignedRouteDeps {
  authenticate: (claim: SignedClaim | undefined, request: ClaimedRequest) => Promise<Outcome<ConnectShop>>;
  admission: Pick<Admission, 'guessAddress' | 'proven'>;
}

/** How an event of ours begins; a call never does (SECURITY T46: what we sent to a subscriber, sent back to us). */
const OWN_EVENT = /^(?:\ufeff)?\s*(?:<\?xml[^>]*>\s*)?<order-event[\s>]/;

/**
 * The signature first, over the raw bytes (source 003: "HMAC-SHA512 over the body"), then the call. Goes behind a parser that leaves
 * `req.body` as bytes. A GET is signed over the empty payload, whatever body it may have. `pathOf`: path and query of a
 * request as its caller knows them.
 */
export function signedRoute(
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
    if (OWN_EVENT.test(payload.toString('latin1', 0, 200)))
      return sendAnswer(
        res,
        refusalAnswer({ code: 'INVALID_REQUEST', reason: 'This is an event of ours, not a call.' }),
      );
    sendAnswer(res, await call({ req, shop: shop.value, payload }));
  };
}
