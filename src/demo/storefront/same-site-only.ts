import type { RequestHandler } from 'express';
import { requestSite } from '../../http/middleware/request-site.js';
import { refuseShop } from './answer.js';

/**
 * A page of another origin never changes a cart (DESIGN decision 1). Callers that are no browser send neither
 * Sec-Fetch-Site nor Origin, and pass.
 */
export function sameSiteOnly(publicUrl: string): RequestHandler {
  const own = new URL(publicUrl).origin;
  return (req, res, next) => {
    const asked = `${req.protocol}://${req.get('host') ?? ''}`;
    if (req.method === 'POST' && requestSite(req, own, [asked]) === 'cross')
      refuseShop(req, res, { code: 'ROUTE_BLOCKED' });
    else next();
  };
}
