import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { baseUrlOf } from '../domain/base-url.js';
import { PunchFlowError, type PunchFlowErrorCode } from './session-types.js';

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
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/v1/punchout` by default. */
  family?: '/v1/admin';
  /** Below the family. */
  path: string;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  /** For a change; generated once per call, so that its retries have one effect. */
  idempotencyKey?: string;
  /** Of what is changed: sent as If-Match. */
  version?: number | '*';
}

const FIRST_DELAY_MS = 250;
/** If a server asks for a longer wait, the call fails instead. */
const LONGEST_DELAY_MS = 60_000;

/** Sends calls to the session API or the admin API and returns their `data`; throws a PunchFlowError otherwise. */
export function sendCall(
  apiKey: string,
  { baseUrl = 'http://127.0.0.1:3000', language = 'de', maxRetries = 3, timeoutMs = 10_000 }: ClientOptions,
): (call: Call) => Promise<unknown> {
  const base = baseUrlOf(baseUrl);

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

  return async ({
    method,
    family = '/v1/punchout',
    path,
    query = {},
    body,
    idempotencyKey = randomUUID(),
    version,
  }) => {
    const parameters = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const url = `${base}${family}${path}${parameters.size === 0 ? '' : `?${parameters.toString()}`}`;
    const headers = {
      Authorization: `Bearer ${apiKey}`,
      Accept: 'application/json',
      'Accept-Language': language,
      ...(method === 'GET' ? {} : { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey }),
      ...(version === undefined ? {} : { 'If-Match': version === '*' ? '*' : `"${version}"` }),
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
