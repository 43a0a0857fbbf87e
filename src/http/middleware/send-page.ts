import type { Response } from 'express';
import type { SubmittedForm } from '../views/page/submit-script.js';
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
