import type { Request, Response } from 'express';
import type { Transmission } from '../../domain/transmission/transmission.js';
import { type BrowserSession, browserSession } from '../../http/browser/browser-session.js';
import { type CookieJar, cookieJar } from '../../http/browser/cookie-jar.js';
import { type SessionFinder, sessionFinder } from '../../http/browser/session-finder.js';
import { type ConnectorSession, type SentCart } from '../../http/middleware.js';
import { CONNECTOR_SESSION_PREFIX } from '../../http/connector-session/router.js';
import { type FrontendCors, frontendCors } from '../../http/callers/frontend-cors.js';
import { type RouteJudge, routeJudge } from '../../http/route-guard/route-guard.js';
import { testReturns } from '../../domain/access/test-return.js';
import type { ReturnAddressDeps } from '../../usecases/transfer/return-addresses.js';
import { TEST_RETURN_PATH } from '../../http/console/console-pages.js';
import { findSession } from '../../usecases/punchout/find-session.js';
import { readyCart } from '../../usecases/punchout/ready-cart.js';
import { resendableUntil } from '../../usecases/transfer/present-payload.js';
import type { Parts } from '../shared-use-cases.js';
import type { TenantRepository } from '../../ports/access/connection-repository.js';

/** Longest life of a browser session's cookie; how long a session really lives is the transmission's affair. */
const COOKIE_MINUTES = 60;

/** How a request's session is found, for every family and for the shop. */
export interface BrowserSide {
  jar: CookieJar;
  browser: BrowserSession;
  sessions: SessionFinder;
  cors: FrontendCors;
  /** What the route guard closes. */
  isBlocked: RouteJudge;
  /** The live session of a request for the shop's own pages, its cart ready where the shop answers. */
  shopSession(req: Request, res: Response): Promise<ConnectorSession | undefined>;
  /** The cart that this browser has sent, while it may be sent again. */
  sentCart(req: Request, res: Response): Promise<SentCart | undefined>;
}

type BrowserParts = Pick<
  Parts,
  | 'admission'
  | 'connections'
  | 'left'
  | 'log'
  | 'options'
  | 'secrets'
  | 'sessionStore'
  | 'store'
  | 'tenants'
  | 'transmissions'
>;

export function browserSide(parts: BrowserParts): BrowserSide {
  const { options, sessionStore, secrets, transmissions, connections, tenants, store, left, log } = parts;
  const jar = cookieJar(options.publicUrl);
  const browser = browserSession({ store: sessionStore, jar, secrets: [...secrets], idleMinutes: COOKIE_MINUTES, log });
  // A frontend may ask for a day for nothing but the session. A shop that does not answer is asked again later.
  const keep = async ({ cart }: Transmission): Promise<void> => {
    if (cart !== undefined) await store.keepCart?.(cart);
  };
  const used = (transmission: Transmission): void => void keep(transmission).catch(() => undefined);
  const { proven } = parts.admission;
  const sessions = sessionFinder({
    jar,
    browser,
    findSession: findSession({ transmissions, connections, left }),
    transmissions,
    proven,
    used,
  });
  const until = resendableUntil({ ...addressesOf(parts), transmissions });
  const basePath = new URL(options.publicUrl).pathname.replace(/\/$/, '');
  const resend = `${basePath}${CONNECTOR_SESSION_PREFIX}/logout?transferred=1`;
  const ready = readyCart({ transmissions, store });
  return {
    jar,
    browser,
    sessions,
    cors: frontendCors({
      publicOrigin: addressesOf(parts).publicUrl,
      sessions,
      frontendOrigins: frontendOrigins(tenants),
    }),
    isBlocked: routeJudge(options.guard),
    async shopSession(req, res) {
      const session = await sessions.live(req, res);
      // Pages that need no cart are shown while the store is down; those that need one ask for it again, and say so.
      return session === undefined
        ? undefined
        : { ...session, transmission: await ready(session.transmission).catch(() => session.transmission) };
    },
    async sentCart(req, res) {
      const session = await sessions.find(req, res);
      const resendUntil = session === undefined ? undefined : await until(session.transmission, session.connection);
      return session === undefined || resendUntil === undefined
        ? undefined
        : { transmission: session.transmission, connection: session.connection, resend, resendUntil };
    },
  };
}

/** What return addresses are judged by. */
export function addressesOf({ options, secrets }: Pick<Parts, 'options' | 'secrets'>): ReturnAddressDeps {
  return {
    demoEnabled: options.demo ?? false,
    publicUrl: new URL(options.publicUrl).origin,
    testReturns: testReturns(options.publicUrl + TEST_RETURN_PATH, secrets),
  };
}

/** Origins of a tenant's frontends; without a tenant, of all. */
export function frontendOrigins(
  tenants: Pick<TenantRepository, 'find' | 'list'>,
): (tenantId?: string) => Promise<readonly string[]> {
  return async (tenantId) => {
    if (tenantId !== undefined) return (await tenants.find(tenantId))?.settings.frontendOrigins ?? [];
    return (await tenants.list()).flatMap(({ settings }) => settings.frontendOrigins);
  };
}
