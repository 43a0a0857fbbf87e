import type { Request, Response } from 'express';
import type { ChangedCart } from '../../domain/cart/shown-cart.js';
import { ERROR_CODES, type ErrorCode, type Refusal } from '../../domain/error-codes.js';
import { isNavigation } from '../callers/request-site.js';
import { setRetryAfter } from '../answers/error-answers.js';
import { sendPage } from '../answers/send-page.js';
import { errorPage } from '../views/error-page.js';
import { languageOf } from '../views/texts.js';

/** Agiqon's statuses, and those of architecture.md decision 2. A code that is not listed is a fault of ours. */
const STATUSES: Partial<Record<ErrorCode, number>> = {
  TRANSMISSION_NOT_FOUND: 404,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  INVALID_REQUEST: 400,
  RATE_LIMITED: 429,
  REQUEST_TOO_LARGE: 413,
  START_TOKEN_INVALID: 401,
  START_LINK_USED: 409,
  SESSION_ACTIVE: 409,
  SESSION_CANCELLED: 400,
  SESSION_CLOSED: 400,
  SESSION_TRANSFERRED: 400,
  ORDER_CREATED: 400,
  SESSION_EXPIRED: 410,
  NO_SESSION: 409,
  CART_EMPTY: 409,
  CART_CHANGED: 409,
  CART_CHANGING: 409,
  CART_NOT_ENCODABLE: 422,
  RETURN_URL_REFUSED: 422,
  READ_ONLY_SESSION: 403,
  STORE_UNAVAILABLE: 503,
  STORE_SESSION_LOST: 410,
  SERVICE_UNAVAILABLE: 503,
};

export interface RefusalContext {
  /** BCP 47 of the punchout; the browser's language otherwise. */
  language?: string;
  /** Who may frame the page; nobody when no punchout is known. */
  frameAncestors?: readonly string[];
  /** Id of the log line of an unknown error. */
  id?: string;
}

/** Says no in the connector session's dialect: an HTML page for a navigation, JSON otherwise. */
export function sendRefusal(req: Request, res: Response, refusal: Refusal, context: RefusalContext = {}): void {
  const status = STATUSES[refusal.code] ?? 500;
  setRetryAfter(res, refusal);
  if (isNavigation(req)) {
    const html = errorPage({
      status,
      code: refusal.code,
      details: refusal.details,
      language: languageOf(context.language ?? req.get('accept-language')),
      id: context.id,
    });
    sendPage(res.status(status), html, { formAction: [], frameAncestors: context.frameAncestors ?? [] });
    return;
  }
  const details = refusal.changed === undefined ? refusal.details : changedDetails(refusal.changed);
  res.status(status).json({
    error: {
      code: refusal.code,
      message: refusal.reason ?? ERROR_CODES[refusal.code],
      ...(details === undefined ? {} : { details }),
      ...(context.id === undefined ? {} : { id: context.id }),
    },
  });
}

/** `confirm` goes into `logout?transferred=1&confirmed=…` when the buyer agrees. */
function changedDetails({ notices, summary, confirm }: ChangedCart): object {
  return { notices, cart: summary, confirm };
}
