import bodyParser from 'body-parser';
import type { ErrorRequestHandler, RequestHandler, Router as ExpressRouter } from 'express';
import { PunchoutError } from '../../domain/error-codes.js';
import { accountRoutes, checkoutRoutes, contextRoutes, catalogueRoutes } from './catalogue-routes.js';
import { refuseShop } from './answer.js';
import { cartRoutes } from './cart-routes.js';
import { type StorefrontDeps, visitOf } from './visit.js';
import { requestSite } from '../../http/callers/request-site.js';
import { Router } from '../../http/router.js';

/** architecture.md section 5: 256 KiB for other bodies. */
const BODY_LIMIT = '256kb';

/**
 * The demo shop at Shopware's paths (architecture.md section 6), for the root of the server, behind the route guard.
 */
export function createStorefront(deps: StorefrontDeps): ExpressRouter {
  const router = Router();
  router.use(sameSiteOnly(deps.publicUrl));
  router.use(
    ['/checkout', '/account', '/context'],
    bodyParser.json({ limit: BODY_LIMIT }),
    bodyParser.urlencoded({ extended: false, limit: BODY_LIMIT }),
  );
  router.use(catalogueRoutes(deps), cartRoutes(deps), contextRoutes(deps), checkoutRoutes(deps), accountRoutes(deps));
  router.use(async (req, res) => {
    refuseShop(req, res, { code: 'NOT_FOUND' }, (await visitOf(req, res, deps)).session);
  });
  router.use(faults);
  return router;
}

/** Answers unreadable bodies and an unavailable shop with pages of the shop; other errors are left to the server. */
const faults: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (res.headersSent) return next(error);
  if (error instanceof PunchoutError) return refuseShop(req, res, { code: error.code });
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (status === 413) return refuseShop(req, res, { code: 'REQUEST_TOO_LARGE' });
  if (typeof status === 'number' && status >= 400 && status < 500)
    return refuseShop(req, res, { code: 'INVALID_REQUEST' });
  next(error);
};

/**
 * A page of another origin can never change a cart (architecture.md decision 1). Callers other than browsers send
 * neither Sec-Fetch-Site nor Origin, and pass.
 */
function sameSiteOnly(publicUrl: string): RequestHandler {
  const own = new URL(publicUrl).origin;
  return (req, res, next) => {
    const asked = `${req.protocol}://${req.get('host') ?? ''}`;
    if (req.method === 'POST' && requestSite(req, own, [asked]) === 'cross')
      refuseShop(req, res, { code: 'ROUTE_BLOCKED' });
    else next();
  };
}
