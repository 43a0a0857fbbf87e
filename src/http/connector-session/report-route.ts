import type { RequestHandler, Response } from 'express';
import type { Refusal } from '../../domain/error-codes.js';
import { listedText } from '../../domain/listed-text.js';
import { PAGE_KINDS, type PageKind } from '../answers/refused-page.js';
import type { PageOrigins } from '../answers/send-page.js';
import { learn } from '../exchange-facts.js';

interface Deps {
  publicOrigin: string;
  /** Allowed origins of a transmission's pages, by its id; none for an unknown id. The owner is learned. */
  originsOf: (res: Response, transmissionId: string) => Promise<Pick<PageOrigins, 'formAction' | 'frameAncestors'>>;
}

/** The members of a CSP report that are read (CSP 3, 5.3; `application/csp-report`). */
interface CspReport {
  'effective-directive'?: unknown;
  'violated-directive'?: unknown;
  'blocked-uri'?: unknown;
  referrer?: unknown;
}

/**
 * `POST report/{page}[/{transmissionId}]`: a browser reports what the policy of our page made it refuse. A refused
 * frame and a refused form are recorded; anything else, such as a style of a browser extension, is dropped. Anyone can
 * send a report, so it proves nothing, and only origins of it are kept.
 */
export function reportRoute({ publicOrigin, originsOf }: Deps): RequestHandler {
  return async (req, res) => {
    const page = PAGE_KINDS.find((kind) => kind === req.params['page']);
    const report = reportOf(req.body);
    const directive = wordOf(report['effective-directive']) ?? wordOf(report['violated-directive']);
    const isFrame = directive === 'frame-ancestors';
    if (page !== undefined && (isFrame || directive === 'form-action')) {
      const { formAction, frameAncestors } = await originsOf(res, String(req.params['transmissionId'] ?? ''));
      const blocked = originOf(report['blocked-uri']);
      // Browsers name the frame's parent, or our own page and its parent as referrer.
      const framer = blocked === publicOrigin ? undefined : blocked;
      const refusal = isFrame
        ? framingRefusal(page, framer ?? originOf(report.referrer), frameAncestors)
        : sendingRefusal(page, blocked, formAction);
      learn(res, { refusal, place: isFrame ? 'Framing refused' : 'Sending refused' });
    }
    res.status(204).end();
  };
}

function framingRefusal(page: PageKind, framer: string | undefined, allowed: readonly string[]): Refusal {
  const seen = framer ?? 'a page that the browser does not name';
  const note = `The browser did not show the ${page} page in a frame of ${seen}. Allowed: ${listedText(allowed)}.`;
  return { code: 'FRAMING_REFUSED', note };
}

function sendingRefusal(page: PageKind, target: string | undefined, allowed: readonly string[]): Refusal {
  const seen = target ?? 'an address that the browser does not name';
  const redirects = target !== undefined && allowed.includes(target) ? ' It is listed, so it redirects elsewhere.' : '';
  return {
    code: 'SENDING_REFUSED',
    note:
      `The browser did not send the form of the ${page} page to ${seen}.${redirects} ` +
      `Allowed: ${listedText(allowed)}.`,
  };
}

function reportOf(body: unknown): CspReport {
  const report: unknown =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)['csp-report'] : {};
  return typeof report === 'object' && report !== null ? report : {};
}

/** The name of a directive; old browsers send its value too. */
function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.split(' ', 1)[0] : undefined;
}

function originOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value)) return undefined;
  const { origin } = new URL(value);
  return origin === 'null' || origin.length > 300 ? undefined : origin;
}
