import type { Store as SessionStore } from 'express-session';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { ConnectorOptions } from './config/options.js';
import type { Connection } from './domain/connection.js';
import type { ConnectorEventName, ConnectorEvents } from './domain/connector-event.js';
import { transmissionKeyOf } from './domain/transmission-id.js';
import { browserSession } from './http/browser/browser-session.js';
import { type CookieJar, cookieJar } from './http/browser/cookie-jar.js';
import { type ConnectorSession, type SessionFinder, sessionFinder } from './http/browser/session-finder.js';
import { loginRoute } from './http/connector-session/login-route.js';
import { logoutRoutes } from './http/connector-session/logout-route.js';
import { restoredRoute } from './http/connector-session/restored-route.js';
import { CONNECTOR_SESSION_PREFIX, connectorSessionRouter } from './http/connector-session/router.js';
import { analyticsCall } from './http/gateway/analytics/analytics-call.js';
import { answerOnce } from './http/gateway/answer-once.js';
import { apiRouter } from './http/gateway/api-router.js';
import { cxmlAnswers } from './http/gateway/cxml-answers.js';
import { jsonSetupRoute } from './http/gateway/json-setup-route.js';
import { ociAnswerRoute, ociSetupRoute } from './http/gateway/oci-setup-route.js';
import { GATEWAY_PREFIX, gatewayRouter } from './http/gateway/router.js';
import { sessionCalls } from './http/gateway/sessions/session-calls.js';
import { setupRoute } from './http/gateway/setup-route.js';
import { pageHeaders } from './http/middleware/page-headers.js';
import { ownAddresses } from './http/middleware/own-addresses.js';
import { requestLog } from './http/middleware/request-log.js';
import { healthRouter } from './http/operations/health-router.js';
import type { Metrics } from './http/operations/metrics.js';
import type { ApiKeyRepository } from './ports/api-key-repository.js';
import type { CartEncoder } from './ports/cart-encoder.js';
import type { ConnectionRepository } from './ports/connection-repository.js';
import type { HealthCheck } from './ports/health.js';
import type { IdempotencyKeys } from './ports/idempotency-keys.js';
import type { Logger } from './ports/logger.js';
import type { SalesFigures } from './ports/sales-figures.js';
import type { SecretVerifier } from './ports/secret-verifier.js';
import type { SessionHistory } from './ports/session-history.js';
import type { Store } from './ports/store.js';
import type { TenantRepository } from './ports/tenant-repository.js';
import type { TransmissionRepository } from './ports/transmission-repository.js';
import { instantAnswers } from './usecases/answer-at-once.js';
import { authenticateCxml, authenticateOci } from './usecases/authenticate-caller.js';
import { authenticateKey, chooseConnection } from './usecases/authenticate-key.js';
import { cancelSession } from './usecases/cancel-session.js';
import { endSession } from './usecases/end-session.js';
import { findSession } from './usecases/find-session.js';
import { logIn } from './usecases/log-in.js';
import { presentPayload } from './usecases/present-payload.js';
import { sessionReads } from './usecases/read-sessions.js';
import { readyCart } from './usecases/ready-cart.js';
import { pageOrigins } from './usecases/return-addresses.js';
import { returnUnchanged } from './usecases/return-unchanged.js';
import { startPunchout } from './usecases/start-punchout.js';
import { transferCart } from './usecases/transfer-cart.js';

interface Parts {
  options: Pick<ConnectorOptions<never>, 'publicUrl' | 'demo' | 'transferHandler' | 'headerlessGet' | 'restoreReport'>;
  secrets: readonly string[];
  sessionStore: SessionStore;
  store: Store;
  transmissions: TransmissionRepository;
  connections: ConnectionRepository;
  tenants: TenantRepository;
  apiKeys: ApiKeyRepository;
  history: SessionHistory;
  figures: SalesFigures;
  idempotency: IdempotencyKeys;
  encoder: CartEncoder;
  verifier: SecretVerifier;
  measured: Metrics;
  health: HealthCheck[];
  isStopping: () => boolean;
  log: Logger;
  emit: <Name extends ConnectorEventName>(name: Name, event: ConnectorEvents[Name]) => void;
}

export interface ConnectorRoutes {
  router: RequestHandler;
  jar: CookieJar;
  sessions: SessionFinder;
  /** The live session of a request for the shop's own pages, its cart ready where the shop answers. */
  shopSession(req: Request, res: Response): Promise<ConnectorSession | undefined>;
}

/** Longest life of a browser session's cookie; how long a session really lives is the transmission's affair. */
const COOKIE_MINUTES = 60;

/** Use cases and API families, wired: which verb answers which address. */
export function connectorRoutes(parts: Parts): ConnectorRoutes {
  const { options, secrets, store, transmissions, connections, tenants, log, emit } = parts;
  const { publicUrl } = options;
  const publicOrigin = new URL(publicUrl).origin;
  const demoEnabled = options.demo ?? false;
  const addresses = { demoEnabled, publicUrl: publicOrigin };

  const jar = cookieJar(publicUrl);
  const browser = browserSession({ store: parts.sessionStore, jar, secrets: [...secrets], idleMinutes: COOKIE_MINUTES, log });
  const sessions = sessionFinder({ jar, browser, findSession: findSession({ transmissions, connections }), transmissions });

  const start = startPunchout({ ...addresses, transmissions, tokenKey: secrets[0] ?? '', emit });
  const transfer = transferCart({ ...addresses, transmissions, store, encoder: parts.encoder, transferHandler: options.transferHandler, emit });
  const present = presentPayload({ ...addresses, transmissions });
  const callers = { connections, secrets: parts.verifier, demoEnabled };
  const refusedBy = (via: ConnectorEvents['setup-refused']['via']) => (refusal: ConnectorEvents['setup-refused']['refusal']) => {
    emit('setup-refused', { refusal, via });
  };

  const login = loginRoute({
    jar,
    browser,
    sessions,
    publicOrigin,
    homePath: store.homePath,
    logIn: logIn({ transmissions, connections, store, emit }),
    restoredPath: options.restoreReport === 'shop' ? undefined : `${new URL(publicUrl).pathname.replace(/\/$/, '')}${CONNECTOR_SESSION_PREFIX}/restored`,
    async framersOf(transmissionId) {
      const key = transmissionKeyOf(transmissionId);
      const transmission = key === undefined ? undefined : await transmissions.find(key);
      const connection = transmission === undefined ? undefined : await connections.find(transmission.tenantId, transmission.connectionId);
      return connection === undefined ? [] : pageOrigins(addresses, connection).frameAncestors;
    },
  });
  const logout = logoutRoutes({
    jar,
    browser,
    sessions,
    publicOrigin,
    homePath: store.homePath,
    headerlessGet: options.headerlessGet ?? true,
    frontendOrigins: async (tenantId) => (await tenants.find(tenantId))?.settings.frontendOrigins ?? [],
    originsOf: ({ connection }) => pageOrigins(addresses, connection),
    transfer: ({ session, emptyConfirmed }) => transfer({ ...session, emptyConfirmed }),
    returnUnchanged: returnUnchanged({ ...addresses, transmissions, encoder: parts.encoder, transferHandler: options.transferHandler, emit }),
    present: ({ transmission, connection }) => present(transmission, connection),
    end: endSession({ transmissions, emit }),
  });
  const answers = cxmlAnswers(publicUrl);
  const once = answerOnce(parts.idempotency);
  const json = jsonSetupRoute({
    publicUrl,
    authenticateKey: authenticateKey({ apiKeys: parts.apiKeys, demoEnabled }),
    chooseConnection: chooseConnection({ connections, demoEnabled }),
    start,
    refused: refusedBy('json'),
    once,
  });
  const setup = setupRoute({ publicUrl, answers, authenticate: authenticateCxml(callers), start, refused: refusedBy('cxml'), json });
  const answering = {
    instant: instantAnswers({ ...addresses, transmissions, connections, store, start, transfer, tokenKey: secrets[0] ?? '' }),
    originsOf: (connection: Connection) => pageOrigins(addresses, connection),
  };
  const ociSetup = ociSetupRoute({
    publicUrl,
    gatewayUrl: publicUrl + GATEWAY_PREFIX,
    authenticate: authenticateOci(callers),
    start,
    refused: refusedBy('oci'),
    parameterNames: () => connections.listParameterNames(),
    ...answering,
  });
  const restored = restoredRoute({ sessions, cartPath: store.cartPath, framersOf: ({ connection }) => pageOrigins(addresses, connection).frameAncestors });

  const api = apiRouter({
    authenticateKey: authenticateKey({ apiKeys: parts.apiKeys, demoEnabled }),
    once,
    sessions: sessionCalls({ reads: sessionReads({ transmissions, history: parts.history, connections, tenants, store }), cancel: cancelSession({ transmissions, emit }) }),
    analytics: analyticsCall({ figures: parts.figures, tenants }),
  });

  const ready = readyCart({ transmissions, store });
  const shopSession: ConnectorRoutes['shopSession'] = async (req, res) => {
    const session = await sessions.live(req, res);
    // Pages that need no cart are shown while the store is down; those that need one ask for it again, and say so.
    return session === undefined ? undefined : { ...session, transmission: await ready(session.transmission).catch(() => session.transmission) };
  };

  const router = Router();
  const around = [parts.measured.measure, requestLog(log), ...pageHeaders(publicUrl)];
  router.use(CONNECTOR_SESSION_PREFIX, ...around, connectorSessionRouter({ login, ...logout, restored, sessions, log }));
  router.use(GATEWAY_PREFIX, ...around, gatewayRouter({ setup, ociSetup, ociAnswer: ociAnswerRoute(answering), answers, api, log }));
  router.use(healthRouter(parts.health, parts.isStopping));
  return { router: ownAddresses([CONNECTOR_SESSION_PREFIX, GATEWAY_PREFIX, '/healthz', '/readyz'], router), jar, sessions, shopSession };
}
