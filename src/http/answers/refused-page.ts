import type { Request, Response } from 'express';
import { factsOf } from '../exchange-facts.js';

/** Our pages, as far as a browser's report tells them apart. */
export const PAGE_KINDS = ['call-up', 'login', 'session', 'transfer', 'refusal'] as const;
export type PageKind = (typeof PAGE_KINDS)[number];

/** Where browsers report what they refuse of our pages. */
interface ReportPlace {
  /** Path of the report route, below the host. */
  path: string;
  /** Our own origin. */
  origin: string;
}

interface Locals {
  reports?: ReportPlace;
}

export function setReportPlace(res: Response, place: ReportPlace): void {
  (res as { locals: Locals }).locals.reports = place;
}

/** Address for `report-uri`, with the session that the page belongs to. Undefined: this app has no report route. */
export function reportAddress(res: Response, page: PageKind): string | undefined {
  const { reports } = (res as { locals: Locals }).locals;
  if (reports === undefined) return undefined;
  const { transmission, session = transmission } = factsOf(res) ?? {};
  const about = transmission ?? session;
  return `${reports.path}/${page}${about === undefined ? '' : `/${about.transmissionId}`}`;
}

const FRAMES = new Set(['iframe', 'frame', 'embed', 'object']);

/** True if a browser says that it shows the answer in a frame. */
export function isFramed(req: Request): boolean {
  return FRAMES.has(req.get('sec-fetch-dest') ?? '');
}

/**
 * The origin that opened this page in a frame and is not allowed to. Chromium reports no refused frame, so the request
 * itself is judged: by Sec-Fetch-Dest, and by the origin in its Referer. Undefined: none, or none is known.
 */
export function foreignFramer(req: Request, res: Response, frameAncestors: readonly string[]): string | undefined {
  const { reports } = (res as { locals: Locals }).locals;
  if (reports === undefined || !isFramed(req)) return undefined;
  const referer = req.get('referer') ?? '';
  const origin = URL.canParse(referer) ? new URL(referer).origin : 'null';
  if (origin === 'null' || origin.length > MOST_OF_ORIGIN) return undefined;
  const allowed = frameAncestors.map((entry) => (URL.canParse(entry) ? new URL(entry).origin : entry));
  const isSelf = origin === reports.origin && allowed.length > 0;
  return isSelf || allowed.includes(origin) ? undefined : origin;
}

const MOST_OF_ORIGIN = 300;
