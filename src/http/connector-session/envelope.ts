import type { Request, Response } from 'express';
import type { ChangedCart } from '../../domain/cart/shown-cart.js';
import { ERROR_CODES, type Refusal } from '../../domain/error-codes.js';
import { isNavigation } from '../callers/request-site.js';
import { pageTexts } from '../answers/page-texts.js';
import { setRetryAfter } from '../answers/error-answers.js';
import { sendPage } from '../answers/send-page.js';
import { errorPage } from '../views/error-page.js';
import { statusOf } from '../error-statuses.js';
import { learn } from '../exchange-facts.js';
import { referenceOf } from '../reference.js';

export interface RefusalContext {
  /** BCP 47 of the punchout; the browser's language otherwise. */
  language?: string;
  /** Who may frame the page; nobody when no punchout is known. */
  frameAncestors?: readonly string[];
  /** Reference of an unknown error, for its JSON answer. */
  id?: string;
}

/** Says no in the connector session's dialect: an HTML page for a navigation, JSON otherwise. */
export function sendRefusal(req: Request, res: Response, refusal: Refusal, context: RefusalContext = {}): void {
  const status = statusOf('session', refusal.code);
  learn(res, { refusal });
  setRetryAfter(res, refusal);
  if (isNavigation(req)) {
    const html = errorPage({
      status,
      code: refusal.code,
      details: refusal.details,
      texts: pageTexts(res, context.language),
      reference: referenceOf(res),
    });
    sendPage(res.status(status), html, {
      formAction: [],
      frameAncestors: context.frameAncestors ?? [],
      page: 'refusal',
    });
    return;
  }
  const details = refusal.changed === undefined ? refusal.details : changedDetails(refusal.changed);
  res.status(status).json({
    error: {
      code: refusal.code,
      message: refusal.reason ?? ERROR_CODES[refusal.code],
      details,
      id: context.id,
    },
  });
}

/** `confirm` goes into `logout?transferred=1&confirmed=…` when the buyer agrees. */
function changedDetails({ notices, summary, confirm }: ChangedCart): object {
  return { notices, cart: summary, confirm };
}
