import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
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
  PunchFlowError,
  type PunchFlowErrorCode,
} from './session-types.js';
import { baseUrlOf } from '../domain/base-url.js';

export { PunchFlowError, type PunchFlowErrorCode } from './session-types.js';
export type * from './session-types.js';

/** Per call: repeated calls with the same key have one effect and get the same answer for 24 hours. */
export interface Once {
  idempotencyKey?: string;
}

/**
 * Client of the PunchOut Session API (PunchFlow), for servers only: the key must not reach a browser. Calls are retried
 * after 429, 503 and no answer. Every POST carries an Idempotency-Key, so a retry is safe.
 */
export class PunchFlowClient {
  readonly punchout: PunchoutCalls;

  /** `apiKey`: from `punchout keys create`. */
  constructor(apiKey: string, options: ClientOptions = {}) {
    if (typeof apiKey !== 'string' || apiKey === '')
      throw new TypeError('new PunchFlowClient(apiKey): the API key is missing');
    this.punchout = new PunchoutCalls(sendCall(apiKey, options));
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

export interface ClientOptions {
  /**
   * URL of the server, with the path under which it is mounted. Default: a server on this machine,
   * `http://127.0.0.1:3000`.
   */
  baseUrl?: string;
  /** Language of error messages. Default 'de', as in the API. */
  language?: 'de' | 'en';
  /** Number of retries after 429, 503 or no answer. Default 3. */
  maxRetries?: number;
  /** Timeout of one answer, in milliseconds. Default 10,000. */
  timeoutMs?: number;
}

export interface Call {
  method: 'GET' | 'POST';
  /** Below `/v1/punchout`. */
  path: string;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  /** For a POST; generated once per call, so that its retries have one effect. */
  idempotencyKey?: string;
}

const FIRST_DELAY_MS = 250;
/** If a server asks for a longer wait, the call fails instead. */
const LONGEST_DELAY_MS = 60_000;

/** Sends calls to the session API and returns their `data`; throws a PunchFlowError otherwise. */
function sendCall(
  apiKey: string,
  { baseUrl = 'http://127.0.0.1:3000', language = 'de', maxRetries = 3, timeoutMs = 10_000 }: ClientOptions,
): (call: Call) => Promise<unknown> {
  const base = `${baseUrlOf(baseUrl)}/v1/punchout`;

  async function once(
    url: string,
    init: RequestInit,
  ): Promise<{ data: unknown } | { error: PunchFlowError; retryAfter: string | null }> {
    let status = 0;
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
      ({ status } = response);
      const answer = answerOf(await response.text());
      if (answer?.success === true) return { data: answer.data };
      return { error: errorOf(answer?.error, status), retryAfter: response.headers.get('retry-after') };
    } catch (cause) {
      return {
        error: new PunchFlowError('UNREACHABLE', `${new URL(url).origin} does not answer.`, status, {}, { cause }),
        retryAfter: null,
      };
    }
  }

  return async ({ method, path, query = {}, body, idempotencyKey = randomUUID() }) => {
    const parameters = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const url = `${base}${path}${parameters.size === 0 ? '' : `?${parameters.toString()}`}`;
    const headers = {
      Authorization: `Bearer ${apiKey}`,
      Accept: 'application/json',
      'Accept-Language': language,
      ...(method === 'POST' ? { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey } : {}),
    };
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await once(url, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      if ('data' in outcome) return outcome.data;
      const delayMs = delayBefore(attempt, outcome.retryAfter);
      const passes =
        outcome.error.status === 429 || outcome.error.status === 503 || outcome.error.code === 'UNREACHABLE';
      if (!passes || attempt >= maxRetries || delayMs > LONGEST_DELAY_MS) throw outcome.error;
      await pause(delayMs);
    }
  };
}

/**
 * The delay that the server names; else it doubles each time, with random spread so that clients do not return
 * together.
 */
function delayBefore(attempt: number, retryAfter: string | null): number {
  if (retryAfter !== null && /^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  return FIRST_DELAY_MS * 2 ** attempt * (0.5 + Math.random());
}

interface WireError {
  code: string;
  message: string;
  details?: Record<string, unknown>;
}

function answerOf(text: string): { success?: unknown; data?: unknown; error?: WireError } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function errorOf(error: WireError | undefined, status: number): PunchFlowError {
  if (typeof error?.code !== 'string')
    return new PunchFlowError('UNREADABLE', `The answer (HTTP ${status}) is not one of this API.`, status);
  return new PunchFlowError(error.code as PunchFlowErrorCode, error.message, status, error.details);
}
