import type { Request, RequestHandler } from 'express';
import { refuseShop } from './answer.js';

/**
 * A cross-site request never changes a cart (DESIGN decision 1): judged by Sec-Fetch-Site, else by Origin. Callers that
 * are no browser send neither and pass.
 */
export function sameSiteOnly(publicUrl: string): RequestHandler {
  const own = new URL(publicUrl).origin;
  return (req, res, next) => {
    if (req.method === 'POST' && isCrossSite(req, own)) refuseShop(req, res, { code: 'ROUTE_BLOCKED' });
    else next();
  };
}

function isCrossSite(req: Request, own: string): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'cross-site';
  const origin = req.get('origin');
  return origin !== undefined && origin !== own && origin !== `${req.protocol}://${req.get('host') ?? ''}`;
}
