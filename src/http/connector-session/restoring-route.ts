import type { RequestHandler } from 'express';
import type { ConnectorSession, SessionFinder } from '../browser/session-finder.js';
import { prefersJson } from '../middleware/request-site.js';
import { sendPage } from '../middleware/send-page.js';
import { restoringPage } from '../views/restoring-page.js';
import { languageOf } from '../views/texts.js';
import { sendRefusal } from './envelope.js';

interface Deps {
  sessions: SessionFinder;
  /** Where this page and the next are. */
  restoringPath: string;
  restoredPath: string;
  isRestoring: (session: ConnectorSession) => boolean;
  framersOf: (session: ConnectorSession) => readonly string[];
}

/** `GET restoring`: waits for the lines of a large edited cart, then goes on to what became of them. */
export function restoringRoute({
  sessions,
  restoringPath,
  restoredPath,
  isRestoring,
  framersOf,
}: Deps): RequestHandler {
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
          language: languageOf(request.language ?? session.connection.settings.language),
        }),
        { formAction: [], frameAncestors: framersOf(session) },
      );
  };
}
