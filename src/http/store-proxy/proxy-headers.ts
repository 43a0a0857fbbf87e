import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from 'express';
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { ProxyAccess, StoreProxyPolicy } from '../../ports/store/store-proxy-policy.js';

/** RFC 9110 7.6.1: valid for one connection only. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);
/** Headers that we set ourselves: client and host. */
const OURS = new Set([
  'host',
  'expect',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-real-ip',
]);
const SESSION_PASSES = ['accept', 'accept-language', 'user-agent'];
/** Codings that we can decode. */
const READABLE_CODINGS = ['gzip', 'br', 'deflate'];

export type OutgoingHeaders = Record<string, string | string[]>;

/** Headers of an ordinary visitor's request: all of them except our cookies. */
export function visitorHeaders(req: Request, policy: StoreProxyPolicy, ownCookies: readonly string[]): OutgoingHeaders {
  const named = connectionNames(req.headers.connection);
  const headers: OutgoingHeaders = { ...policy.publicHeaders };
  for (const [name, value] of Object.entries(req.headers))
    if (value !== undefined && !HOP_BY_HOP.has(name) && !OURS.has(name) && !named.has(name)) headers[name] = value;
  const cookie = withoutCookies(req.headers.cookie, ownCookies);
  if (cookie === undefined) delete headers['cookie'];
  else headers['cookie'] = cookie;
  return { ...headers, ...forwarded(req) };
}

/**
 * Headers of a session's request: what the store's API needs, and the cart's credentials. No cookie, no method
 * override.
 */
export function sessionHeaders(
  req: Request,
  policy: StoreProxyPolicy,
  access: Pick<ProxyAccess, 'headers'>,
  trace: Readonly<Record<string, string>>,
): OutgoingHeaders {
  const headers: OutgoingHeaders = {};
  for (const name of [...SESSION_PASSES, ...policy.passes]) {
    const value = req.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const codings = READABLE_CODINGS.filter((coding) => req.acceptsEncodings(coding) === coding);
  return {
    ...headers,
    'accept-encoding': codings.length === 0 ? 'identity' : codings.join(', '),
    ...forwarded(req),
    ...trace,
    ...access.headers,
  };
}

/** The client as the app knows it (`trust proxy`), never as the client claims. */
function forwarded(req: Request): Record<string, string> {
  const { ip, protocol } = req;
  const host = hostOf(req);
  return {
    ...(ip === undefined ? {} : { 'x-forwarded-for': ip }),
    'x-forwarded-proto': protocol,
    ...(host === undefined ? {} : { 'x-forwarded-host': host }),
  };
}

/** With its port, which `req.host` of Express 4 leaves out. */
function hostOf(req: Request): string | undefined {
  const isTrusted = req.app.get('trust proxy fn') as (address: string | undefined, hop: number) => boolean;
  const forwardedHost = req.get('x-forwarded-host');
  return forwardedHost !== undefined && forwardedHost !== '' && isTrusted(req.socket.remoteAddress, 0)
    ? forwardedHost.split(',', 1)[0]?.trimEnd()
    : req.get('host');
}

/** Raw header pairs of an answer, without hop-by-hop headers. */
export function endToEnd(raw: readonly [name: string, value: string][]): [name: string, value: string][] {
  const named = new Set(
    raw.filter(([name]) => name.toLowerCase() === 'connection').flatMap(([, value]) => [...connectionNames(value)]),
  );
  return raw.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && !named.has(name.toLowerCase()));
}

/** Removes the domain of a store's cookie, so that it belongs to the host that browsers see. */
export function ownDomain(setCookie: string): string {
  return setCookie.replace(/;\s*domain=[^;]*/gi, '');
}

function connectionNames(connection: IncomingHttpHeaders['connection']): Set<string> {
  return new Set(
    (connection ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ''),
  );
}

function withoutCookies(header: string | undefined, names: readonly string[]): string | undefined {
  const kept = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !names.includes(part.split('=', 1)[0]?.trim() ?? ''));
  return kept.length === 0 ? undefined : kept.join('; ');
}

/**
 * Replacement for a store's secret in an answer. It has the same length, so that lengths stay valid. It differs for
 * each secret, so that a frontend that takes it for a token shares it with no one.
 */
export function standInFor(secret: string): string {
  return createHash('sha256')
    .update(`stand-in ${secret}`)
    .digest('hex')
    .repeat(Math.ceil(secret.length / 64))
    .slice(0, secret.length);
}

/**
 * Replaces secrets (ASCII) in a byte stream, also if a secret is split between two chunks. Holds back as many bytes as
 * the longest secret has.
 */
export function hideSecrets(secrets: readonly string[]): Transform {
  const pairs = secrets
    .filter((secret) => secret !== '')
    .map((secret): [secret: string, standIn: string] => [secret, standInFor(secret)]);
  const held = Math.max(0, ...pairs.map(([secret]) => secret.length - 1));
  let rest = '';
  const hidden = (text: string): string =>
    pairs.reduce((changed, [secret, standIn]) => changed.replaceAll(secret, () => standIn), text);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = hidden(rest + chunk.toString('latin1'));
      const end = Math.max(0, text.length - held);
      rest = text.slice(end);
      done(null, Buffer.from(text.slice(0, end), 'latin1'));
    },
    flush(done) {
      done(null, Buffer.from(rest, 'latin1'));
    },
  });
}
