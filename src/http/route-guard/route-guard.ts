import type { Request, RequestHandler, Response } from 'express';
import { ERROR_CODES } from '../../domain/error-codes.js';
import type { Logger } from '../../ports/logger.js';
import type { SessionFinder } from '../browser/session-finder.js';
import type { CookieJar } from '../browser/cookie-jar.js';
import type { FrontendCors } from '../callers/frontend-cors.js';
import { isNavigation } from '../callers/request-site.js';
import { sendPage } from '../answers/send-page.js';
import { errorPage } from '../views/error-page.js';
import type { TextsFor } from '../views/texts.js';
import { learn } from '../exchange-facts.js';
import { pathMatcher } from '../path-match.js';
import { referenceOf } from '../reference.js';
import type { WatchRefusal } from '../refusal-log.js';
import { BLOCKED_ROUTES, type RouteGuardOptions, type RouteJudgeOptions } from '../../config/blocked-routes.js';

interface Deps {
  jar: CookieJar;
  sessions: SessionFinder;
  cors: FrontendCors;
  /** What is closed. */
  isBlocked: RouteJudge;
  routeName: RouteGuardOptions['routeName'];
  /** What a buyer sees instead of a blocked page. Default: the cart. */
  page: RouteGuardOptions['page'];
  cartPath: string;
  /** What a buyer reads, by Accept-Language. */
  textsFor: TextsFor;
  watch: WatchRefusal;
  log: Logger;
}

/**
 * Blocks checkout and account during a punchout (connector session): pages are redirected to the cart, or to the page
 * of the options; API calls get 403. A request without our cookies, or for another path, passes without I/O. If the
 * state cannot be read, the answer is 503.
 */
export function routeGuard({
  jar,
  sessions,
  cors,
  isBlocked: isClosed,
  routeName,
  cartPath,
  page = cartPath,
  textsFor,
  watch,
  log,
}: Deps): RequestHandler {
  async function judge(req: Request, res: Response): Promise<boolean> {
    const session = await sessions.live(req, res);
    if (session === undefined) return true;
    // A listed frontend may read the reason.
    if ((await cors(req, res)) === 'answered') return false;
    res.set({ 'Cache-Control': 'no-store', 'X-Request-Id': referenceOf(res) });
    watch(req, res, 'Blocked page');
    learn(res, { refusal: { code: 'ROUTE_BLOCKED' } });
    if (isPage(req)) res.redirect(303, page);
    else res.status(403).json({ error: { code: 'ROUTE_BLOCKED', message: ERROR_CODES.ROUTE_BLOCKED, cart: cartPath } });
    return false;
  }

  /** For an app mounted under a prefix, the rest of the path is the shop's own path. */
  function isBlocked(req: Request): boolean {
    return isClosed(req.url === req.originalUrl ? [req.url] : [req.originalUrl, req.url], routeName?.(req));
  }

  function fail(req: Request, res: Response, error: unknown): void {
    watch(req, res, 'Blocked page');
    learn(res, { refusal: { code: 'SERVICE_UNAVAILABLE' } });
    log.error(
      { err: error, path: req.path, reference: referenceOf(res) },
      'route guard could not read the session; page closed',
    );
    res.status(503).set({ 'Retry-After': '5', 'Cache-Control': 'no-store', 'X-Request-Id': referenceOf(res) });
    if (isPage(req))
      sendPage(
        res,
        errorPage({
          status: 503,
          code: 'SERVICE_UNAVAILABLE',
          texts: textsFor(req.get('accept-language')),
          reference: referenceOf(res),
        }),
        { formAction: [], frameAncestors: [], page: 'refusal' },
      );
    else res.json({ error: { code: 'SERVICE_UNAVAILABLE', message: ERROR_CODES.SERVICE_UNAVAILABLE } });
  }

  async function judged(req: Request, res: Response, next: () => void): Promise<void> {
    let free = false;
    try {
      free = await judge(req, res);
    } catch (error) {
      fail(req, res, error);
    }
    if (free) next();
  }

  /** All pages of the shop come through here, so those of ordinary visitors go on at once. */
  return (req, res, next) => (jar.knows(req) && isBlocked(req) ? judged(req, res, next) : next());
}

/** Every request that shows a page, unless it asks for JSON. */
function isPage(req: Request): boolean {
  return isNavigation(req) || (['GET', 'HEAD'].includes(req.method) && !(req.get('accept') ?? '').includes('json'));
}

/** True if any of the paths, in any reading, or the route name is blocked during a punchout. */
export type RouteJudge = (paths: readonly string[], name?: string) => boolean;

export function routeJudge({ routes = BLOCKED_ROUTES, basePaths }: RouteJudgeOptions = {}): RouteJudge {
  const matcher = pathMatcher(
    routes.flatMap((route) => route.paths),
    basePaths,
  );
  const names = nameMatcher(routes.flatMap((route) => route.names));
  return (paths, name) => names(name) || paths.some((path) => matcher.matches(path));
}

function nameMatcher(patterns: readonly string[]): (name: string | undefined) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.endsWith('.**')));
  const prefixes = patterns.filter((pattern) => pattern.endsWith('.**')).map((pattern) => pattern.slice(0, -2));
  return (name) => name !== undefined && (exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix)));
}
