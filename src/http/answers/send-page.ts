import type { Response, RequestHandler } from 'express';
import helmet from 'helmet';
import type { SubmittedForm } from '../views/page/form.js';
import { pageCsp } from '../views/page/page-csp.js';

export interface PageOrigins {
  /** Where its forms may post to, beside ourselves. */
  formAction: readonly string[];
  /** Who may frame it, beside ourselves; empty: nobody. */
  frameAncestors: readonly string[];
  /** Charset that the page and its forms are in; its bytes are ASCII in any case. */
  charset?: string;
  /** The form that the page submits by our one script; true for the usual one. */
  script?: boolean | SubmittedForm;
  /** The page leads to the buyer's system, which gets our origin as referrer. Default: true for pages with a script. */
  tellsOrigin?: boolean;
}

/** Sends one of our pages with its security headers. */
export function sendPage(
  res: Response,
  html: string,
  { formAction, frameAncestors, charset = 'utf-8', script = false, tellsOrigin = script !== false }: PageOrigins,
): void {
  // With no-referrer the buyer's system would get `Origin: null`, and many refuse that as a forged request.
  if (tellsOrigin) res.set('Referrer-Policy', 'strict-origin');
  res.set(
    'Content-Security-Policy',
    pageCsp({
      formAction: ["'self'", ...formAction],
      frameAncestors: frameAncestors.length === 0 ? [] : ["'self'", ...frameAncestors],
      script,
    }),
  );
  res.set('Content-Type', `text/html; charset=${charset}`);
  res.send(Buffer.from(html, 'latin1'));
}

/**
 * Headers of every answer of ours. The policy for content and framing is set page by page: helmet's own would block the
 * self-submitting form and the buyer's frame. No referrer, so that no token of a URL travels (T23); pages that
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
