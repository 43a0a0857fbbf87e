/** A browser without scripts: keeps the cookies of each server and follows redirects. */
export interface PlainBrowser {
  get(url: string, headers?: Record<string, string>): Promise<Page>;
  post(url: string, body: string, contentType: string, headers?: Record<string, string>): Promise<Page>;
}

export interface Page {
  status: number;
  /** The final URL after redirects. */
  url: string;
  text: string;
  headers: Headers;
}

const MAX_REDIRECTS = 10;

/** Headers that distinguish a browser from a program that only checks links. */
const NAVIGATION = { accept: 'text/html', 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' };

/** Its methods throw TypeError where a server does not answer. */
export function plainBrowser(): PlainBrowser {
  const jars = new Map<string, Map<string, string>>();

  async function send(url: string, init: RequestInit, redirects = 0): Promise<Page> {
    const headers = new Headers(init.headers);
    const { host } = new URL(url);
    const cookies = jars.get(host) ?? new Map<string, string>();
    jars.set(host, cookies);
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const location = response.headers.get('location');
    if (location !== null && response.status >= 300 && response.status < 400) {
      if (redirects >= MAX_REDIRECTS) throw new Error(`${url} redirects without end`);
      return send(new URL(location, url).href, { headers: NAVIGATION }, redirects + 1);
    }
    return { status: response.status, url, text: await response.text(), headers: response.headers };
  }

  return {
    get: (url, headers = {}) => send(url, { headers: { ...NAVIGATION, ...headers } }),
    post: (url, body, contentType, headers = {}) =>
      send(url, { method: 'POST', body, headers: { ...NAVIGATION, 'content-type': contentType, ...headers } }),
  };
}

function keep(cookies: Map<string, string>, setCookie: string): void {
  const [pair = ''] = setCookie.split(';', 1);
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals).trim();
  if (/;\s*(expires=thu, 01 jan 1970|max-age=0)/i.test(setCookie)) cookies.delete(name);
  else cookies.set(name, pair.slice(equals + 1).trim());
}
