import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { ProxyAccess, StoreProxyPolicy } from '../../ports/store/store-proxy-policy.js';
import type { StoreAnswer } from './carry.js';
import { standInFor, ownDomain } from './proxy-headers.js';
import { ERROR_CODES, type Refusal } from '../../domain/error-codes.js';
import { statusOf } from '../error-statuses.js';
import { learn } from '../exchange-facts.js';
import { referenceOf } from '../reference.js';

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
    .json({ error: { code, message: ERROR_CODES[code], ...(reason === undefined ? {} : { reason }) } });
}
