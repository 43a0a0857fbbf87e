import { Deadline } from '../../exchange/throttle.js';
import { textAt } from '../../exchange/json-reading.js';
import { expectStatus, type ShopAnswer, type ShopHttp, type ShopRequest } from './shop-http.js';
import { storeFault } from './store-fault.js';

export interface AdminCredentials {
  clientId: string;
  clientSecret: string;
}

interface AccessToken {
  value: string;
  /** Milliseconds on the clock of `now`. */
  goodUntil: number;
}

/** A token is renewed this long before it expires, so that it cannot expire during a request. */
const RENEW_BEFORE_SECONDS = 60;
const TOKEN_PATH = '/api/oauth/token';

/** Shopware's Admin API as an integration. All callers share one access token, which is fetched only once at a time. */
export class AdminApi {
  readonly #http: ShopHttp;
  readonly #credentials: AdminCredentials;
  readonly #requestTimeoutMs: number;
  readonly #now: () => number;
  #token: AccessToken | undefined;
  #fetching: Promise<AccessToken> | undefined;

  constructor(
    http: ShopHttp,
    credentials: AdminCredentials,
    { requestTimeoutMs, now }: { requestTimeoutMs: number; now: () => number },
  ) {
    this.#http = http;
    this.#credentials = credentials;
    this.#requestTimeoutMs = requestTimeoutMs;
    this.#now = now;
  }

  /** On a refused token (changed secret of the integration, restarted shop) fetches a new one and tries once more. */
  async send(call: ShopRequest): Promise<ShopAnswer> {
    const token = await this.#accessToken();
    const answer = await this.#sendWith(token, call);
    if (answer.status !== 401) return answer;
    if (this.#token === token) this.#token = undefined;
    return this.#sendWith(await this.#accessToken(), call);
  }

  #sendWith(token: AccessToken, call: ShopRequest): Promise<ShopAnswer> {
    return this.#http.send({ ...call, headers: { ...call.headers, authorization: `Bearer ${token.value}` } });
  }

  async #accessToken(): Promise<AccessToken> {
    if (this.#token !== undefined && this.#now() < this.#token.goodUntil) return this.#token;
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  /** Has its own deadline: the callers that wait for it have different ones. */
  async #fetch(): Promise<AccessToken> {
    const askedAt = this.#now();
    const body = {
      grant_type: 'client_credentials',
      client_id: this.#credentials.clientId,
      client_secret: this.#credentials.clientSecret,
    };
    const answer = await this.#http.send({
      method: 'POST',
      path: TOKEN_PATH,
      body,
      deadline: new Deadline(this.#requestTimeoutMs),
    });
    const cure =
      answer.status === 401 || answer.status === 400
        ? 'check access key and secret of the integration (SHOPWARE_CLIENT_ID, SHOPWARE_CLIENT_SECRET)'
        : undefined;
    const value = textAt(expectStatus(answer, 200, `POST ${TOKEN_PATH}`, cure).body, 'access_token');
    if (value === undefined) throw storeFault(`POST ${TOKEN_PATH} gave no access token`);
    const lifeSeconds = Number(textAt(answer.body, 'expires_in') ?? 0);
    this.#token = { value, goodUntil: askedAt + Math.max(0, lifeSeconds - RENEW_BEFORE_SECONDS) * 1000 };
    return this.#token;
  }
}

/** Advice when the integration lacks rights for a call of the Admin API; undefined for any other fault. */
export function rightsCure(
  { status, errorCodes }: Pick<ShopAnswer, 'status' | 'errorCodes'>,
  rights: string,
): string | undefined {
  const isRefused = status === 403 || errorCodes.includes('FRAMEWORK__MISSING_PRIVILEGE_ERROR');
  return isRefused ? `give the integration (SHOPWARE_CLIENT_ID) a role with ${rights}` : undefined;
}
