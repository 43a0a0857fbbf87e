import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { proxyFetch } from 'httpxy';
import type { Response } from 'express';
import { PunchoutError, ERROR_CODES, type Refusal } from '../../domain/error-codes.js';
import { endToEnd, type OutgoingHeaders, standInFor, ownDomain } from './proxy-headers.js';
import type { ProxyAccess, StoreProxyPolicy } from '../../ports/store/store-proxy-policy.js';
import { statusOf } from '../error-statuses.js';
import { learn } from '../exchange-facts.js';
import { referenceOf } from '../reference.js';

interface Outgoing {
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

interface Context {
  policy: StoreProxyPolicy;
  /** Public URL path of the mount path. */
  publicBase: string;
  /** Access of a session. Absent for an ordinary visitor. */
  access?: ProxyAccess;
  /** The body, if it was already read. */
  bytes?: Buffer;
}

/**
 * Removed from answers to a session: cookies may be the store's token, and we decide about caching and other origins.
 */
const NOT_IN_A_SESSION = /^(set-cookie|access-control-.*|cache-control|expires|pragma|etag|age)$/;

/** Streams the store's answer to the browser. */
export async function sendStoreAnswer(
  res: Response,
  answer: StoreAnswer,
  { policy, publicBase, access, bytes }: Context,
): Promise<void> {
  res.status(answer.status);
  const ownCors = res.getHeader('access-control-allow-origin') !== undefined;
  for (const [name, value] of answer.headers) {
    const key = name.toLowerCase();
    if (access !== undefined && (NOT_IN_A_SESSION.test(key) || policy.credentialHeaders.includes(key))) continue;
    if (ownCors && key.startsWith('access-control-')) continue;
    res.appendHeader(name, shown(key, value, { policy, publicBase, access }));
  }
  if (access !== undefined) res.set('Cache-Control', 'no-store');
  if (bytes !== undefined) res.end(bytes);
  else if (answer.body === undefined) res.end();
  else await pipeline(answer.body, res);
}

function shown(
  name: string,
  value: string,
  {
    policy: { target },
    publicBase,
    access,
  }: { policy: StoreProxyPolicy; publicBase: string; access: ProxyAccess | undefined },
): string {
  const hidden = (access?.secrets ?? []).reduce(
    (text, secret) => (secret === '' ? text : text.replaceAll(secret, () => standInFor(secret))),
    value,
  );
  if (name === 'set-cookie') return ownDomain(hidden);
  return (name === 'location' || name === 'content-location') && (hidden === target || hidden.startsWith(`${target}/`))
    ? publicBase + hidden.slice(target.length)
    : hidden;
}

/** Refusals of the proxy are always JSON: `{ error: { code, message } }`. */
export function sendProxyRefusal(res: Response, refusal: Refusal): void {
  const { code, reason } = refusal;
  learn(res, { refusal });
  const status = statusOf('proxy', code);
  if (status === 503) res.set('Retry-After', '5');
  res
    .status(status)
    .set({ 'Cache-Control': 'no-store', 'X-Request-Id': referenceOf(res) })
    .json({ error: { code, message: ERROR_CODES[code], reason } });
}
