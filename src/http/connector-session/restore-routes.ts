import type { RequestHandler } from 'express';
import { differencesOf } from '../../domain/cart/restore-report.js';
import type { SessionFinder } from '../browser/session-finder.js';
import type { ConnectorSession } from '../middleware.js';
import { pageTexts } from '../answers/page-texts.js';
import { sendPage } from '../answers/send-page.js';
import { restoredPage, restoringPage } from '../views/restored-pages.js';
import { sendRefusal } from './envelope.js';
import { prefersJson } from '../callers/request-site.js';

interface Deps {
  sessions: SessionFinder;
  cartPath: string;
  framersOf: (session: ConnectorSession) => readonly string[];
}

/** `GET restored`: lists what differs in an edited or inspected cart, with a link to the cart. */
export function restoredRoute({ sessions, cartPath, framersOf }: Deps): RequestHandler {
  return async (req, res) => {
    const session = await sessions.live(req, res);
    if (session === undefined) {
      sendRefusal(req, res, { code: 'NO_SESSION' });
      return;
    }
    const { request, restored } = session.transmission;
    const differences = differencesOf(restored);
    const texts = pageTexts(res, request.language ?? session.connection.settings.language);
    if (differences.length === 0) res.redirect(303, cartPath);
    else
      sendPage(res, restoredPage({ differences, cartHref: cartPath, texts }), {
        formAction: [],
        frameAncestors: framersOf(session),
        page: 'session',
      });
  };
}

interface WaitingDeps {
  sessions: SessionFinder;
  /** Paths of this page and of the next one. */
  restoringPath: string;
  restoredPath: string;
  isRestoring: (session: ConnectorSession) => boolean;
  framersOf: (session: ConnectorSession) => readonly string[];
}

/** `GET restoring`: waits for the lines of a large edited cart, then goes on to the result. */
export function restoringRoute({
  sessions,
  restoringPath,
  restoredPath,
  isRestoring,
  framersOf,
}: WaitingDeps): RequestHandler {
  return async (req, res) => {
    const session = await sessions.live(req, res);
    if (session === undefined) {
      sendRefusal(req, res, { code: 'NO_SESSION' });
      return;
    }
    const { request } = session.transmission;
    if (prefersJson(req))
      res.json({ restoring: isRestoring(session), location: isRestoring(session) ? restoringPath : restoredPath });
    else if (!isRestoring(session)) res.redirect(303, restoredPath);
    else
      sendPage(
        res,
        restoringPage({
          count: request.items.length,
          href: restoringPath,
          texts: pageTexts(res, request.language ?? session.connection.settings.language),
        }),
        { formAction: [], frameAncestors: framersOf(session), page: 'session' },
      );
  };
}
