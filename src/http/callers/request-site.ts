import type { Request } from 'express';
import { type Language, languageOf } from '../views/texts.js';

/** Origin of a request: our own page or a listed frontend, another site's page, or no browser at all. */
export type RequestSite = 'same' | 'cross' | 'no_browser';

/**
 * Decides by Sec-Fetch-Site, else by Origin (architecture.md decision 1). `listed`: further origins that count as our
 * own. Browsers treat every subdomain and port of our domain as the same site; of those, only listed origins count as
 * ours.
 */
export function requestSite(req: Request, publicOrigin: string, listed: readonly string[] = []): RequestSite {
  const origin = req.get('origin');
  const isOurs = (from: string | undefined): boolean =>
    from !== undefined && (from === publicOrigin || listed.includes(from));
  switch (req.get('sec-fetch-site')) {
    case 'same-origin':
    case 'none':
      return 'same';
    case 'same-site':
      // A followed link has no Origin. A page can omit its Referer but cannot fake another origin in it.
      return isOurs(origin ?? refererOrigin(req)) ? 'same' : 'cross';
    case 'cross-site':
      return isOurs(origin) ? 'same' : 'cross';
    default:
      if (origin === undefined) return 'no_browser';
      return isOurs(origin) ? 'same' : 'cross';
  }
}

function refererOrigin(req: Request): string | undefined {
  const referer = req.get('referer') ?? '';
  return URL.canParse(referer) ? new URL(referer).origin : undefined;
}

/** Destinations in which a browser shows a page. `empty` is a script's request. */
const PAGE_DESTINATIONS = new Set(['document', 'iframe', 'frame', 'embed', 'object']);

/** HEAD, prefetch, and requests for images, scripts and the like must never change state (T02). */
export function isHarmlessLook(req: Request): boolean {
  const purpose = `${req.get('sec-purpose') ?? ''} ${req.get('purpose') ?? ''} ${req.get('x-moz') ?? ''}`;
  if (req.method === 'HEAD' || /prefetch|prerender|preview/i.test(purpose)) return true;
  const destination = req.get('sec-fetch-dest');
  return destination !== undefined && !PAGE_DESTINATIONS.has(destination) && destination !== 'empty';
}

/**
 * A reference relative to the address of this request (its query), for forms and redirects. It also works behind a
 * proxy that strips a prefix, and never leads to another host.
 */
export function sameAddress(req: Request): string {
  return `?${req.originalUrl.split('?').slice(1).join('?')}`;
}

/** True if a person sees the answer, not a program. */
export function isNavigation(req: Request): boolean {
  if (prefersJson(req)) return false;
  return req.get('sec-fetch-mode') === 'navigate' || (req.get('accept') ?? '').includes('text/html');
}

/** Accept names JSON, and neither prefers HTML nor ranks it equally (RFC 9110, 12.4.2). */
export function prefersJson(req: Request): boolean {
  const accept = req.get('accept') ?? '';
  if (!/json/i.test(accept)) return false;
  if (!/text\/html/i.test(accept)) return true;
  const types = acceptedTypes(accept);
  const [json, html] = [weightIn(types, ['application/json']), weightIn(types, ['text/html'])];
  return json.weight > html.weight || (json.weight === html.weight && json.place < html.place);
}

/**
 * Accept allows JSON and no XML; used on cXML routes. HTTP libraries list JSON first by default, together with a
 * wildcard or XML (axios, RestSharp).
 */
export function acceptsJsonNotXml(req: Request): boolean {
  const types = acceptedTypes(req.get('accept') ?? '');
  const takesJson = types.some(({ type, weight }) => weight > 0 && /[/+]json$/.test(type));
  return takesJson && weightIn(types, ['text/xml', 'application/xml']).weight === 0;
}

/** Accept allows only JSON, so the caller chose it. The defaults of HTTP libraries allow other types too. */
export function acceptsOnlyJson(req: Request): boolean {
  const types = (req.get('accept') ?? '')
    .split(',')
    .map((entry) => (entry.split(';', 1)[0] ?? '').trim().toLowerCase());
  return types.every((type) => type.endsWith('/json') || type.endsWith('+json'));
}

/**
 * A browser opens a page for a person. Browsers send Sec-Fetch headers (all of them since 2023), on https or loopback
 * only. A script's fetch sends `Sec-Fetch-Dest: empty`; Node.js sends only `Sec-Fetch-Mode: cors`.
 */
export function opensPage(req: Request): boolean {
  const destination = req.get('sec-fetch-dest');
  if (destination !== undefined) return PAGE_DESTINATIONS.has(destination);
  return req.get('sec-fetch-site') !== undefined || req.get('sec-fetch-mode') === 'navigate';
}

/** Language of pages and messages by Accept-Language: German or English. */
export function requestLanguage(req: Request, fallback: Language): Language {
  return languageOf(req.get('accept-language'), fallback);
}

/** One entry of an Accept header: a type or a range of types. */
interface AcceptedType {
  /** In lower case, without parameters: we write each type in one way only. */
  type: string;
  /** 0 to 1; 0 means never. */
  weight: number;
}

const MOST_ENTRIES = 50;
const WEIGHT = /;\s*q\s*=\s*([01](?:\.\d{0,3})?)/i;

/** The entries of an Accept header in their order (RFC 9110, 12.5.1). */
function acceptedTypes(accept: string): AcceptedType[] {
  return accept.split(',', MOST_ENTRIES).map((entry) => ({
    type: (entry.split(';', 1)[0] ?? '').trim().toLowerCase(),
    weight: Number(WEIGHT.exec(entry)?.[1] ?? 1),
  }));
}

/** Highest weight among the `wanted` types, and the position of its entry. */
function weightIn(types: readonly AcceptedType[], wanted: readonly string[]): { weight: number; place: number } {
  let best = { weight: 0, place: types.length };
  for (const type of wanted) {
    // The most specific entry wins.
    const range = [type, `${type.split('/', 1)[0] ?? ''}/*`, '*/*'].find((name) =>
      types.some((one) => one.type === name),
    );
    const place = types.findIndex((one) => one.type === range);
    const weight = types[place]?.weight ?? 0;
    if (weight > best.weight) best = { weight, place };
  }
  return best;
}
