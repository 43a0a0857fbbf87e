import type { Deadline } from '../../exchange/throttle.js';
import type { Json } from '../../exchange/json-reading.js';
import { expectStatus, type ShopAnswer, type ShopHttp, type ShopRequest } from './shop-http.js';
import { StoreSessionLost } from './store-fault.js';

/** Context token, language and deadline of a request. */
export interface StoreApiSession {
  /** Absent: an anonymous visitor, whose token is discarded. */
  contextToken?: string;
  /** sw-language-id; absent: the default of the sales channel. */
  languageId?: string | undefined;
  deadline: Deadline;
}

/** 401: no key. 412: the key of no sales channel (R 011, R 012). */
const KEY_CURE = 'check address and keys of the shop: SHOPWARE_ACCESS_KEY is the access key of no active sales channel';
const KEY_CURES: Record<number, string> = { 401: KEY_CURE, 412: KEY_CURE };

type Call = Pick<ShopRequest, 'method' | 'path' | 'body' | 'bucket'>;

/**
 * Shopware's Store API for one sales channel. Every answer repeats the token: a different token means that our context
 * is lost.
 */
export class StoreApi {
  readonly #http: ShopHttp;
  readonly #accessKey: string;

  constructor(http: ShopHttp, accessKey: string) {
    this.#http = http;
    this.#accessKey = accessKey;
  }

  /** Throws StoreSessionLost when the answer belongs to another context. */
  async send(session: StoreApiSession, call: Call): Promise<ShopAnswer> {
    const answer = await this.sendFreely(session, call);
    if (
      session.contextToken !== undefined &&
      answer.contextToken !== undefined &&
      answer.contextToken !== session.contextToken
    )
      throw new StoreSessionLost();
    return answer;
  }

  /** For login and logout, whose answers always have a new token. */
  sendFreely({ contextToken, languageId, deadline }: StoreApiSession, call: Call): Promise<ShopAnswer> {
    const headers = {
      'sw-access-key': this.#accessKey,
      ...(contextToken === undefined ? {} : { 'sw-context-token': contextToken }),
      ...(languageId === undefined ? {} : { 'sw-language-id': languageId }),
    };
    return this.#http.send({ ...call, path: `/store-api${call.path}`, headers, deadline });
  }

  /** The body of a 200. */
  async read(session: StoreApiSession, call: Call): Promise<Json | undefined> {
    const answer = await this.send(session, call);
    return expectStatus(answer, 200, `${call.method} /store-api${call.path}`, KEY_CURES[answer.status]).body;
  }
}
