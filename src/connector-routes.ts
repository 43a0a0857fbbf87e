import type { Store as SessionStore } from 'express-session';
import { Router } from 'express';
import type { ConnectorOptions } from './config/options.js';
import type { ConnectorEventName, ConnectorEvents } from './domain/connector-event.js';
import { transmissionKeyOf } from './domain/transmission-id.js';
import { browserSession } from './http/browser/browser-session.js';
import { type CookieJar, cookieJar } from './http/browser/cookie-jar.js';
import { type SessionFinder, sessionFinder } from './http/browser/session-finder.js';
import { loginRoute } from './http/connector-session/login-route.js';
import { logoutRoutes } from './http/connector-session/logout-route.js';
import { CONNECTOR_SESSION_PREFIX, connectorSessionRouter } from './http/connector-session/router.js';
import { cxmlAnswers } from './http/gateway/cxml-answers.js';
import { jsonSetupRoute } from './http/gateway/json-setup-route.js';
import { ociSetupRoute } from './http/gateway/oci-setup-route.js';
import { GATEWAY_PREFIX, gatewayRouter } from './http/gateway/router.js';
import { setupRoute } from './http/gateway/setup-route.js';
import { pageHeaders } from './http/middleware/page-headers.js';
import { requestLog } from './http/middleware/request-log.js';
import { healthRouter } from './http/operations/health-router.js';
import type { Metrics } from './http/operations/metrics.js';
import type { ApiKeyRepository } from './ports/api-key-repository.js';
import type { CartEncoder } from './ports/cart-encoder.js';
import type { ConnectionRepository } from './ports/connection-repository.js';
import type { HealthCheck } from './ports/health.js';
import type { Logger } from './ports/logger.js';
import type { SecretVerifier } from './ports/secret-verifier.js';
import type { Store } from './ports/store.js';
import type { TenantRepository } from './ports/tenant-repository.js';
import type { TransmissionRepository } from './ports/transmission-repository.js';
import { authenticateCxml, authenticateOci } from './usecases/authenticate-caller.js';
import { authenticateKey, chooseConnection } from './usecases/authenticate-key.js';
import { endSession } from './usecases/end-session.js';
import { findSession } from './usecases/find-session.js';
import { logIn } from './usecases/log-in.js';
import { presentPayload } from './usecases/present-payload.js';
import { pageOrigins } from './usecases/return-addresses.js';
import { startPunchout } from './usecases/start-punchout.js';
import { transferCart } from './usecases/transfer-cart.js';

interface Parts {
  options: Pick<ConnectorOptions<never>, 'publicUrl' | 'demo' | 'transferHandler' | 'headerlessGet'>;
  secrets: readonly string[];
  sessionStore: SessionStore;
  store: Store;
  transmissions: TransmissionRepository;
  connections: ConnectionRepository;
  tenants: TenantRepository;
  apiKeys: ApiKeyRepository;
  encoder: CartEncoder;
  verifier: SecretVerifier;
  measured: Metrics;
  health: HealthCheck[];
  isStopping: () => boolean;
  log: Logger;
  emit: <Name extends ConnectorEventName>(name: Name, event: ConnectorEvents[Name]) => void;
}

export interface ConnectorRoutes {
  router: Router;
  jar: CookieJar;
  sessions: SessionFinder;
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
    logIn: logIn({ transmissions, connections, store, emit }),
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
    present: ({ transmission, connection }) => present(transmission, connection),
    end: endSession({ transmissions, emit }),
  });
  const answers = cxmlAnswers(publicUrl);
  const json = jsonSetupRoute({
    publicUrl,
    authenticateKey: authenticateKey({ apiKeys: parts.apiKeys, demoEnabled }),
    chooseConnection: chooseConnection({ connections, demoEnabled }),
    start,
    refused: refusedBy('json'),
  });
  const setup = setupRoute({ publicUrl, answers, authenticate: authenticateCxml(callers), start, refused: refusedBy('cxml'), json });
  const ociSetup = ociSetupRoute({
    publicUrl,
    authenticate: authenticateOci(callers),
    start,
    refused: refusedBy('oci'),
    framersOf: (connection) => pageOrigins(addresses, connection).frameAncestors,
  });

  const router = Router();
  const around = [parts.measured.measure, requestLog(log), ...pageHeaders(publicUrl)];
  router.use(CONNECTOR_SESSION_PREFIX, ...around, connectorSessionRouter({ login, ...logout, sessions, log }));
  router.use(GATEWAY_PREFIX, ...around, gatewayRouter({ setup, ociSetup, answers, log }));
  router.use(healthRouter(parts.health, parts.isStopping));
  return { router, jar, sessions };
}
