import helmet from 'helmet';
import type { RequestHandler } from 'express';

/**
 * Headers of every answer of ours. The policy for content and framing is set page by page: helmet's own would block the
 * self-submitting form and the buyer's frame. No referrer, so that no token of a URL travels (SECURITY T23); pages that
 * lead to the buyer's system say our origin, never the address (send-page.ts).
 */
export function pageHeaders(publicUrl: string): RequestHandler[] {
  // Only for this host: what the shop's other hosts do is not ours to decide.
  const strictTransportSecurity = publicUrl.startsWith('https:')
    ? { maxAge: 31_536_000, includeSubDomains: false }
    : false;
  return [
    helmet({
      contentSecurityPolicy: false,
      frameguard: false,
      crossOriginOpenerPolicy: false,
      crossOriginResourcePolicy: false,
      originAgentCluster: false,
      strictTransportSecurity,
      referrerPolicy: { policy: 'no-referrer' },
    }) as RequestHandler,
    (_req, res, next) => {
      res.set('Cache-Control', 'no-store');
      next();
    },
  ];
}
