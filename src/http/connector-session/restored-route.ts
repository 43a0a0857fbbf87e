import type { RequestHandler } from 'express';
import { differencesOf } from '../../domain/cart/restore-report.js';
import type { ConnectorSession, SessionFinder } from '../browser/session-finder.js';
import { sendPage } from '../middleware/send-page.js';
import { restoredPage } from '../views/restored-page.js';
import { languageOf } from '../views/texts.js';
import { sendRefusal } from './envelope.js';

interface Deps {
  sessions: SessionFinder;
  cartPath: string;
  framersOf: (session: ConnectorSession) => readonly string[];
}

/** `GET restored`: what of an edited or inspected cart is not as it was, with a link to the cart. */
export function restoredRoute({ sessions, cartPath, framersOf }: Deps): RequestHandler {
  return async (req, res) => {
    const session = await sessions.live(req, res);
    if (session === undefined) {
      sendRefusal(req, res, { code: 'NO_SESSION' });
      return;
    }
    const { request, restored } = session.transmission;
    const differences = differencesOf(restored);
    const language = languageOf(request.language ?? session.connection.settings.language);
    if (differences.length === 0) res.redirect(303, cartPath);
    else
      sendPage(res, restoredPage({ differences, cartHref: cartPath, language }), {
        formAction: [],
        frameAncestors: framersOf(session),
      });
  };
}
