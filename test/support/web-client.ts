import { type IncomingHttpHeaders, request } from 'node:http';

/** One `Set-Cookie` line. */
export interface CookieLine {
  name: string;
  value: string;
  /** Names in lower case; true for attributes without a value. */
  attributes: Record<string, string | true>;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  bytes: Buffer;
  /** The body read as JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads answers as it finds them
  json(): any;
  cookies: CookieLine[];
  /** Absolute `Location`. */
  location: string;
  /** Address of the request. */
  url: string;
}

export interface Question {
  method?: string;
  headers?: Record<string, string | undefined>;
  body?: string | Uint8Array;
  /** Sends the path exactly as written. */
  raw?: boolean;
}

/** A browser with freely chosen headers: keeps cookies, does not follow redirects by itself. */
export interface WebClient {
  readonly cookies: Map<string, string>;
  /** `address`: absolute, or a path below the base. */
  send(address: string, question?: Question): Promise<Answer>;
  get(address: string, headers?: Question['headers']): Promise<Answer>;
  /** A form, or the type in `headers`. */
  post(address: string, body: string | Record<string, string>, headers?: Question['headers']): Promise<Answer>;
  /** Posts the first form of a page like a browser: action relative to the page's address, hidden fields. */
  submit(page: Answer, headers?: Question['headers']): Promise<Answer>;
}

/** The headers of a browser when a person opens a page. */
export const NAVIGATION = {
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};
/** A navigation without a source, which is not asked to keep a cookie first. */
export const HTML = { accept: 'text/html', 'sec-fetch-mode': 'navigate' };
/** A page request without Sec-Fetch: old browsers, link scanners. */
export const NO_SEC_FETCH = { accept: 'text/html' };
export const JSON_WANTED = { accept: 'application/json' };

/** `server`: the actual target of requests; `base`: the origin that the pages see. */
export function webClient(server: string, base: string = server): WebClient {
  const cookies = new Map<string, string>();
  const origin = new URL(base).origin;

  const send: WebClient['send'] = (address, { method = 'GET', headers = {}, body, raw = false } = {}) => {
    const url = /^https?:/.test(address) ? address : base + address;
    const path = raw ? address : url.slice(origin.length).replace(/#.*/, '');
    if (!raw && !url.startsWith(origin)) throw new Error(`${url} is another server`);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = Object.fromEntries(
      Object.entries({ ...(cookie === '' ? {} : { cookie }), ...headers }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server);
      const outgoing = request(
        {
          hostname,
          port,
          path,
          method,
          headers: { ...sent, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const lines = (response.headers['set-cookie'] ?? []).map(cookieLine);
            for (const line of lines) keep(cookies, line);
            const bytes = Buffer.concat(chunks);
            const text = bytes.toString('utf8');
            const { location } = response.headers;
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text,
              bytes,
              json: () => JSON.parse(text),
              cookies: lines,
              url,
              location: location === undefined ? '' : new URL(location, raw ? base : url).href,
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  };

  const client: WebClient = {
    cookies,
    send,
    get: (address, headers = NAVIGATION) => send(address, { headers }),
    post: (address, body, headers = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' }) =>
      send(address, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: typeof body === 'string' ? body : new URLSearchParams(body).toString(),
      }),
    submit(page, headers) {
      const form = /<form\b[^>]*\baction="([^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(page.text);
      if (form === null)
        throw new Error(`no form in the page of ${page.url}: ${page.status} ${page.text.slice(0, 200)}`);
      const fields = [...String(form[2]).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
        ([, name = '', value = '']): [string, string] => [plain(name), plain(value)],
      );
      return client.post(new URL(plain(String(form[1])), page.url).href, Object.fromEntries(fields), headers);
    },
  };
  return client;
}

/** A value of a page: the templates write decimal references, preact writes named ones. */
export function plain(html: string): string {
  return html.replace(/&(?:#(\d+)|(lt|gt|quot|amp));/g, (_, code: string | undefined, name = '') =>
    code === undefined ? (NAMED[name as keyof typeof NAMED] ?? '') : String.fromCodePoint(Number(code)),
  );
}

const NAMED = { lt: '<', gt: '>', quot: '"', amp: '&' };

function cookieLine(line: string): CookieLine {
  const [pair = '', ...rest] = line.split(';');
  const equals = pair.indexOf('=');
  const attributes = rest.map((part): [string, string | true] => {
    const [name = '', value] = part.trim().split('=', 2);
    return [name.toLowerCase(), value ?? true];
  });
  return { name: pair.slice(0, equals), value: pair.slice(equals + 1), attributes: Object.fromEntries(attributes) };
}

function keep(cookies: Map<string, string>, { name, value, attributes }: CookieLine): void {
  const over =
    attributes['max-age'] === '0' ||
    (typeof attributes['expires'] === 'string' && new Date(attributes['expires']) <= new Date());
  if (over) cookies.delete(name);
  else cookies.set(name, value);
}
