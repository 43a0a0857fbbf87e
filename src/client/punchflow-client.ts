import {
  fromWire,
  toWire,
  type Analytics,
  type AnalyticsQuery,
  type BatchResult,
  type CancelledSession,
  type Session,
  type SessionFilter,
  type SessionLine,
  type SessionPage,
  type SetupSession,
  type StartedSession,
} from './session-types.js';
import { AdminCalls } from './admin-calls.js';
import { type Call, type ClientOptions, sendCall } from './send-call.js';

export { AccessCalls } from './access-calls.js';
export { AdminCalls } from './admin-calls.js';
export { IndexCalls } from './index-calls.js';
export type * from './access-types.js';
export type * from './admin-types.js';
export type * from './index-types.js';
export type * from './order-types.js';
export type { Call, ClientOptions } from './send-call.js';
export { PunchFlowError, type PunchFlowErrorCode } from './session-types.js';
export type * from './session-types.js';

/** Per call: repeated calls with the same key have one effect and get the same answer for 24 hours. */
export interface Once {
  idempotencyKey?: string;
}

/**
 * Client of the PunchOut Session API (PunchFlow) and of the admin API, for servers only: the key must not reach a
 * browser. Calls are retried after 429, 503 and no answer. Every change carries an Idempotency-Key, so a retry is safe.
 */
export class PunchFlowClient {
  readonly punchout: PunchoutCalls;
  /** Needs a key with the scope admin. */
  readonly admin: AdminCalls;

  /** `apiKey`: from `punchout keys create`. */
  constructor(apiKey: string, options: ClientOptions = {}) {
    if (typeof apiKey !== 'string' || apiKey === '')
      throw new TypeError('new PunchFlowClient(apiKey): the API key is missing');
    const send = sendCall(apiKey, options);
    this.punchout = new PunchoutCalls(send);
    this.admin = new AdminCalls(send);
  }
}

/** The calls of `client.punchout`. Each rejects with a PunchFlowError. */
export class PunchoutCalls {
  readonly #call: <Data>(call: Call) => Promise<Data>;

  constructor(send: (call: Call) => Promise<unknown>) {
    this.#call = async <Data>(call: Call) => fromWire(await send(call)) as Data;
  }

  /** Starts a punchout; send the buyer's browser to `startUrl`. */
  setupSession(wish: SetupSession, once: Once = {}): Promise<StartedSession> {
    return this.#call({ method: 'POST', path: '/setup', body: toWire(wish), ...once });
  }

  /** The session, with its current cart. */
  getSession(sessionId: string): Promise<Session> {
    return this.#call({ method: 'GET', path: `/sessions/${encodeURIComponent(sessionId)}` });
  }

  /** One page, newest first: by its number, or by the `nextCursor` of the previous page, which works at any depth. */
  listPage(filter: SessionFilter & { page?: number; cursor?: string } = {}): Promise<SessionPage> {
    return this.#call({ method: 'GET', path: '/sessions', query: toWire(filter) });
  }

  /**
   * All matching sessions, newest first. Pages are loaded on demand: `for await (const session of
   * client.punchout.listSessions())`.
   */
  async *listSessions(filter: SessionFilter = {}): AsyncGenerator<SessionLine, void, undefined> {
    let next: { cursor?: string } | undefined = {};
    while (next !== undefined) {
      const { sessions, pagination }: SessionPage = await this.listPage({ limit: 100, ...filter, ...next });
      yield* sessions;
      next = pagination.nextCursor === null ? undefined : { cursor: pagination.nextCursor };
    }
  }

  /** Cancels a session. Repeating it gives the same answer. */
  cancelSession(sessionId: string, once: Once = {}): Promise<CancelledSession> {
    return this.#call({ method: 'POST', path: `/sessions/${encodeURIComponent(sessionId)}/cancel`, ...once });
  }

  /** Reads up to 100 sessions, each with its own result. */
  async getSessions(sessionIds: readonly string[]): Promise<BatchResult<Session>[]> {
    const { results } = await this.#call<{ results: BatchResult<Session>[] }>({
      method: 'POST',
      path: '/sessions/batch',
      body: { action: 'get', session_ids: sessionIds },
    });
    return results;
  }

  /** Cancels up to 100 sessions, each with its own result. */
  async cancelSessions(sessionIds: readonly string[], once: Once = {}): Promise<BatchResult<CancelledSession>[]> {
    const { results } = await this.#call<{ results: BatchResult<CancelledSession>[] }>({
      method: 'POST',
      path: '/sessions/batch',
      body: { action: 'cancel', session_ids: sessionIds },
      ...once,
    });
    return results;
  }

  /** Sessions, sales and top products of whole days (UTC). */
  analytics(query: AnalyticsQuery = {}): Promise<Analytics> {
    return this.#call({ method: 'GET', path: '/analytics', query: toWire(query) });
  }
}
