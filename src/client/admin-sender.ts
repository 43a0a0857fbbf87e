import type { Version } from './admin-types.js';
import type { Call } from './send-call.js';
import { fromWire, toWire } from './session-types.js';

interface AdminCall extends Pick<Call, 'method' | 'path' | 'version'> {
  query?: object | undefined;
  body?: object | undefined;
}

interface Paginated {
  pagination: { nextCursor: string | null };
}

/** Sends calls to the admin API. They are written in our names, and answers are converted to them. */
export class AdminSender {
  readonly #send: (call: Call) => Promise<unknown>;

  constructor(send: (call: Call) => Promise<unknown>) {
    this.#send = send;
  }

  async call<Data>({ query, body, ...call }: AdminCall): Promise<Data> {
    const wire = { query: query && toWire(query), body: body && toWire(body) };
    return fromWire(await this.#send({ ...call, ...wire, family: '/v1/admin' })) as Data;
  }

  get<Data>(path: string, query?: object): Promise<Data> {
    return this.call({ method: 'GET', path, query });
  }

  post<Data>(path: string, body?: object, version?: Version): Promise<Data> {
    return this.call({ method: 'POST', path, body, version });
  }

  delete<Data>(path: string, version?: Version): Promise<Data> {
    return this.call({ method: 'DELETE', path, version });
  }

  /** The rows of a list, which has this name in the answers. Pages are loaded on demand. */
  async *all<Row>(path: string, name: string, filter: object = {}): AsyncGenerator<Row, void, undefined> {
    let next: { cursor?: string } | undefined = {};
    while (next !== undefined) {
      const query = { limit: 100, ...toWire(filter), ...next };
      const page: Paginated & Record<string, unknown> = await this.get(path, query);
      yield* page[name] as Row[];
      const cursor: string | null = page.pagination.nextCursor;
      next = cursor === null ? undefined : { cursor };
    }
  }
}

/** An id as one part of a path. */
export function part(id: string): string {
  return encodeURIComponent(id);
}
