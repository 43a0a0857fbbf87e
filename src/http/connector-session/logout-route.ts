import { learn } from '../exchange-facts.js';
import type { Request, RequestHandler, Response } from 'express';
import type { Outcome } from '../../domain/error-codes.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { EndedSession } from '../../usecases/punchout/end-session.js';
import type { FoundSession } from '../../usecases/punchout/find-session.js';
import type { BrowserSession } from '../browser/browser-session.js';
import type { CookieJar } from '../browser/cookie-jar.js';
import type { SessionFinder } from '../browser/session-finder.js';
import { isHarmlessLook, isNavigation, prefersJson, requestSite, sameAddress } from '../callers/request-site.js';
import { pageTexts } from '../answers/page-texts.js';
import { type PageOrigins, sendPage } from '../answers/send-page.js';
import { cartChangedPage } from '../views/cart-changed-page.js';
import { confirmPage, endedPage } from '../views/session-pages.js';
import type { LanguageTexts } from '../../domain/buyer-texts/buyer-texts.js';
import { formIdOf, transferPage } from '../views/transfer-page.js';
import { sendRefusal } from './envelope.js';
import { bodyOf, textOf } from './login-route.js';

interface Deps {
  jar: CookieJar;
  browser: BrowserSession;
  sessions: SessionFinder;
  publicOrigin: string;
  homePath: string;
  cartPath: string;
  /** Accept GET from clients that are not browsers (they send neither Sec-Fetch-Site nor Origin). */
  headerlessGet: boolean;
  frontendOrigins(tenantId: string): Promise<readonly string[]>;
  originsOf(session: FoundSession): Pick<PageOrigins, 'formAction' | 'frameAncestors'>;
  transfer(command: {
    session: FoundSession;
    emptyConfirmed: boolean;
    changesConfirmed: string | undefined;
  }): Promise<Outcome<TransferPayload>>;
  /** Ends the session so that the buyer's system keeps its cart unchanged. */
  returnUnchanged(session: FoundSession): Promise<Outcome<TransferPayload>>;
  present(session: FoundSession): Promise<Outcome<TransferPayload>>;
  end(transmission: Transmission): Promise<EndedSession>;
}

type Answer = (req: Request, res: Response, session: FoundSession) => Promise<void>;

/**
 * `GET|POST logout[?transferred=1[&unchanged=1]]` and `logout/redirect` (connector session). A cross-site request
 * changes nothing and gets a confirmation page. Without a session nothing happens.
 */
export function logoutRoutes(deps: Deps): { logout: RequestHandler; redirect: RequestHandler } {
  const { sessions, browser, jar } = deps;

  /**
   * If the session ended in another way, for example by a transfer at the same moment, it keeps its claim cookie, which
   * shows the cart again.
   */
  async function endIfLive(req: Request, res: Response, session: FoundSession): Promise<EndedSession['status']> {
    const { byThis, status } = await deps.end(session.transmission);
    await browser.clear(req, res);
    if (byThis) jar.clear(res, jar.claimName);
    return status;
  }

  const end: Answer = async (req, res, session) => {
    const status = await endIfLive(req, res, session);
    const { transmissionId } = session.transmission;
    if (isNavigation(req)) sendEndedPage(req, res, deps, session, status);
    else res.json({ active: false, transmissionId, status });
  };

  const redirect: Answer = async (req, res, session) => {
    await endIfLive(req, res, session);
    res.redirect(303, deps.homePath);
  };

  /** An inspect session has nothing to change. */
  function payloadOf(req: Request, session: FoundSession): Promise<Outcome<TransferPayload>> {
    const { status, operation } = session.transmission;
    if (status !== 'active') return deps.present(session);
    if (operation === 'inspect' || booleanOf(parameterOf(req, 'unchanged')) === true)
      return deps.returnUnchanged(session);
    return deps.transfer({
      session,
      emptyConfirmed: parameterOf(req, 'empty') === '1',
      changesConfirmed: textOf(parameterOf(req, 'confirmed')),
    });
  }

  const transfer: Answer = async (req, res, session) => {
    const { status } = session.transmission;
    const outcome = await payloadOf(req, session);
    if (!outcome.ok && outcome.refusal.code === 'NO_SESSION' && (status === 'closed' || status === 'cancelled')) {
      nothingDone(req, res, deps, session);
      return;
    }
    const texts = sessionTexts(res, session);
    const origins = { ...deps.originsOf(session), page: 'session' as const };
    if (!outcome.ok) {
      const { code, changed } = outcome.refusal;
      if (changed !== undefined && isNavigation(req)) {
        const { action, hiddenFields } = askedAgain(req, { name: 'confirmed', value: changed.confirm });
        sendPage(res, cartChangedPage({ changed, action, hiddenFields, cartHref: deps.cartPath, texts }), origins);
      } else if (code === 'CART_EMPTY' && isNavigation(req))
        sendPage(
          res,
          confirmPage({
            ...texts.confirm.emptied,
            ...askedAgain(req, { name: 'empty', value: '1' }),
            cancelHref: deps.homePath,
            texts,
          }),
          origins,
        );
      else if (status === 'expired')
        sendRefusal(
          req,
          res,
          { code: 'SESSION_EXPIRED' },
          { language: texts.language, frameAncestors: origins.frameAncestors },
        );
      else sendRefusal(req, res, outcome.refusal, { language: texts.language, frameAncestors: origins.frameAncestors });
      return;
    }
    if (status === 'active') learn(res, { step: 'transfer' });
    await browser.clear(req, res);
    sendPayload(req, res, outcome.value, texts, origins);
  };

  function guarded(answer: (req: Request) => Answer | undefined): RequestHandler {
    return async (req, res) => {
      const act = answer(req);
      if (act === undefined) {
        sendRefusal(req, res, {
          code: 'INVALID_REQUEST',
          reason: 'transferred and unchanged must be given once, as 1, 0, true or false.',
          details: {
            parameter: booleanOf(parameterOf(req, 'transferred')) === undefined ? 'transferred' : 'unchanged',
          },
        });
        return;
      }
      if (isHarmlessLook(req)) {
        res.status(204).end();
        return;
      }
      const session = await sessions.find(req, res);
      if (session === undefined) {
        nothingDone(req, res, deps, undefined, act === redirect);
        return;
      }
      const site = requestSite(req, deps.publicOrigin, await deps.frontendOrigins(session.transmission.tenantId));
      if (site === 'cross' || (site === 'no_browser' && req.method === 'GET' && !deps.headerlessGet)) {
        askFirst(req, res, session, act === transfer ? 'transfer' : 'logout', deps);
        return;
      }
      await act(req, res, session);
    };
  }

  return {
    logout: guarded((req) => {
      const [transferred, unchanged] = [
        booleanOf(parameterOf(req, 'transferred')),
        booleanOf(parameterOf(req, 'unchanged')),
      ];
      return transferred === undefined || unchanged === undefined ? undefined : transferred ? transfer : end;
    }),
    redirect: guarded(() => redirect),
  };
}

/** `session`: the ended session that the browser still shows. Its buyer may frame the answer. */
function nothingDone(
  req: Request,
  res: Response,
  { homePath, originsOf }: Pick<Deps, 'homePath' | 'originsOf'>,
  session: FoundSession | undefined,
  redirects = false,
): void {
  if (redirects) res.redirect(303, homePath);
  else if (isNavigation(req)) sendEndedPage(req, res, { homePath, originsOf }, session, session?.transmission.status);
  else res.json({ active: false });
}

function sendEndedPage(
  req: Request,
  res: Response,
  { homePath, originsOf }: Pick<Deps, 'homePath' | 'originsOf'>,
  session: FoundSession | undefined,
  status: EndedSession['status'] | undefined,
): void {
  const texts = session === undefined ? pageTexts(res) : sessionTexts(res, session);
  const html = endedPage({ shopHref: homePath, texts, wasSent: status === 'transferred' });
  sendPage(
    res,
    html,
    session === undefined
      ? { formAction: [], frameAncestors: [], page: 'session' }
      : { ...originsOf(session), page: 'session' },
  );
}

function askFirst(req: Request, res: Response, session: FoundSession, what: 'transfer' | 'logout', deps: Deps): void {
  const texts = sessionTexts(res, session);
  const html = confirmPage({
    ...texts.confirm[what],
    action: sameAddress(req),
    cancelHref: deps.homePath,
    texts,
    hiddenFields: postedFields(req, ['transferred', 'unchanged']),
  });
  sendPage(res, html, { ...deps.originsOf(session), page: 'session' });
}

/**
 * The self-submitting page, or its parts as JSON for a frontend that renders them itself (architecture.md decision 3).
 */
export function sendPayload(
  req: Request,
  res: Response,
  payload: TransferPayload,
  texts: LanguageTexts,
  origins: Pick<PageOrigins, 'formAction' | 'frameAncestors'>,
): void {
  const { method, action, fields, target, charset, payloadId } = payload;
  if (prefersJson(req)) res.json({ method, action, fields, target, charset, payloadId });
  else
    sendPage(res, transferPage({ payload, texts }), {
      ...origins,
      charset,
      script: formIdOf(payload),
      page: 'transfer',
    });
}

function sessionTexts(res: Response, { transmission, connection }: FoundSession): LanguageTexts {
  return pageTexts(res, transmission.request.language ?? connection.settings.language);
}

/** A parameter of the query or of a posted form. Repeated parameters give a list. */
function parameterOf(req: Request, name: string): unknown {
  const values = [req.query[name], bodyOf(req)[name]].filter((value) => value !== undefined);
  return values.length > 1 ? values : values[0];
}

/** The address of this request with one more answer added. An earlier answer to the same question is removed. */
function askedAgain(req: Request, answer: NameValue): { action: string; hiddenFields: NameValue[] } {
  const query = new URLSearchParams(sameAddress(req));
  query.delete(answer.name);
  const names = ['transferred', 'unchanged', 'empty', 'confirmed'].filter((name) => name !== answer.name);
  return { action: `?${query.toString()}`, hiddenFields: [...postedFields(req, names), answer] };
}

/** Posted fields that the confirmation form must repeat. */
function postedFields(req: Request, names: readonly string[]): NameValue[] {
  return names.flatMap((name) => {
    const value = textOf(bodyOf(req)[name]);
    return value === undefined ? [] : [{ name, value }];
  });
}

function booleanOf(value: unknown): boolean | undefined {
  if (value === undefined || value === '') return false;
  switch (textOf(value)?.toLowerCase()) {
    case '1':
    case 'true':
      return true;
    case '0':
    case 'false':
      return false;
    default:
      return undefined;
  }
}
