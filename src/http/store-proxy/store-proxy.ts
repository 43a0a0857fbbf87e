import { goneSignal } from '../callers/gone-signal.js';
import type { Request, RequestHandler, Response } from 'express';
import { type ErrorCode, type Outcome, PunchoutError } from '../../domain/error-codes.js';
import type { CartRef } from '../../domain/cart/cart.js';
import type { ShownCart } from '../../domain/cart/shown-cart.js';
import type { Logger } from '../../ports/logger.js';
import type { ShownAfter } from '../../ports/transmission/transmission-repository.js';
import type { JudgedCall, ProxyAccess, ProxyVerdict, StoreProxyPolicy } from '../../ports/store/store-proxy-policy.js';
import type { CookieJar } from '../browser/cookie-jar.js';
import type { BrowserSession } from '../browser/browser-session.js';
import type { SessionFinder } from '../browser/session-finder.js';
import type { ConnectorSession, StoreProxyOptions } from '../middleware.js';
import type { FrontendCors } from '../callers/frontend-cors.js';
import type { BodyReader } from '../body/read-body.js';
import { pathMatcher } from '../path-match.js';
import type { WatchRefusal } from '../refusal-log.js';
import { requestSite } from '../callers/request-site.js';
import { carry, type StoreAnswer, sendProxyRefusal, sendStoreAnswer } from './carry.js';
import { sessionHeaders, visitorHeaders } from './proxy-headers.js';
import { callBodyReader, readableText, wholeBody, withoutSecrets } from './readable-body.js';

interface Deps {
  policy: StoreProxyPolicy;
  jar: CookieJar;
  browser: BrowserSession;
  sessions: SessionFinder;
  cors: FrontendCors;
  publicOrigin: string;
  frontendOrigins(tenantId: string): Promise<readonly string[]>;
  /** The session's cart. It is already open. */
  cartOf(session: ConnectorSession): Promise<CartRef>;
  /** Called after a request that may have changed the cart's currency, language or country; never throws. */
  contextMoved(session: ConnectorSession): Promise<void>;
  /** Runs one write at a time per cart. Refuses when the cart is being transferred. */
  write<T>(
    session: ConnectorSession,
    act: (cart: CartRef) => Promise<T>,
    shownAfter?: ShownAfter<T>,
  ): Promise<Outcome<T>>;
  /** Records that the browser is shown this cart; never throws. */
  shown?(session: ConnectorSession, cart: ShownCart): Promise<void>;
  readBody: BodyReader;
  /** The place of the request in a distributed trace, for the store. */
  traceHeaders: () => Record<string, string>;
  watch: WatchRefusal;
  log: Logger;
}

const MAX_CART_BYTES = 96 * 1024 * 1024;

/**
 * The shop's API behind our session. During a punchout only calls that the policy allows pass, with the store's token
 * added here and never shown. Cart writes run under the transmission's lease. Without our cookies everything passes
 * without I/O of ours. If the state cannot be read, the answer is 503.
 */
export function storeProxy(deps: Deps, options: StoreProxyOptions = {}): RequestHandler {
  const { policy, sessions, jar, log } = deps;
  const { path: mount = policy.mountPath, withoutSession = 'pass', silenceMs = 10_000, writeMs = 3_000 } = options;
  const resembles = pathMatcher([`${mount}/**`]);
  const target = new URL(policy.target);
  const callBody = callBodyReader(deps.readBody);
  const ownCookies = [jar.sessionName, jar.claimName, jar.probeName];

  function below(req: Request): { path: string; query: string } | undefined {
    const [path = '', ...rest] = req.url.split('?');
    return path === mount || path.startsWith(`${mount}/`)
      ? { path: path.slice(mount.length), query: rest.join('?') }
      : undefined;
  }

  const outgoing = (path: string, query: string): { origin: string; path: string; silenceMs: number } => ({
    origin: target.origin,
    path: `${target.pathname.replace(/\/$/, '')}${path}${query === '' ? '' : `?${query}`}`,
    silenceMs,
  });
  const send = (req: Request, res: Response, answer: StoreAnswer, access?: ProxyAccess): Promise<void> =>
    sendStoreAnswer(res, answer, {
      policy,
      publicBase: req.baseUrl + mount,
      access,
    });

  async function pass(req: Request, res: Response, address: { path: string; query: string }): Promise<void> {
    // Paths must stay below the mount path: no way up in any spelling.
    if (resembles.climbs(req.url)) return sendProxyRefusal(res, { code: 'NOT_FOUND' });
    if (withoutSession === 'refuse') return sendProxyRefusal(res, { code: 'NO_SESSION' });
    const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? '0') > 0;
    const aborter = goneSignal(res);
    await send(
      req,
      res,
      await carry({
        ...outgoing(address.path, address.query),
        method: req.method,
        headers: visitorHeaders(req, policy, ownCookies),
        body: hasBody ? req : undefined,
        signal: aborter,
      }),
    );
  }

  async function judge(
    req: Request,
    res: Response,
    address: { path: string; query: string } | undefined,
  ): Promise<ProxyVerdict> {
    if (address === undefined)
      return { ok: false, reason: 'this spelling of the path is not accepted during a punchout' };
    const method = req.method === 'HEAD' ? 'GET' : req.method;
    const contentType = req.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
    return policy.judge({ method, ...address, contentType, body: await callBody(req, res) });
  }

  /** Handles a request during a punchout. */
  async function shop(
    req: Request,
    res: Response,
    session: ConnectorSession,
    address: { path: string; query: string } | undefined,
  ): Promise<void> {
    const verdict = await judge(req, res, address);
    if (!verdict.ok) return sendProxyRefusal(res, { code: 'ROUTE_BLOCKED', reason: verdict.reason });
    const { call } = verdict;
    const site = requestSite(req, deps.publicOrigin, await deps.frontendOrigins(session.transmission.tenantId));
    if (site === 'cross')
      return sendProxyRefusal(res, { code: 'ROUTE_BLOCKED', reason: 'this origin is not a frontend of the shop' });
    if (call.effect === 'write') return change(req, res, session, call);
    const cart = await deps.cartOf(session);
    const access = policy.access(cart);
    const method = req.method === 'HEAD' ? 'HEAD' : call.method;
    const answer = await (policy.inTurn === undefined
      ? ask(req, call, access, { method, signal: goneSignal(res) })
      : policy.inTurn(cart, 'read', () => ask(req, call, access, { method })));
    if (res.destroyed) {
      answer.body?.destroy();
      return;
    }
    // The answer to HEAD has no bytes to decode.
    if (req.method === 'HEAD') {
      answer.body?.resume();
      await send(req, res, { ...answer, body: undefined }, access);
    } else if (call.showsCart === true && policy.shownCart !== undefined)
      await show(req, res, session, { call, access, answer: withoutSecrets(answer, access.secrets) });
    else await send(req, res, withoutSecrets(answer, access.secrets), access);
  }

  /** The answer is the cart. From now on, any change by the shop is new to the buyer. */
  async function show(
    req: Request,
    res: Response,
    session: ConnectorSession,
    { call, access, answer }: { call: JudgedCall; access: ProxyAccess; answer: StoreAnswer },
  ): Promise<void> {
    const bytes = await wholeBody(answer, MAX_CART_BYTES);
    const shown = policy.shownCart?.(call, {
      status: answer.status,
      body: readableText(answer, bytes, MAX_CART_BYTES),
    });
    if (typeof shown === 'object') await deps.shown?.(session, shown.cart);
    await sendStoreAnswer(res, answer, { policy, publicBase: req.baseUrl + mount, access, bytes });
  }

  async function change(req: Request, res: Response, session: ConnectorSession, call: JudgedCall): Promise<void> {
    const asked = performance.now();
    const inTurn = policy.inTurn ?? ((_cart, _kind, act) => act());
    const written = await deps.write(
      session,
      (cart) =>
        inTurn(cart, 'write', async () => {
          const access = policy.access(cart);
          const leftMs = Math.max(writeMs - (performance.now() - asked), writeMs / 2);
          const answer = await ask(req, call, access, {
            method: call.method,
            signal: AbortSignal.timeout(Math.ceil(leftMs)),
          });
          const clean = withoutSecrets(answer, access.secrets);
          return { access, answer: clean, bytes: await wholeBody(clean, MAX_CART_BYTES) };
        }),
      (done) =>
        policy.shownCart?.(call, {
          status: done.answer.status,
          body: readableText(done.answer, done.bytes, MAX_CART_BYTES),
        }),
    );
    if (!written.ok) return sendProxyRefusal(res, written.refusal);
    const { access, answer, bytes } = written.value;
    if (call.movesContext === true && answer.status < 300) await deps.contextMoved(session);
    await sendStoreAnswer(res, answer, { policy, publicBase: req.baseUrl + mount, access, bytes });
  }

  async function ask(
    req: Request,
    call: JudgedCall,
    access: ProxyAccess,
    { method, signal }: { method: string; signal?: AbortSignal },
  ): Promise<StoreAnswer> {
    const answer = await carry({
      ...outgoing(call.path, withParameters(call.query, access)),
      method,
      headers: sessionHeaders(req, policy, access, deps.traceHeaders()),
      body: call.body,
      signal,
    });
    const lost =
      policy.isLost?.(
        Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), value])),
        access,
      ) === true;
    if (!lost) return answer;
    answer.body?.destroy();
    throw new PunchoutError(
      'STORE_SESSION_LOST',
      'store proxy: STORE_SESSION_LOST: the shop no longer knows the session of this cart; a new punchout is needed',
    );
  }

  /** A request that was sent before its punchout ended must not be handled like an ordinary visitor's. */
  async function late(
    req: Request,
    res: Response,
    address: { path: string; query: string } | undefined,
  ): Promise<void> {
    const verdict = await judge(req, res, address);
    if (!verdict.ok || verdict.call.effect === 'write') {
      await deps.browser.clear(req, res);
      return sendProxyRefusal(res, { code: 'NO_SESSION' });
    }
    const { method, path, query, body } = verdict.call;
    await send(
      req,
      res,
      await carry({
        ...outgoing(path, query),
        method: req.method === 'HEAD' ? 'HEAD' : method,
        headers: sessionHeaders(req, policy, { headers: policy.publicHeaders }, deps.traceHeaders()),
        body,
        signal: goneSignal(res),
      }),
    );
  }

  async function serve(req: Request, res: Response): Promise<boolean> {
    if ((await deps.cors(req, res)) === 'answered') return true;
    const address = below(req);
    const session = await sessions.live(req, res);
    if (session !== undefined) await shop(req, res, session, address);
    else if (await sessions.ended(req, res)) await late(req, res, address);
    else if (address === undefined) return false;
    else await pass(req, res, address);
    return true;
  }

  return async (req, res, next) => {
    // For an ordinary visitor this costs one comparison. A buyer's request is checked in every reading.
    if (jar.knows(req) ? !resembles.matches(req.url) : below(req) === undefined) {
      next();
      return;
    }
    deps.watch(req, res, 'Shop API call');
    try {
      if (!(await serve(req, res))) next();
    } catch (error) {
      fail(res, error, log, req.path);
    }
  };
}

function fail(res: Response, error: unknown, log: Logger, path: string): void {
  if (res.destroyed) return;
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const code: ErrorCode = error instanceof PunchoutError ? error.code : 'SERVICE_UNAVAILABLE';
  log[code === 'SERVICE_UNAVAILABLE' ? 'error' : 'warn']({ err: error, path }, 'store proxy refused');
  sendProxyRefusal(res, { code });
}

function withParameters(query: string, { query: own }: ProxyAccess): string {
  if (own === undefined) return query;
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(own)) parameters.set(name, value);
  return parameters.toString();
}
