import { randomUUID } from 'node:crypto';
import type { Site } from './tls-front.js';

/** An unrelated web site: serves the given pages and records its requests. */
export interface OtherSite {
  site: Site;
  /** `POST /steal`, with the received cookies. */
  requests: { method: string; path: string; cookie: string }[];
  page(html: string): string;
}

/** `/set-cookies` sets a plain third-party cookie and a partitioned one, `/cookies` shows the received ones. */
export function otherSite(origin: string): OtherSite {
  const pages = new Map<string, string>();
  const requests: OtherSite['requests'] = [];
  return {
    requests,
    site(req, res) {
      const path = (req.url ?? '').split('?', 1)[0] ?? '';
      const cookie = req.headers.cookie ?? '';
      requests.push({ method: req.method ?? '', path, cookie });
      const cookies =
        path === '/set-cookies'
          ? {
              'Set-Cookie': [
                'plain=1; Path=/; Secure; SameSite=None',
                '__Host-part=1; Path=/; Secure; SameSite=None; Partitioned',
              ],
            }
          : {};
      res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...cookies });
      req.resume();
      res.end(pages.get(path) ?? `<!DOCTYPE html><title>other</title><p id="cookies">${cookie}</p>`);
    },
    page(html) {
      const path = `/page/${randomUUID()}`;
      pages.set(path, `<!DOCTYPE html><meta charset="utf-8"><title>Other</title>${html}`);
      return origin + path;
    },
  };
}
