import { type Json, textAt } from '../../exchange/json-reading.js';
import type { Deadline } from '../../exchange/throttle.js';
import type { ShopApi, ShopSession, ShopAnswer } from './shop-api.js';
import { storeFault, StoreSessionLost } from './store-fault.js';

export interface AdminCredentials {
  /** An administrator who may read, create and delete customers, and nothing else. */
  username: string;
  password: string;
}

const LOGIN =
  'mutation ($username: String!, $password: String!) { login(username: $username, password: $password) ' +
  '{ __typename ... on ErrorResult { errorCode } } }';

/**
 * Vendure's Admin API, with the same protocol as the Shop API. All callers share one session, which is opened only once
 * at a time.
 */
export class AdminApi {
  readonly #api: ShopApi;
  readonly #credentials: AdminCredentials;
  readonly #channelToken: string | undefined;
  #token: string | undefined;
  #beginning: Promise<string> | undefined;

  constructor(api: ShopApi, credentials: AdminCredentials, channelToken: string | undefined) {
    this.#api = api;
    this.#credentials = credentials;
    this.#channelToken = channelToken;
  }

  /** The data of an answer without faults. An expired session is opened again once. */
  async ask(deadline: Deadline, what: string, query: string, variables: Record<string, unknown>): Promise<Json> {
    const token = this.#token ?? (await this.#begin(deadline));
    let answer = await this.#tryWith(token, deadline, what, query, variables);
    if (answer === undefined || answer.faultCodes.includes('FORBIDDEN')) {
      if (this.#token === token) this.#token = undefined;
      answer = await this.#tryWith(await this.#begin(deadline), deadline, what, query, variables);
    }
    if (answer === undefined || answer.faultCodes.length > 0)
      throw storeFault(`${what} answered ${answer?.faultCodes.join(', ') ?? 'with another session'}`);
    return answer.data;
  }

  /** Undefined: the session is lost. */
  async #tryWith(
    token: string,
    deadline: Deadline,
    what: string,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<ShopAnswer | undefined> {
    try {
      return await this.#api.send(this.#session(deadline, token), what, query, variables);
    } catch (fault) {
      if (fault instanceof StoreSessionLost) return undefined;
      throw fault;
    }
  }

  #begin(deadline: Deadline): Promise<string> {
    this.#beginning ??= this.#login(deadline).finally(() => {
      this.#beginning = undefined;
    });
    return this.#beginning;
  }

  async #login(deadline: Deadline): Promise<string> {
    const { data, token } = await this.#api.send(this.#session(deadline), 'admin login', LOGIN, {
      ...this.#credentials,
    });
    if (textAt(data, 'login', '__typename') !== 'CurrentUser' || token === undefined)
      throw storeFault(`admin login answered ${textAt(data, 'login', 'errorCode') ?? 'no user'}`);
    this.#token = token;
    return token;
  }

  #session(deadline: Deadline, token?: string): ShopSession {
    return { deadline, channelToken: this.#channelToken, token };
  }
}
