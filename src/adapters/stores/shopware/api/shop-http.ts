import type { OutboundAnswer, OutboundHttp, OutboundRequest } from '../../../../ports/outbound-http.js';
import { type Deadline, Throttle } from '../../exchange/throttle.js';
import { type Json, parseDecimalJson, listAt, textAt } from '../../exchange/json-reading.js';
import { storeFault } from './store-fault.js';

export interface ShopRequest {
  method: OutboundRequest['method'];
  /** From the root of the shop, `/store-api/...` or `/api/...`. */
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  deadline: Deadline;
  /** Rate limit bucket of the shop that this request counts in; the path when absent. */
  bucket?: string;
}

/** Any answer below 500 except 429; the caller handles 4xx. */
export interface ShopAnswer {
  status: number;
  /** Undefined for an empty body. */
  body: Json | undefined;
  /** The body with numbers as numbers, for values that are sent back to the shop unchanged. */
  plainBody(): unknown;
  /** Header sw-context-token. */
  contextToken: string | undefined;
  /** Codes of `errors[]`, `CHECKOUT__...`; '0' for a plain HTTP fault. */
  errorCodes: string[];
}

interface Deps {
  http: OutboundHttp;
  /** Without a trailing slash. */
  baseUrl: string;
  requestTimeoutMs: number;
  now: () => number;
}

/** A cart of 10,000 lines has some 60 MB, because Shopware repeats lines in deliveries; more is a fault. */
const MAX_ANSWER_BYTES = 96 * 1024 * 1024;
const DEFAULT_WAIT_SECONDS = 10;

/**
 * HTTP for both APIs of the shop, without their credentials. Throws STORE_UNAVAILABLE for every unusable answer: no
 * connection, no time left, 3xx, 5xx, not JSON, 429. After a 429 the bucket is blocked for the time that the shop names
 * (`meta.parameters.seconds`; it sends no Retry-After): further calls fail at once without a request.
 */
export class ShopHttp {
  readonly #deps: Deps;
  readonly #throttle: Throttle;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#throttle = new Throttle(deps.now);
  }

  async send(request: ShopRequest): Promise<ShopAnswer> {
    const what = `${request.method} ${request.path}`;
    const bucket = request.bucket ?? request.path;
    const wait = this.#throttle.waitSeconds(bucket);
    if (wait > 0) throw storeFault(`${what} is limited by the shop for another ${wait} s`);

    const answer = await this.#exchange(request, what);
    if (answer.status >= 300 && answer.status < 400) throw storeFault(`${what} was redirected`);
    if (answer.status === 429) {
      const seconds = waitOf(answer);
      this.#throttle.hold(bucket, seconds);
      throw storeFault(`${what} is limited by the shop for ${seconds} s`);
    }
    if (answer.status >= 500) throw storeFault(`${what} answered ${answer.status}`);
    const body = bodyOf(answer, what);
    return {
      status: answer.status,
      body,
      plainBody: () => (answer.body === '' ? undefined : (JSON.parse(answer.body) as unknown)),
      contextToken: answer.headers['sw-context-token'],
      errorCodes: listAt(body, 'errors').map((error) => textAt(error, 'code') ?? '0'),
    };
  }

  async #exchange({ method, path, headers, body, deadline }: ShopRequest, what: string): Promise<OutboundAnswer> {
    const timeoutMs = Math.min(this.#deps.requestTimeoutMs, deadline.remainingMs());
    if (timeoutMs === 0) throw storeFault(`no time left for ${what}`);
    try {
      return await this.#deps.http({
        method,
        url: this.#deps.baseUrl + path,
        headers: {
          accept: 'application/json',
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        timeoutMs,
        maxAnswerBytes: MAX_ANSWER_BYTES,
      });
    } catch (cause) {
      throw storeFault(`${what} got no answer`, { cause });
    }
  }
}

function bodyOf(answer: OutboundAnswer, what: string): Json | undefined {
  if (answer.body === '') return undefined;
  try {
    return parseDecimalJson(answer.body);
  } catch (cause) {
    throw storeFault(`${what} answered ${answer.status} with something that is not JSON`, { cause });
  }
}

function waitOf(answer: OutboundAnswer): number {
  let seconds = Number(answer.headers['retry-after']);
  try {
    const [error] = listAt(parseDecimalJson(answer.body), 'errors');
    seconds = Number(textAt(error, 'meta', 'parameters', 'seconds') ?? seconds);
  } catch {
    // A proxy before the shop answers 429 with its own page.
  }
  return Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_WAIT_SECONDS;
}

/**
 * Returns the answer if its status is `status`, else throws STORE_UNAVAILABLE with the shop's error code. `cure` as in
 * `storeFault`.
 */
export function expectStatus(answer: ShopAnswer, status: number, what: string, cure?: string): ShopAnswer {
  if (answer.status !== status)
    throw storeFault(`${what} answered ${answer.status} ${answer.errorCodes.join(', ')}`.trim(), { cure });
  return answer;
}
