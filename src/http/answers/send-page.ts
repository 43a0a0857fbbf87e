import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Response, RequestHandler } from 'express';
import helmet from 'helmet';
import { factsOf, learn } from '../exchange-facts.js';
import type { SubmittedForm } from '../views/page/form.js';
import { pageCsp } from '../views/page/page-csp.js';
import { listedText } from '../../domain/listed-text.js';
import { foreignFramer, type PageKind, reportAddress, setReportPlace } from './refused-page.js';

export interface PageOrigins {
  /** Origins that the page's forms may post to, in addition to our own. */
  formAction: readonly string[];
  /** Origins that may frame the page, in addition to our own. Empty: none. */
  frameAncestors: readonly string[];
  /** Charset of the page and its forms. The bytes are ASCII in any case. */
  charset?: string;
  /** The form that our script submits; true for the default form. */
  script?: boolean | SubmittedForm;
  /** For what browsers report about it. */
  page: PageKind;
  /** The page leads to the buyer's system, so our origin is sent as referrer. Default: true for pages with a script. */
  tellsOrigin?: boolean;
}

/** Sends one of our pages with its security headers. */
export function sendPage(
  res: Response,
  html: string,
  { formAction, frameAncestors, charset = 'utf-8', page, script = false, tellsOrigin = script !== false }: PageOrigins,
): void {
  noteFraming(res, page, frameAncestors);
  // With no-referrer the browser sends `Origin: null`, and many buyer systems refuse that as a forged request.
  if (tellsOrigin) res.set('Referrer-Policy', 'strict-origin');
  res.set(
    'Content-Security-Policy',
    pageCsp({
      formAction: ["'self'", ...formAction],
      frameAncestors: frameAncestors.length === 0 ? [] : ["'self'", ...frameAncestors],
      script,
      reportUri: reportAddress(res, page),
    }),
  );
  res.set('Content-Type', `text/html; charset=${charset}`);
  res.send(Buffer.from(html, 'latin1'));
}

/**
 * Notes that a page of the punchout stands in a frame of an origin that may not frame it. A page that tells of a
 * refusal already has one: that one stays.
 */
export function noteFraming(res: Response, page: PageKind, frameAncestors: readonly string[]): void {
  const framer = foreignFramer(res.req, res, frameAncestors);
  if (framer === undefined || factsOf(res)?.refusal !== undefined) return;
  const note =
    `The ${page} page was opened in a frame by ${framer}, which may not frame it: ` +
    'a browser shows it only if the frame stands in a page that may. ' +
    `Allowed (returnOrigins, frameAncestors): ${listedText(frameAncestors)}.`;
  learn(res, { refusal: { code: 'FRAMING_REFUSED', note }, place: 'Framing refused' });
}

/**
 * Headers of all our answers. Each page sets its own policy for content and framing, because helmet's default would
 * block the self-submitting form and the buyer's frame. No referrer, so that no token in a URL leaks (T23). Pages that
 * lead to the buyer's system send our origin only, never the full address (send-page.ts).
 */
export function pageHeaders(publicUrl: string, reportPath: string): RequestHandler {
  const { origin } = new URL(publicUrl);
  const place = { path: reportPath, origin };
  const fixed = [...fixedHeaders(publicUrl.startsWith('https:')), ['Cache-Control', 'no-store'] as const];
  return (_req, res, next) => {
    res.removeHeader('X-Powered-By');
    for (const [name, value] of fixed) res.setHeader(name, value);
    setReportPlace(res, place);
    next();
  };
}

/** What helmet sets. It is the same for each answer, so helmet's dozen handlers run once and not for each request. */
function fixedHeaders(isHttps: boolean): Map<string, string> {
  const headers = new Map<string, string>();
  const answer = { setHeader: headers.set.bind(headers), removeHeader: () => undefined };
  const handler = helmet({
    contentSecurityPolicy: false,
    frameguard: false,
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: false,
    originAgentCluster: false,
    // Without includeSubDomains: the shop's other hosts are not ours to decide about.
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  handler({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined);
  return headers;
}
