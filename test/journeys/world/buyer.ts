import { randomUUID } from 'node:crypto';
import { until } from '../checks.js';
import { bodyOf, type Site } from './tls-front.js';

/** A returned form, as raw bytes. */
export interface Received {
  path: string;
  body: Buffer;
  contentType: string;
  /** `iframe` or `document`. */
  destination: string;
  /** Empty if the browser sent none. */
  origin: string;
  referer: string;
}

export interface CallUp {
  connection: string;
  /** Path at the buyer's site, or a whole URL. */
  returnTo?: string;
  buyerCookie?: string;
}

/** The procurement system: calls up from server to server, frames the shop, receives carts. */
export interface Buyer {
  origin: string;
  site: Site;
  /**
   * A unique return path. Under `/return/` the hook answers itself, under `/redirecting/` with 303, under
   * `/bounce-307/` it redirects to the evil site.
   */
  returnPath(kind?: 'return' | 'redirecting' | 'bounce-302' | 'bounce-307'): string;
  /** The forms that this path received. */
  received(path: string): Received[];
  /** The first form that this path receives. */
  arrival(path: string): Promise<Received>;
  /** The StartPage of the cXML answer; throws with the answer if there is none. */
  callUp(callUp: CallUp): Promise<string>;
  /** Raw answer to a cXML call-up. */
  callUpAnswer(callUp: CallUp): Promise<string>;
  /** Address of a page that shows `url` in a frame called `shop`. */
  framing: (url: string) => string;
  /** Address of a page that posts these fields to the OCI setup, into its frame or at top level. */
  ociCallUp(fields: Record<string, string>, where: 'shop' | '_top'): string;
  /** Address of a custom page on the buyer's site. */
  page(html: string): string;
}

export const SECRET = 'journey-secret-0123456789';

/** `shopUrl`: the shop's address for browsers; `directUrl`: its address for this process. */
export function buyerDouble({
  origin,
  shopUrl,
  directUrl,
  evilOrigin,
}: {
  origin: string;
  shopUrl: string;
  directUrl: string;
  evilOrigin: string;
}): Buyer {
  const all: Received[] = [];
  const received = (path: string): Received[] => all.filter((one) => one.path === path);
  const pages = new Map<string, string>();

  const site: Site = (req, res) => {
    const path = (req.url ?? '').split('?', 1)[0] ?? '';
    const html = (text: string): void => {
      res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(text);
    };
    const page = pages.get(path);
    if (page !== undefined) html(page);
    else if (path === '/received') html(RECEIVED_PAGE);
    else if (req.method === 'POST') {
      const keep = async (): Promise<void> => {
        const body = await bodyOf(req);
        all.push({
          path,
          body,
          contentType: req.headers['content-type'] ?? '',
          destination: String(req.headers['sec-fetch-dest']),
          origin: req.headers.origin ?? '',
          referer: req.headers.referer ?? '',
        });
        const bounce = /^\/bounce-(302|307)\//.exec(path)?.[1];
        if (bounce !== undefined) res.writeHead(Number(bounce), { Location: `${evilOrigin}/steal` }).end();
        else if (path.startsWith('/return/')) html(RECEIVED_PAGE);
        else res.writeHead(303, { Location: '/received' }).end();
      };
      keep().catch(() => res.destroy());
    } else res.writeHead(404).end();
  };

  function add(html: string): string {
    const path = `/page/${randomUUID()}`;
    pages.set(path, html);
    return origin + path;
  }

  async function callUpAnswer({
    connection,
    returnTo = '/return/any',
    buyerCookie = randomUUID(),
  }: CallUp): Promise<string> {
    const returnUrl = returnTo.startsWith('/') ? origin + returnTo : returnTo;
    const response = await fetch(`${directUrl}/v1/punchout/setup`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml' },
      body: setupRequest(connection, returnUrl, buyerCookie),
    });
    return response.text();
  }

  return {
    origin,
    site,
    received,
    returnPath: (kind = 'return') => `/${kind}/${randomUUID()}`,
    async arrival(path) {
      await until(() => received(path).length > 0, 'the cart to arrive');
      const [first] = received(path);
      if (first === undefined) throw new Error('no cart');
      return first;
    },
    callUpAnswer,
    async callUp(callUp) {
      const answer = await callUpAnswer(callUp);
      const url = /<StartPage>\s*<URL>([^<]+)<\/URL>/.exec(answer)?.[1]?.replaceAll('&amp;', '&');
      if (url === undefined) throw new Error(`no StartPage in: ${answer}`);
      return url;
    },
    framing: (url) =>
      add(
        '<!DOCTYPE html><meta charset="utf-8"><title>Buyer</title><iframe name="shop" width="1200" height="800" ' +
          `src="${escaped(url)}"></iframe>`,
      ),
    ociCallUp(fields, where) {
      const inputs = Object.entries(fields)
        .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
        .join('');
      const frame = where === 'shop' ? '<iframe name="shop" width="1200" height="800"></iframe>' : '';
      return add(
        `<!DOCTYPE html><meta charset="utf-8"><title>Buyer</title>${frame}<form id="call" method="post" ` +
          `action="${shopUrl}/v1/punchout/oci/setup" target="${where}">${inputs}</form><script>` +
          `document.getElementById('call').submit()</script>`,
      );
    },
    page: add,
  };
}

const RECEIVED_PAGE = '<!DOCTYPE html><meta charset="utf-8"><title>Received</title><h1 id="received">Received</h1>';

/** A cXML call-up of a connection that is named like its credential. */
export function setupRequest(connection: string, returnUrl: string, buyerCookie: string, secret = SECRET): string {
  const party = `<Credential domain="NetworkId"><Identity>${connection}</Identity>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<cXML payloadID="${randomUUID()}@buyer.test" timestamp="2026-01-01T00:00:00+00:00"><Header>
<From>${party}</Credential></From><To><Credential domain="DUNS"><Identity>1</Identity></Credential></To>
<Sender>${party}<SharedSecret>${secret}</SharedSecret></Credential><UserAgent>journeys</UserAgent></Sender></Header>
<Request><PunchOutSetupRequest operation="create"><BuyerCookie>${escaped(buyerCookie)}</BuyerCookie>
<BrowserFormPost><URL>${escaped(returnUrl)}</URL></BrowserFormPost></PunchOutSetupRequest></Request></cXML>`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
