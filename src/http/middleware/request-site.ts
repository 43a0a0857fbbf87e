import type { Request } from 'express';
import { type Language, languageOf } from '../views/texts.js';

/** Where a request comes from: our own pages or a listed frontend, somebody else's page, or no browser at all. */
export type RequestSite = 'same' | 'cross' | 'no_browser';

/** By Sec-Fetch-Site, else by Origin (DESIGN decision 1). `listed`: further origins that count as our own. */
export function requestSite(req: Request, publicOrigin: string, listed: readonly string[] = []): RequestSite {
  const origin = req.get('origin');
  const isListed = origin !== undefined && (origin === publicOrigin || listed.includes(origin));
  switch (req.get('sec-fetch-site')) {
    case 'same-origin':
    case 'same-site':
    case 'none':
      return 'same';
    case 'cross-site':
      return isListed ? 'same' : 'cross';
    default:
      if (origin === undefined) return 'no_browser';
      return isListed ? 'same' : 'cross';
  }
}

/** HEAD, prefetch, and requests for images, scripts and the like must never change a state (SECURITY T02). */
export function isHarmlessLook(req: Request): boolean {
  const purpose = `${req.get('sec-purpose') ?? ''} ${req.get('purpose') ?? ''} ${req.get('x-moz') ?? ''}`;
  if (req.method === 'HEAD' || /prefetch|prerender|preview/i.test(purpose)) return true;
  const destination = req.get('sec-fetch-dest');
  return destination !== undefined && !['document', 'iframe', 'frame', 'empty'].includes(destination);
}

/**
 * A relative reference to the address of this request (its query), for forms and redirects. It is right behind a proxy
 * that cuts off a prefix, and never leads to another host.
 */
export function sameAddress(req: Request): string {
  return `?${req.originalUrl.split('?').slice(1).join('?')}`;
}

/** A person is looking at the answer, not a program. */
export function isNavigation(req: Request): boolean {
  if (prefersJson(req)) return false;
  return req.get('sec-fetch-mode') === 'navigate' || (req.get('accept') ?? '').includes('text/html');
}

/** Accept names JSON, and does not prefer HTML or rank it equally (RFC 9110, 12.4.2). */
export function prefersJson(req: Request): boolean {
  const accept = req.get('accept') ?? '';
  if (!/json/i.test(accept)) return false;
  return !/text\/html/i.test(accept) || req.accepts(['text/html', 'application/json']) === 'application/json';
}

/**
 * Accept takes JSON and no XML: for addresses that speak cXML. HTTP libraries name JSON first by default, beside a
 * wildcard or XML (axios, RestSharp).
 */
export function acceptsJsonNotXml(req: Request): boolean {
  return (
    req.accepts(['text/xml', 'application/xml']) === false &&
    /json/i.test(req.get('accept') ?? '') &&
    req.accepts(['application/json', 'text/json', 'application/problem+json']) !== false
  );
}

/** Accept takes JSON and nothing else, so the caller asked for it. HTTP libraries by default offer other types too. */
export function acceptsOnlyJson(req: Request): boolean {
  const types = (req.get('accept') ?? '')
    .split(',')
    .map((entry) => (entry.split(';', 1)[0] ?? '').trim().toLowerCase());
  return types.every((type) => type.endsWith('/json') || type.endsWith('+json'));
}

/**
 * Whether the request comes from a browser, by its Sec-Fetch headers. All browsers send them since 2023, but only on
 * https and loopback. fetch of Node.js sends `Sec-Fetch-Mode: cors` only.
 */
export function isBrowser(req: Request): boolean {
  return (
    req.get('sec-fetch-dest') !== undefined ||
    req.get('sec-fetch-site') !== undefined ||
    req.get('sec-fetch-mode') === 'navigate'
  );
}

/** The language of pages and messages: German or English, by Accept-Language. */
export function requestLanguage(req: Request, fallback: Language): Language {
  return languageOf(req.get('accept-language'), fallback);
}
