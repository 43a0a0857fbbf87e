import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from 'express';
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { ProxyAccess, StoreProxyPolicy } from '../../ports/store/store-proxy-policy.js';

/** RFC 9110 7.6.1: for one connection only. */
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
/** Said anew by us: who asks, and where. */
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
/** Codings that we can look into. */
const READABLE_CODINGS = ['gzip', 'br', 'deflate'];

export type OutgoingHeaders = Record<string, string | string[]>;

/** An ordinary visitor's request: everything of his, but our cookies. */
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

/** A session's request: what the store's API needs, and the cart's credentials; no cookie, no verb in a header. */
export function sessionHeaders(
  req: Request,
  policy: StoreProxyPolicy,
  access: Pick<ProxyAccess, 'headers'>,
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
    ...access.headers,
  };
}

/** The caller as the app knows him (`trust proxy`), never as he says himself. */
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

/** Raw header pairs of an answer, without those that end with the connection to the store. */
export function endToEnd(raw: readonly [name: string, value: string][]): [name: string, value: string][] {
  const named = new Set(
    raw.filter(([name]) => name.toLowerCase() === 'connection').flatMap(([, value]) => [...connectionNames(value)]),
  );
  return raw.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && !named.has(name.toLowerCase()));
}

/** A cookie of the store becomes one of the host that browsers see. */
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
 * What stands for a secret of the store where an answer shows one: of the same length, so that lengths keep, and its own for each secret,
 * so that a frontend that takes it for a token shares it with nobody.
 */
export function standInFor(secret: string): string {
  return createHash('sha256')
    .update(`stand-in ${secret}`)
    .digest('hex')
    .repeat(Math.ceil(secret.length / 64))
    .slice(0, secret.length);
}

/** Replaces secrets (ASCII) in bytes that flow by, also where one is cut in two by a chunk's end. Holds back as much as the longest has. */
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
