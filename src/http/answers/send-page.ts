import type { Response, RequestHandler } from 'express';
import helmet from 'helmet';
import type { SubmittedForm } from '../views/page/form.js';
import { pageCsp } from '../views/page/page-csp.js';

export interface PageOrigins {
  /** Origins that the page's forms may post to, in addition to our own. */
  formAction: readonly string[];
  /** Origins that may frame the page, in addition to our own. Empty: none. */
  frameAncestors: readonly string[];
  /** Charset of the page and its forms. The bytes are ASCII in any case. */
  charset?: string;
  /** The form that our script submits; true for the default form. */
  script?: boolean | SubmittedForm;
  /** The page leads to the buyer's system, so our origin is sent as referrer. Default: true for pages with a script. */
  tellsOrigin?: boolean;
}

/** Sends one of our pages with its security headers. */
export function sendPage(
  res: Response,
  html: string,
  { formAction, frameAncestors, charset = 'utf-8', script = false, tellsOrigin = script !== false }: PageOrigins,
): void {
  // With no-referrer the browser sends `Origin: null`, and many buyer systems refuse that as a forged request.
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
 * Headers of all our answers. Each page sets its own policy for content and framing, because helmet's default would
 * block the self-submitting form and the buyer's frame. No referrer, so that no token in a URL leaks (T23). Pages that
 * lead to the buyer's system send our origin only, never the full address (send-page.ts).
 */
export function pageHeaders(publicUrl: string): RequestHandler[] {
  // Without includeSubDomains: the shop's other hosts are not ours to decide about.
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
