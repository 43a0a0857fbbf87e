import type { Request } from 'express';

const PRINTABLE = /^[\x21-\x7e]{1,2000}$/;

/** A path of the console, as it may stand in a redirect; anything else becomes the start page. */
export function consolePath(base: string, text: string | null): string {
  const isOurs = text !== null && PRINTABLE.test(text) && !text.includes('\\');
  return isOurs && (text === base || text.startsWith(`${base}/`) || text.startsWith(`${base}?`)) ? text : base;
}

/** The address of this request as a path of the console. */
export function ownAddress(base: string, req: Request): string {
  return base + req.originalUrl.slice(req.baseUrl.length);
}

/** The page that the operator sees: of a form, the one that it stands on. */
export function pageAddress(base: string, req: Request): string {
  if (req.method === 'GET') return consolePath(base, ownAddress(base, req));
  const referer = req.get('referer') ?? '';
  if (!URL.canParse(referer)) return base;
  const { pathname, search } = new URL(referer);
  return consolePath(base, pathname + search);
}
