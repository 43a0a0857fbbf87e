import type { Request, RequestHandler, Response } from 'express';
import { learn } from '../../http/exchange-facts.js';
import { reportRoute } from '../../http/connector-session/report-route.js';
import { transmissionKeyOf } from '../../domain/transmission/transmission.js';
import type { ConnectorSession } from '../../http/middleware.js';
import type { RefusalContext } from '../../http/connector-session/envelope.js';
import { loginRoute, pathTarget, ssoTarget, SSO_PREFIX, ssoRouter } from '../../http/connector-session/login-route.js';
import { logoutRoutes } from '../../http/connector-session/logout-route.js';
import { restoringRoute, restoredRoute } from '../../http/connector-session/restore-routes.js';
import { CONNECTOR_SESSION_PREFIX, connectorSessionRouter } from '../../http/connector-session/router.js';
import { addApiKey } from '../../usecases/access/authenticate-key.js';
import { endSession } from '../../usecases/punchout/end-session.js';
import { logIn } from '../../usecases/punchout/log-in.js';
import { presentPayload } from '../../usecases/transfer/present-payload.js';
import { pageOrigins } from '../../usecases/transfer/return-addresses.js';
import { awaitsRestoring } from '../../usecases/punchout/restore-items.js';
import { returnUnchanged } from '../../usecases/transfer/return-unchanged.js';
import type { transferCart } from '../../usecases/transfer/transfer-cart.js';
import { tracedLogin } from '../traced-steps.js';
import { addressesOf, type BrowserSide, frontendOrigins } from './browser-side.js';
import type { Parts } from '../shared-use-cases.js';

type ConnectorSessionParts = Pick<
  Parts,
  | 'admission'
  | 'connections'
  | 'emit'
  | 'encoder'
  | 'jobs'
  | 'left'
  | 'log'
  | 'middlewareKeys'
  | 'options'
  | 'secrets'
  | 'store'
  | 'tenants'
  | 'tokens'
  | 'tracing'
  | 'transmissions'
>;

/**
 * `/agiqon/connector/session` (connector session), and Punchout Rocket's `/sso`, which is the same login; by prefix.
 */
export function connectorSessionFamily(
  parts: ConnectorSessionParts,
  { jar, browser, sessions, cors, isBlocked, sentCart }: BrowserSide,
  transfer: ReturnType<typeof transferCart>,
): Record<string, RequestHandler> {
  const { options, store, transmissions, connections, tenants, emit, log } = parts;
  const addresses = addressesOf(parts);
  const publicOrigin = addresses.publicUrl;
  const present = presentPayload({ ...addresses, transmissions });
  const unchanged = returnUnchanged({
    ...addresses,
    transmissions,
    encoder: parts.encoder,
    transferHandler: options.transferHandler,
    emit,
  });
  const shown = addApiKey({ keys: parts.middlewareKeys });
  const origins = frontendOrigins(tenants);
  /** The allowed origins of a transmission's pages; none for an unknown one. Its owner is learned from the id. */
  async function originsOfPages(res: Response, transmissionId: string): Promise<ReturnType<typeof pageOrigins>> {
    const key = transmissionKeyOf(transmissionId);
    const transmission = key === undefined ? undefined : await transmissions.find(key);
    learn(res, transmission === undefined ? { claimedTenant: key?.tenantId } : { transmission });
    const connection =
      transmission === undefined ? undefined : await connections.find(transmission.tenantId, transmission.connectionId);
    return connection === undefined
      ? { formAction: [], frameAncestors: [] }
      : pageOrigins(addresses, connection, transmission?.returnUrl);
  }
  const framersOf = async (res: Response, transmissionId: string): Promise<string[]> =>
    (await originsOfPages(res, transmissionId)).frameAncestors;
  /** The buyer's frame must show what went wrong too; where the state cannot be read, nobody may frame it. */
  async function contextOf(req: Request, res: Response): Promise<RefusalContext> {
    try {
      const found = await sessions.find(req, res);
      if (found === undefined)
        return {
          frameAncestors: await framersOf(
            res,
            /\/login\/([^/?]+)/.exec(req.originalUrl)?.[1] ?? ssoTarget(req)?.transmissionId ?? '',
          ),
        };
      const language = found.transmission.request.language ?? found.connection.settings.language;
      return { language, frameAncestors: pageOrigins(addresses, found.connection).frameAncestors };
    } catch {
      return {};
    }
  }
  const ownPath = `${new URL(options.publicUrl).pathname.replace(/\/$/, '')}${CONNECTOR_SESSION_PREFIX}`;
  const login = {
    jar,
    browser,
    sessions,
    publicOrigin,
    homePath: store.homePath,
    logIn: tracedLogin(
      logIn({ jobs: parts.jobs, transmissions, connections, store, tokens: parts.tokens, emit }),
      parts.tracing,
      transmissions,
    ),
    restoredPath: options.restoreReport === 'shop' ? undefined : `${ownPath}/restored`,
    restoringPath: `${ownPath}/restoring`,
    frontendOrigins: async (transmissionId: string) => {
      const key = transmissionKeyOf(transmissionId);
      return key === undefined ? [] : origins(key.tenantId);
    },
    framersOf,
    proven: parts.admission.proven,
  };
  const logout = logoutRoutes({
    jar,
    browser,
    sessions,
    publicOrigin,
    homePath: store.homePath,
    cartPath: store.cartPath,
    headerlessGet: options.headerlessGet ?? true,
    frontendOrigins: origins,
    originsOf: ({ connection, transmission }) => pageOrigins(addresses, connection, transmission.returnUrl),
    transfer: async ({ session, ...answers }) => shown(session.connection, await transfer({ ...session, ...answers })),
    returnUnchanged: async (session) => shown(session.connection, await unchanged(session)),
    present: async ({ transmission, connection }) => shown(connection, await present(transmission, connection)),
    end: endSession({ transmissions, left: parts.left, emit }),
  });
  const isRestoring = ({ transmission }: ConnectorSession): boolean => awaitsRestoring(transmission);
  const restoring = restoringRoute({
    sessions,
    restoringPath: `${ownPath}/restoring`,
    restoredPath: options.restoreReport === 'shop' ? store.cartPath : `${ownPath}/restored`,
    isRestoring,
    framersOf: ({ connection }) => pageOrigins(addresses, connection).frameAncestors,
  });
  const restored = restoredRoute({
    sessions,
    cartPath: store.cartPath,
    framersOf: ({ connection }) => pageOrigins(addresses, connection).frameAncestors,
  });
  const session = connectorSessionRouter({
    login: loginRoute({ ...login, targetOf: pathTarget }),
    ...logout,
    restored,
    restoring,
    report: reportRoute({ publicOrigin, originsOf: originsOfPages }),
    isRestoring,
    cors,
    isBlocked: ({ path, route }) => isBlocked(path === undefined ? [] : [path], route),
    cartPath: store.cartPath,
    sessions,
    sentCart,
    contextOf,
    // Without our cookies and without a link nothing is looked up.
    limitAddress: parts.admission.limitAddressWhere((req) => jar.knows(req) || req.path.startsWith('/login')),
    log,
  });
  return {
    [CONNECTOR_SESSION_PREFIX]: session,
    [SSO_PREFIX]: ssoRouter({
      login: loginRoute({ ...login, targetOf: ssoTarget }),
      cors,
      contextOf,
      limitAddress: parts.admission.limitAddress,
      log,
    }),
  };
}
