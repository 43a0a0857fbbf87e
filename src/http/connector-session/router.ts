import bodyParser from 'body-parser';
import type { Request, RequestHandler, Response, Router as ExpressRouter } from 'express';
import { differencesOf } from '../../domain/cart/restore-report.js';
import { ERROR_CODES, type Refusal } from '../../domain/error-codes.js';
import type { Logger } from '../../ports/logger.js';
import type { SessionFinder } from '../browser/session-finder.js';
import type { ConnectorSession, SentCart } from '../middleware.js';
import { errorAnswers, methodNotAllowed } from '../answers/error-answers.js';
import type { FrontendCors } from '../callers/frontend-cors.js';
import { type RefusalContext, sendRefusal } from './envelope.js';
import { textOf } from './login-route.js';
import { Router } from '../router.js';

interface Routes {
  login: RequestHandler;
  logout: RequestHandler;
  redirect: RequestHandler;
  restored: RequestHandler;
  restoring: RequestHandler;
  report: RequestHandler;
  isRestoring: (session: ConnectorSession) => boolean;
  cors: FrontendCors;
  /** True if a path or route name is blocked during a punchout. */
  isBlocked: (asked: { path?: string | undefined; route?: string | undefined }) => boolean;
  cartPath: string;
  sessions: SessionFinder;
  sentCart: (req: Request, res: Response) => Promise<SentCart | undefined>;
  /** Language and allowed framers of the request's punchout, for error pages. */
  contextOf: (req: Request, res: Response) => Promise<RefusalContext>;
  limitAddress: RequestHandler;
  log: Logger;
}

export const CONNECTOR_SESSION_PREFIX = '/agiqon/connector/session';

/** Path and query, below the public URL, that open a transmission. */
export function loginPath(transmissionId: string, token: string): string {
  return `${CONNECTOR_SESSION_PREFIX}/login/${transmissionId}?token=${token}`;
}

const REPORT_PATH = '/report';
/** A report repeats our policy and names addresses. */
const REPORT_LIMIT = '16kb';

/** Path, below the host, to which browsers report what they refuse of our pages. */
export function reportPath(publicUrl: string): string {
  return `${new URL(publicUrl).pathname.replace(/\/$/, '')}${CONNECTOR_SESSION_PREFIX}${REPORT_PATH}`;
}

/** Agiqon's ConnectorSessionController. */
export function connectorSessionRouter({
  login,
  logout,
  redirect,
  restored,
  restoring,
  report,
  isRestoring,
  cors,
  isBlocked,
  cartPath,
  sessions,
  sentCart,
  contextOf,
  limitAddress,
  log,
}: Routes): ExpressRouter {
  const router = Router();
  const body = [
    bodyParser.urlencoded({ extended: false, limit: '4kb', parameterLimit: 20 }),
    bodyParser.json({ limit: '4kb' }),
  ];
  router.use(async (req, res, next) => {
    if ((await cors(req, res)) === 'go_on') next();
  }, limitAddress);
  const reported = bodyParser.json({ limit: REPORT_LIMIT, type: ['application/csp-report', 'application/json'] });
  for (const path of [`${REPORT_PATH}/:page`, `${REPORT_PATH}/:page/:transmissionId`])
    router.route(path).post(reported, report).all(methodNotAllowed('POST', sendRefusal));
  const routes: [path: string, methods: ('get' | 'post')[], handler: RequestHandler][] = [
    ['/login/:transmissionId', ['get', 'post'], login],
    ['/logout', ['get', 'post'], logout],
    ['/logout/redirect', ['get', 'post'], redirect],
    ['/restored', ['get'], restored],
    ['/restoring', ['get'], restoring],
    ['/get', ['get'], getRoute(sessions, sentCart, isRestoring)],
    ['/guard', ['get'], guardRoute(sessions, isBlocked, cartPath)],
  ];
  for (const [path, methods, handler] of routes) {
    const route = router.route(path);
    const hasBody = methods.includes('post');
    for (const method of methods) route[method](hasBody ? body : [], handler);
    route.all(methodNotAllowed(methods.map((method) => method.toUpperCase()).join(', '), sendRefusal));
  }
  router.use((req, res) => {
    sendRefusal(req, res, { code: 'NOT_FOUND' });
  });
  const refuseInContext = async (
    req: Request,
    res: Response,
    refusal: Refusal,
    id: string | undefined,
  ): Promise<void> => {
    sendRefusal(req, res, refusal, { ...(await contextOf(req, res)), id });
  };
  router.use(errorAnswers(log, () => (req, res, refusal, id) => void refuseInContext(req, res, refusal, id)));
  return router;
}

/**
 * The route guard's decision, for a frontend with client-side navigation: `?path=/checkout/confirm` or
 * `?route=frontend.account.home.page`.
 */
function guardRoute(sessions: SessionFinder, isBlocked: Routes['isBlocked'], cartPath: string): RequestHandler {
  return async (req, res) => {
    const [path, route] = [textOf(req.query['path']), textOf(req.query['route'])];
    if (path === undefined && route === undefined) {
      sendRefusal(req, res, { code: 'INVALID_REQUEST', reason: 'Send either path or route, once.' });
      return;
    }
    const session = await sessions.live(req, res);
    if (session === undefined || !isBlocked({ path, route }))
      res.json({ active: session !== undefined, blocked: false });
    else
      res.json({
        active: true,
        blocked: true,
        code: 'ROUTE_BLOCKED',
        message: ERROR_CODES.ROUTE_BLOCKED,
        cart: cartPath,
      });
  };
}

/** The live session, or else the cart that this browser may send again. */
function getRoute(
  sessions: SessionFinder,
  sentCart: Routes['sentCart'],
  isRestoring: Routes['isRestoring'],
): RequestHandler {
  return async (req, res) => {
    const session = await sessions.live(req, res);
    if (session === undefined) {
      const sent = await sentCart(req, res);
      if (sent === undefined) res.json({ active: false });
      else
        res.json({
          active: false,
          transmissionId: sent.transmission.transmissionId,
          status: sent.transmission.status,
          resend: sent.resend,
          expiresAt: sent.resendUntil,
        });
      return;
    }
    const { transmissionId, protocol, operation, status, expiresAt, restored } = session.transmission;
    res.json({
      active: true,
      transmissionId,
      protocol,
      operation,
      status,
      expiresAt,
      restored: operation === 'create' ? undefined : differencesOf(restored),
      restoring: (operation !== 'create' && isRestoring(session)) || undefined,
    });
  };
}
