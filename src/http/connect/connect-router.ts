import { type RequestHandler, Router } from 'express';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers } from '../middleware/error-answers.js';
import type { BodyReader } from '../middleware/read-body.js';
import { refusalAnswer, sendAnswer } from './envelope.js';
import { type ConnectCall, type SignedRouteDeps, signedRoute } from './signed-route.js';

/** One signed call of source 003. */
export interface ConnectRoute {
  method: 'get' | 'post' | 'delete';
  /** Below the public URL, in Express' spelling. */
  path: `${ConnectPrefix}/${string}`;
  call: ConnectCall;
}

export const CONNECT_PREFIXES = ['/sdk', '/api/provider'] as const;
export type ConnectPrefix = (typeof CONNECT_PREFIXES)[number];

/** DESIGN section 5. */
const BODY_LIMIT = 256 * 1024;

interface Deps extends SignedRouteDeps {
  publicUrl: string;
  routes: readonly ConnectRoute[];
  limitAddress: RequestHandler;
  readBody: BodyReader;
  log: Logger;
}

/** The routes below one prefix, to be mounted there. */
export function connectRouter(
  prefix: ConnectPrefix,
  { publicUrl, routes, limitAddress, readBody, log, ...deps }: Deps,
): Router {
  const router = Router();
  router.use(limitAddress);
  const body = readBody({ limit: BODY_LIMIT });
  const base = new URL(publicUrl).pathname.replace(/\/$/, '') + prefix;
  const route = signedRoute(deps, (req) => base + req.url);
  const own = routes.filter(({ path }) => path.startsWith(`${prefix}/`));
  for (const { method, path, call } of own) router[method](path.slice(prefix.length), body, route(call));
  for (const path of new Set(own.map((one) => one.path))) {
    const allowed = own.filter((one) => one.path === path).map(({ method }) => method.toUpperCase());
    router.all(path.slice(prefix.length), methodNotAllowed(allowed.join(', ')));
  }
  router.use((_req, res) => {
    sendAnswer(res, refusalAnswer({ code: 'NOT_FOUND' }));
  });
  router.use(errorAnswers(log, () => (_req, res, refusal, id) => sendAnswer(res, refusalAnswer(refusal, id))));
  return router;
}

function methodNotAllowed(allow: string): RequestHandler {
  return (_req, res) => {
    res.set('Allow', allow);
    sendAnswer(res, refusalAnswer({ code: 'METHOD_NOT_ALLOWED' }));
  };
}
