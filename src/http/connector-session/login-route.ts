import bodyParser from 'body-parser';
import type { Request, RequestHandler, Response, Router as ExpressRouter } from 'express';
import type { Outcome } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { readSsoToken } from '../../domain/access/customer-clone.js';
import { CLICK_NEEDED, type LoggedIn, type LoginAttempt } from '../../usecases/punchout/log-in.js';
import type { BrowserSession } from '../browser/browser-session.js';
import type { CookieJar } from '../browser/cookie-jar.js';
import type { SessionFinder } from '../browser/session-finder.js';
import {
  type RequestSite,
  acceptsOnlyJson,
  isHarmlessLook,
  isNavigation,
  opensPage,
  prefersJson,
  requestSite,
  sameAddress,
} from '../callers/request-site.js';
import { pageTexts } from '../answers/page-texts.js';
import { isFramed } from '../answers/refused-page.js';
import { noteFraming, sendPage } from '../answers/send-page.js';
import { continuePage, cookiesRefusedPage, sessionConflictPage } from '../views/session-pages.js';
import type { LanguageTexts } from '../../domain/buyer-texts/buyer-texts.js';
import { sendRefusal, type RefusalContext } from './envelope.js';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers, methodNotAllowed } from '../answers/error-answers.js';
import type { FrontendCors } from '../callers/frontend-cors.js';
import { learn } from '../exchange-facts.js';
import { referenceOf } from '../reference.js';
import { Router } from '../router.js';

interface Deps {
  jar: CookieJar;
  browser: BrowserSession;
  sessions: SessionFinder;
  publicOrigin: string;
  homePath: string;
  logIn: (attempt: LoginAttempt) => Promise<Outcome<LoggedIn | typeof CLICK_NEEDED>>;
  /** Path of the page that lists what could not be restored. Undefined if the shop shows this itself. */
  restoredPath: string | undefined;
  /** Path of the page that waits while lines are still being restored. */
  restoringPath: string;
  /**
   * Origins that may frame pages of a transmission, by its id. None for an unknown id. What the id says about the owner
   * of this request is learned.
   */
  framersOf: (res: Response, transmissionId: string) => Promise<string[]>;
  /** Origins of the frontends of a transmission's tenant, by its id. */
  frontendOrigins: (transmissionId: string) => Promise<readonly string[]>;
  /** Called for requests with a valid link. */
  proven: (req: Request) => void;
  /** The login that a request asks for. Undefined if it has no token. */
  targetOf: (req: Request) => LoginTarget | undefined;
}

interface LoginTarget {
  transmissionId: string;
  token: string | undefined;
}

const PROBE_MS = 10 * 60_000;
/** The claim cookie stays for one day after the transfer, so that the cart can be shown again. */
const CLAIM_AFTERLIFE_MS = 24 * 60 * 60_000;

/** The target of `login/{transmissionId}?token=…`. */
export function pathTarget(req: Request): LoginTarget {
  return { transmissionId: String(req.params['transmissionId']), token: tokenOf(req) };
}

/** The target of `/sso?token=…`, where the token names its transmission. */
export function ssoTarget(req: Request): LoginTarget | undefined {
  return readSsoToken(tokenOf(req));
}

/**
 * `GET|POST login/{transmissionId}?token=…` (connector session, architecture.md decisions 1 and 2), and Punchout
 * Rocket's `/sso?token=…`.
 */
export function loginRoute({
  jar,
  browser,
  sessions,
  publicOrigin,
  homePath,
  logIn,
  restoredPath,
  restoringPath,
  framersOf,
  frontendOrigins,
  proven,
  targetOf,
}: Deps): RequestHandler {
  return async (req: Request, res: Response) => {
    if (isHarmlessLook(req)) {
      res.status(204).end();
      return;
    }
    const target = targetOf(req);
    if (target === undefined) {
      sendRefusal(req, res, { code: 'START_TOKEN_INVALID' });
      return;
    }
    const { transmissionId, token } = target;
    const texts = pageTexts(res);
    if (isFramed(req)) {
      // The shop may show itself in any frame, but the page that sends the cart would stay empty there. Noted before
      // our redirects, after which the browser names no referrer.
      const framers = await framersOf(res, transmissionId);
      if (framers.length > 0) noteFraming(res, 'login', framers);
    }
    if (needsProbe(req, jar)) {
      await probeCookies(req, res, { jar, framersOf, transmissionId, texts });
      return;
    }
    const site = requestSite(req, publicOrigin, await frontendOrigins(transmissionId));
    const posted = req.method === 'POST' && site !== 'cross';
    const hiddenFields = postedToken(req);
    const byProgram = mayBeProgram(req, jar, site);
    const current = (await sessions.live(req, res))?.transmission;
    const outcome = await logIn({
      transmissionId,
      token,
      current,
      endCurrent: posted && textOf(bodyOf(req)['end_current']) === '1',
      clicked: posted || (!byProgram && site !== 'cross' && prefersJson(req)),
      byProgram,
      keepClaim(claimSecret, { createdAt, absoluteExpiresAt }) {
        // Both times come from the database, because the clock of this process may differ.
        jar.set(
          res,
          jar.claimName,
          claimSecret,
          absoluteExpiresAt.getTime() - createdAt.getTime() + CLAIM_AFTERLIFE_MS,
        );
      },
    });
    if (!outcome.ok) {
      const frameAncestors = await framersOf(res, transmissionId);
      if (outcome.refusal.code === 'SESSION_ACTIVE' && isNavigation(req)) {
        learn(res, { refusal: outcome.refusal });
        sendPage(
          res.status(409),
          sessionConflictPage({
            action: sameAddress(req),
            hiddenFields: [...hiddenFields, { name: 'end_current', value: '1' }],
            keepHref: homePath,
            texts: pageTexts(res, current?.request.language),
            reference: referenceOf(res),
          }),
          { formAction: [], frameAncestors, page: 'login' },
        );
      } else sendRefusal(req, res, outcome.refusal, { frameAncestors });
      return;
    }
    proven(req);
    if (outcome.value === CLICK_NEEDED) {
      sendPage(res, continuePage({ action: sameAddress(req), hiddenFields, texts }), {
        formAction: [],
        frameAncestors: await framersOf(res, transmissionId),
        page: 'login',
      });
      return;
    }
    const { transmission, landing, restored, differs, restoring } = outcome.value;
    learn(res, { step: 'login' });
    await browser.bind(req, res, transmission);
    if (prefersJson(req)) {
      const { protocol, operation, status, expiresAt } = transmission;
      res.json({
        active: true,
        transmissionId,
        protocol,
        operation,
        status,
        expiresAt,
        location: landing,
        restored,
        restoring: restoring || undefined,
      });
    } else if (restoring && isNavigation(req)) res.redirect(303, restoringPath);
    else res.redirect(303, differs && restoredPath !== undefined && isNavigation(req) ? restoredPath : landing);
  };
}

/**
 * True for a browser (it sends Sec-Fetch-Dest) without our cookies. It is asked to accept a cookie before its link is
 * used up.
 */
function needsProbe(req: Request, jar: CookieJar): boolean {
  return (
    isNavigation(req) &&
    req.get('sec-fetch-dest') !== undefined &&
    opensPage(req) &&
    !jar.knows(req) &&
    jar.read(req, jar.probeName) === undefined
  );
}

/**
 * True for a mail scanner, a link preview, a gateway's link check, or a script of another page. These open no page,
 * send none of our cookies and do not ask for JSON; a program or frontend that means to log in asks for JSON. Browsers
 * older than Sec-Fetch and browsers on plain http look the same.
 */
function mayBeProgram(req: Request, jar: CookieJar, site: RequestSite): boolean {
  if (req.method !== 'GET' || opensPage(req) || jar.knows(req)) return false;
  if (site === 'cross') return true;
  return !acceptsOnlyJson(req) && !(site === 'same' && prefersJson(req));
}

async function probeCookies(
  req: Request,
  res: Response,
  {
    jar,
    framersOf,
    transmissionId,
    texts,
  }: Pick<Deps, 'jar' | 'framersOf'> & { transmissionId: string; texts: LanguageTexts },
): Promise<void> {
  const parameters = new URLSearchParams(sameAddress(req));
  const token = tokenOf(req);
  if (token !== undefined) parameters.set('token', token);
  if (parameters.has('probe')) {
    parameters.delete('probe');
    const frameAncestors = await framersOf(res, transmissionId);
    learn(res, { refusal: { code: 'COOKIES_REFUSED' } });
    const newWindowUrl = `?${parameters.toString()}`;
    sendPage(res, cookiesRefusedPage({ newWindowUrl, texts, reference: referenceOf(res) }), {
      formAction: [],
      frameAncestors,
      page: 'login',
    });
    return;
  }
  parameters.set('probe', '1');
  jar.set(res, jar.probeName, '1', PROBE_MS);
  res.redirect(303, `?${parameters.toString()}`);
}

function tokenOf(req: Request): string | undefined {
  return textOf(req.query['token']) ?? textOf(bodyOf(req)['token']);
}

/** A token that was posted in a form is added to the next form. A token in the address stays there. */
function postedToken(req: Request): NameValue[] {
  const token = textOf(bodyOf(req)['token']);
  return token === undefined || req.query['token'] !== undefined ? [] : [{ name: 'token', value: token }];
}

/** The fields of a posted form. */
export function bodyOf(req: Request): Record<string, unknown> {
  return (req.body ?? {}) as Record<string, unknown>;
}

/** The value of a parameter that was sent exactly once. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Punchout Rocket's SSO link. Every punchout logs in this way; the address is the one in Punchout Rocket's example. */
export const SSO_PREFIX = '/sso';

interface Routes {
  login: RequestHandler;
  cors: FrontendCors;
  contextOf: (req: Request, res: Response) => Promise<RefusalContext>;
  limitAddress: RequestHandler;
  log: Logger;
}

export function ssoRouter({ login, cors, contextOf, limitAddress, log }: Routes): ExpressRouter {
  const router = Router();
  const body = bodyParser.urlencoded({ extended: false, limit: '4kb', parameterLimit: 20 });
  router.use(async (req, res, next) => {
    if ((await cors(req, res)) === 'go_on') next();
  }, limitAddress);
  const route = router.route('/').get(body, login).post(body, login);
  route.all(methodNotAllowed('GET, POST', sendRefusal));
  router.use((req, res) => sendRefusal(req, res, { code: 'NOT_FOUND' }));
  router.use(
    errorAnswers(
      log,
      () => (req, res, refusal, id) =>
        void contextOf(req, res).then((context) => sendRefusal(req, res, refusal, { ...context, id })),
    ),
  );
  return router;
}
