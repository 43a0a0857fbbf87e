import type { OutboundAnswer, OutboundHttp } from '../../../../ports/outbound-http.js';
import { type Deadline, Throttle } from '../../exchange/throttle.js';
import { type Json, parseDecimalJson, at, listAt, textAt } from '../../exchange/json-reading.js';
import { storeFault, StoreSessionLost } from './store-fault.js';

export const TOKEN_HEADER = 'vendure-auth-token';
export const CHANNEL_HEADER = 'vendure-token';

/** Token, channel, language, currency and deadline of a request. */
export interface ShopSession {
  /** Absent: a visitor without a session; the shop opens one where needed. */
  token?: string;
  channelToken?: string | undefined;
  /**
   * Vendure's code (`de`, `pt_BR`) and ISO 4217; absent: the default of the channel. They are parameters of every
   * request, not of the session.
   */
  languageCode?: string | undefined;
  currency?: string | undefined;
  deadline: Deadline;
}

export interface ShopAnswer {
  /** Null where the shop failed; see `faultCodes`. */
  data: Json;
  /** `extensions.code` of the errors: ENTITY_NOT_FOUND, USER_INPUT_ERROR, GRAPHQL_VALIDATION_FAILED, ... */
  faultCodes: string[];
  /** Header vendure-auth-token: a session that was opened. */
  token: string | undefined;
}

interface Deps {
  http: OutboundHttp;
  url: string;
  requestTimeoutMs: number;
  now: () => number;
}

/** A cart of 10,000 lines with its products has some 20 MB; more is a fault. */
const MAX_ANSWER_BYTES = 96 * 1024 * 1024;
const DEFAULT_WAIT_SECONDS = 10;

/**
 * Vendure's Shop API. Throws STORE_UNAVAILABLE for every unusable answer: no connection, no time left, 3xx, 5xx, 429,
 * not JSON, not GraphQL; and StoreSessionLost when the answer opens another session than ours.
 */
export class ShopApi {
  readonly #deps: Deps;
  readonly #throttle: Throttle;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#throttle = new Throttle(deps.now);
  }

  /** `what` names the operation in faults. */
  async send(
    session: ShopSession,
    what: string,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<ShopAnswer> {
    const wait = this.#throttle.waitSeconds('');
    if (wait > 0) throw storeFault(`${what} is limited by the shop for another ${wait} s`);
    const answer = await this.#exchange(session, what, JSON.stringify({ query, variables }));
    if (answer.status === 429) {
      const seconds = Number(answer.headers['retry-after']);
      this.#throttle.hold('', Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_WAIT_SECONDS);
      throw storeFault(`${what} is limited by the shop`);
    }
    // GraphQL errors arrive with 200, or with 400 where the document does not fit the schema.
    if (answer.status !== 200 && answer.status !== 400) throw storeFault(`${what} answered ${answer.status}`);
    const token = answer.headers[TOKEN_HEADER];
    if (session.token !== undefined && token !== undefined && token !== session.token) throw new StoreSessionLost();
    const body = bodyOf(answer, what);
    const faults = listAt(body, 'errors');
    const data = at(body, 'data') ?? null;
    if (data === null && faults.length === 0) throw storeFault(`${what} answered something that is not GraphQL`);
    return {
      data,
      faultCodes: faults.map((fault) => textAt(fault, 'extensions', 'code') ?? 'UNKNOWN'),
      token: token === '' ? undefined : token,
    };
  }

  /** The data of an answer without faults. */
  async read(
    session: ShopSession,
    what: string,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Json> {
    const { data, faultCodes } = await this.send(session, what, query, variables);
    if (faultCodes.length > 0) throw storeFault(`${what} answered ${faultCodes.join(', ')}`);
    return data;
  }

  async #exchange(
    { token, channelToken, languageCode, currency, deadline }: ShopSession,
    what: string,
    body: string,
  ): Promise<OutboundAnswer> {
    const timeoutMs = Math.min(this.#deps.requestTimeoutMs, deadline.remainingMs());
    if (timeoutMs === 0) throw storeFault(`no time left for ${what}`);
    const query = new URLSearchParams({
      ...(languageCode === undefined ? {} : { languageCode }),
      ...(currency === undefined ? {} : { currencyCode: currency }),
    }).toString();
    try {
      return await this.#deps.http({
        method: 'POST',
        url: query === '' ? this.#deps.url : `${this.#deps.url}?${query}`,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(channelToken === undefined ? {} : { [CHANNEL_HEADER]: channelToken }),
        },
        body,
        timeoutMs,
        maxAnswerBytes: MAX_ANSWER_BYTES,
      });
    } catch (cause) {
      throw storeFault(`${what} got no answer`, cause);
    }
  }
}

function bodyOf(answer: OutboundAnswer, what: string): Json {
  try {
    return parseDecimalJson(answer.body);
  } catch (cause) {
    throw storeFault(`${what} answered ${answer.status} with something that is not JSON`, cause);
  }
}
