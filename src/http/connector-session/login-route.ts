import type { Request, RequestHandler, Response } from 'express';
import type { Outcome } from '../../domain/error-codes.js';
import type { Transmission } from '../../domain/transmission.js';
import { CLICK_NEEDED, type LoggedIn, type LoginAttempt } from '../../usecases/log-in.js';
import type { BrowserSession } from '../browser/browser-session.js';
import type { CookieJar } from '../browser/cookie-jar.js';
import type { SessionFinder } from '../browser/session-finder.js';
import { isHarmlessLook, isNavigation, prefersJson, requestSite } from '../middleware/request-site.js';
import { sendPage } from '../middleware/send-page.js';
import { continuePage } from '../views/continue-page.js';
import { cookiesRefusedPage } from '../views/cookies-refused-page.js';
import { sessionConflictPage } from '../views/session-conflict-page.js';
import { languageOf } from '../views/texts.js';
import { sendRefusal } from './envelope.js';

interface Deps {
  jar: CookieJar;
  browser: BrowserSession;
  sessions: SessionFinder;
  publicOrigin: string;
  logIn(attempt: LoginAttempt): Promise<Outcome<LoggedIn | typeof CLICK_NEEDED>>;
  /** Who may frame pages about a transmission, by its id; nobody for an unknown one. */
  framersOf(transmissionId: string): Promise<string[]>;
}

const PROBE_MS = 10 * 60_000;
/** The claim cookie outlives the transfer by a day, for showing the cart again. */
const CLAIM_AFTERLIFE_MS = 24 * 60 * 60_000;

/** `GET|POST login/{transmissionId}?token=…` (source 000, DESIGN decisions 1 and 2). */
export function loginRoute({ jar, browser, sessions, publicOrigin, logIn, framersOf }: Deps): RequestHandler {
  return async (req: Request, res: Response) => {
    if (isHarmlessLook(req)) {
      res.status(204).end();
      return;
    }
    const transmissionId = String(req.params['transmissionId']);
    const language = languageOf(req.get('accept-language'));
    if (needsProbe(req, jar)) {
      await probeCookies(req, res, { jar, framersOf, transmissionId, language });
      return;
    }
    const current = await liveOther(req, res, sessions, transmissionId);
    const { query, body } = req as { query: Record<string, unknown>; body?: Record<string, unknown> };
    const posted = req.method === 'POST' && requestSite(req, publicOrigin) !== 'cross';
    const token = textOf(query['token']) ?? textOf(body?.['token']);
    const outcome = await logIn({
      transmissionId,
      token,
      claimDigest: sessions.claimDigest(req),
      current,
      endCurrent: posted && textOf(body?.['end_current']) === '1',
      clicked: posted || !isNavigation(req),
    });
    if (!outcome.ok) {
      const frameAncestors = await framersOf(transmissionId);
      if (outcome.refusal.code === 'SESSION_ACTIVE' && isNavigation(req)) {
        sendPage(res.status(409), sessionConflictPage({ action: req.originalUrl, hiddenFields: [{ name: 'end_current', value: '1' }], language }), { formAction: [], frameAncestors });
      } else sendRefusal(req, res, outcome.refusal, { frameAncestors });
      return;
    }
    if (outcome.value === CLICK_NEEDED) {
      sendPage(res, continuePage({ action: req.originalUrl, hiddenFields: [], language }), { formAction: [], frameAncestors: await framersOf(transmissionId) });
      return;
    }
    const { transmission, claimSecret, landing, restored } = outcome.value;
    if (claimSecret !== undefined) jar.set(res, jar.claimName, claimSecret, transmission.absoluteExpiresAt.getTime() - Date.now() + CLAIM_AFTERLIFE_MS);
    await browser.bind(req, res, transmission);
    if (prefersJson(req)) {
      const { protocol, operation, status, expiresAt } = transmission;
      res.json({ active: true, transmissionId, protocol, operation, status, expiresAt, location: landing, restored });
    } else res.redirect(303, landing);
  };
}

/** A browser (it sends Sec-Fetch-Dest) that shows none of our cookies is asked to keep one before its link is used up. */
function needsProbe(req: Request, jar: CookieJar): boolean {
  return req.method === 'GET' && isNavigation(req) && req.get('sec-fetch-dest') !== undefined && !jar.knows(req) && jar.read(req, jar.probeName) === undefined;
}

async function probeCookies(req: Request, res: Response, { jar, framersOf, transmissionId, language }: Pick<Deps, 'jar' | 'framersOf'> & { transmissionId: string; language: 'de' | 'en' }): Promise<void> {
  const [path = '', query = ''] = req.originalUrl.split('?', 2);
  const parameters = new URLSearchParams(query);
  if (parameters.has('probe')) {
    parameters.delete('probe');
    sendPage(res, cookiesRefusedPage({ newWindowUrl: `${path}?${parameters}`, language }), { formAction: [], frameAncestors: await framersOf(transmissionId) });
    return;
  }
  parameters.set('probe', '1');
  jar.set(res, jar.probeName, '1', PROBE_MS);
  res.redirect(303, `${path}?${parameters}`);
}

/** The live punchout that this browser is in, if it is not the one it wants to enter. */
async function liveOther(req: Request, res: Response, sessions: SessionFinder, transmissionId: string): Promise<Transmission | undefined> {
  const live = await sessions.live(req, res);
  return live === undefined || live.transmission.transmissionId === transmissionId ? undefined : live.transmission;
}

/** A parameter that came exactly once. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
