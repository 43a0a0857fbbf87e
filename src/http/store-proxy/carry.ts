import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { proxyFetch } from 'httpxy';
import { PunchoutError } from '../../domain/error-codes.js';
import { endToEnd, type OutgoingHeaders } from './proxy-headers.js';

export interface Outgoing {
  method: string;
  /** Origin of the store; path with query. */
  origin: string;
  path: string;
  headers: OutgoingHeaders;
  /** Absent: no body. */
  body?: string | Readable | undefined;
  /** Maximum time without data from the store. */
  silenceMs: number;
  signal?: AbortSignal | undefined;
}

export interface StoreAnswer {
  status: number;
  /** As sent, without hop-by-hop headers. */
  headers: [name: string, value: string][];
  /** Undefined if the status allows no body. */
  body: Readable | undefined;
}

/**
 * Sends a request to the store. Throws STORE_UNAVAILABLE if there is no answer. Any status of the store, also 500, is
 * an answer.
 */
export async function carry({
  method,
  origin,
  path,
  headers,
  body,
  silenceMs,
  signal,
}: Outgoing): Promise<StoreAnswer> {
  const sent =
    body === undefined ? {} : { body: typeof body === 'string' ? body : (Readable.toWeb(body) as ReadableStream) };
  const length =
    typeof body === 'string'
      ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
      : {};
  try {
    const answer: unknown = await proxyFetch(
      origin,
      origin + path,
      {
        method,
        headers: { ...headers, ...length } as Record<string, string>,
        signal,
        ...sent,
      },
      { changeOrigin: true, timeout: silenceMs, Response: RawAnswer as never },
    );
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- httpxy gives back what its option Response makes
    const { status, headers: raw, body: stream } = answer as RawAnswer;
    return { status, headers: endToEnd(raw), body: stream };
  } catch (cause) {
    throw new PunchoutError('STORE_UNAVAILABLE', `store proxy: ${method} got no answer`, { cause });
  }
}

/** Replaces the web's Response: holds the store's stream and its headers unchanged. */
class RawAnswer {
  readonly body: Readable | undefined;
  readonly status: number;
  readonly headers: [name: string, value: string][];

  constructor(body: IncomingMessage | null, init: { status: number; headers: [name: string, value: string][] }) {
    this.body = body ?? undefined;
    this.status = init.status;
    // httpxy removes `Connection`, which names further hop-by-hop headers.
    const { connection } = body?.headers ?? {};
    this.headers = connection === undefined ? init.headers : [...init.headers, ['connection', connection]];
  }
}
