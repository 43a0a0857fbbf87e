import type { Dispatcher } from 'undici';

export interface Answer {
  /** 0: there was no answer. */
  status: number;
  body: Buffer;
  location?: string;
  /** Cookies that the answer set, without deleted ones. */
  cookies: Map<string, string>;
  startedAt: number;
  endedAt: number;
}

export interface Sending {
  method?: 'GET' | 'POST';
  accept?: 'json' | 'page';
  json?: unknown;
  form?: Record<string, string>;
  /** Sent unchanged; its type is in the headers. */
  body?: string;
  headers?: Record<string, string>;
}

const ACCEPT = { json: 'application/json', page: 'text/html,application/xhtml+xml' };

/** A buyer's browser: one cookie jar for both processes, because cookies ignore ports. */
export class Browser {
  readonly cookies = new Map<string, string>();

  /** Never throws: no answer gives status 0. */
  async send(
    to: { pool: Pick<Dispatcher, 'request'> },
    path: string,
    { method = 'GET', accept = 'page', json, form, body: plain, headers = {} }: Sending = {},
  ): Promise<Answer> {
    const startedAt = performance.now();
    const body =
      plain ??
      (json === undefined
        ? form === undefined
          ? undefined
          : new URLSearchParams(form).toString()
        : JSON.stringify(json));
    const sent: Record<string, string> = { accept: ACCEPT[accept], ...headers };
    if (body !== undefined && plain === undefined)
      sent['content-type'] = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json';
    if (this.cookies.size > 0) sent['cookie'] = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    try {
      const answer = await to.pool.request({ path, method, headers: sent, body: body ?? null });
      const content = Buffer.from(await answer.body.arrayBuffer());
      const { location, 'set-cookie': setCookie = [] } = answer.headers;
      const cookies = this.#keep([setCookie].flat());
      return {
        status: answer.statusCode,
        body: content,
        ...(typeof location === 'string' ? { location } : {}),
        cookies,
        startedAt,
        endedAt: performance.now(),
      };
    } catch {
      return { status: 0, body: Buffer.alloc(0), cookies: new Map(), startedAt, endedAt: performance.now() };
    }
  }

  /** Another tab, in the state before the answer to this one. */
  copy(): Browser {
    const other = new Browser();
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  #keep(lines: string[]): Map<string, string> {
    const set = new Map<string, string>();
    for (const line of lines) {
      const [pair = ''] = line.split(';', 1);
      const equals = pair.indexOf('=');
      const name = pair.slice(0, equals).trim();
      if (/;\s*(expires=thu, 01 jan 1970|max-age=0)/i.test(line)) this.cookies.delete(name);
      else {
        this.cookies.set(name, pair.slice(equals + 1).trim());
        set.set(name, pair.slice(equals + 1).trim());
      }
    }
    return set;
  }
}
