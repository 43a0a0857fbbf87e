import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonLog } from './adapters/json-log.js';
import { installationSecrets } from './adapters/postgres/database/installation-key.js';
import { migrate } from './adapters/postgres/database/migrate.js';
import { openDatabase } from './adapters/postgres/database/open-database.js';
import { HASH_COST, type HashCost } from './adapters/secrets/scrypt-secret-verifier.js';
import { secretBox } from './adapters/secrets/secret-box.js';
import { openTelemetry } from './adapters/tracing/open-telemetry.js';
import { tracedLog, tracedTransmissions } from './adapters/tracing/traced-parts.js';
import { type ConnectorOptions, validateOptions } from './config/options.js';
import type { Operator } from './domain/access/operator.js';
import type { Outcome } from './domain/error-codes.js';
import type { NewOrder } from './domain/orders/new-order.js';
import type { ConnectorEventName, ConnectorEvents } from './domain/transmission/connector-event.js';
import { CONSOLE_PREFIX } from './http/console/console-pages.js';
import type { ConnectorSession, Middleware, SentCart, StoreProxyOptions } from './http/middleware.js';
import { routeGuard } from './http/route-guard/route-guard.js';
import { caught } from './http/router.js';
import type { Worker } from './jobs/worker.js';
import type { ApiKeyRepository, MiddlewareKeys, OAuthClients } from './ports/access/client-keys.js';
import type { ConnectionRepository, TenantRepository } from './ports/access/connection-repository.js';
import type { Operators } from './ports/access/operators.js';
import type { Sites } from './ports/context.js';
import type { HealthCheck } from './ports/health.js';
import type { ConnectShops } from './ports/orders/connect-shops.js';
import type { Store } from './ports/store/store.js';
import { type SessionContextAccess, contextOfSession } from './usecases/context/session-context-access.js';
import type { RecordedParts } from './usecases/orders/record-order.js';
import { type CartWrites, cartWrites } from './usecases/punchout/change-cart.js';
import { startBackground } from './wiring/background-work.js';
import { type Closing, closing } from './wiring/closing.js';
import { connectorRoutes } from './wiring/connector-routes.js';
import { inOneTransaction, openRepositories, withCachedDirectory } from './wiring/repositories.js';
import type { ConnectorServices } from './wiring/connector-services.js';
import { openServices } from './wiring/services.js';
import { type Emit, sharedUseCases, type Parts } from './wiring/shared-use-cases.js';
import type { Logger } from './ports/logger.js';

/** The connector, ready to be mounted. Nothing listens and no job runs until the mounting app says so. */
export interface Connector {
  /** All of our own routes; mount it at the root or under a prefix that `publicUrl` names. */
  router: Middleware;
  /** Keeps buyers out of the checkout and the account, by option `guard`; mount it before the shop's routes. */
  routeGuard(): Middleware;
  /**
   * The shop's own API (`/store-api`) behind a guard: the store's token stays with us, ordering and accounts are closed
   * during a punchout. Mount it before body parsers. Throws TypeError where the store has no such API.
   */
  storeProxy(options?: StoreProxyOptions): Middleware;
  /** CORS with credentials for the listed frontend origins, for the mounting app's own JSON addresses. */
  cors: Middleware;
  /** The live punchout session of a request, for the shop's own pages; undefined without one. */
  session(req: IncomingMessage, res: ServerResponse): Promise<ConnectorSession | undefined>;
  /**
   * True for a request that was on its way when the punchout ended: it must not fall into an ordinary visitor's cart.
   */
  sessionEnded(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  /**
   * The cart that this browser has sent, while it may be sent again (24 h), since it may not have arrived; else
   * undefined. No I/O without our cookies.
   */
  sentCart(req: IncomingMessage, res: ServerResponse): Promise<SentCart | undefined>;
  /** Cart writes of a live session: one at a time, refused once the cart is on its way. */
  cart: CartWrites;
  /**
   * Site, currency, language and target location of a live session: what management systems see and change by
   * `/session-context`.
   */
  context: SessionContextAccess;
  /**
   * Orders placed by the shop: recorded once per `orderKey`, told to both parties, and the punchout they came from is
   * `order_created`.
   */
  orders: { record(order: NewOrder): Promise<Outcome<RecordedParts>> };
  /** Observes what happened; the returned function takes the observer off again. */
  on<Name extends ConnectorEventName>(name: Name, observer: Observer<Name>): () => void;
  /**
   * A link that signs this operator in to the console once. Only for an operator of the demo, while it is switched on,
   * and from this machine. A later link ends the one before.
   */
  consoleLink(operator: Pick<Operator, 'tenantId' | 'operatorId'>): string;
  /** Starts the jobs that commits leave behind (cart clean-up, expiry); run it in at least one process. */
  startWorker(): Worker;
  store: Store;
  /** For onboarding: tenants, connections and keys. */
  directory: {
    tenants: TenantRepository;
    connections: ConnectionRepository;
    apiKeys: ApiKeyRepository;
    connectShops: ConnectShops;
    middlewareKeys: MiddlewareKeys;
    oauthClients: OAuthClients;
    sites: Sites;
    operators: Operators;
  };
  /** Prometheus text of this process. */
  metricsText(): Promise<string>;
  health: HealthCheck[];
  /** `/readyz` answers 503 from now on; call it some seconds before `close`. */
  announceStop(): void;
  close(): Promise<void>;
}

/**
 * Opens database and sessions, brings the schema up to date and wires everything together. Rejects with all
 * configuration faults at once, before it opens anything. `hashCost` is for tests of our own, as a slow hash costs them
 * much time: the package's `createConnector` does not have it.
 */
export async function createConnector(
  options: ConnectorOptions<ConnectorServices>,
  hashCost = HASH_COST,
): Promise<Connector> {
  validateOptions(options);
  const opened = closing();
  try {
    return await wire(options, hashCost, opened);
  } catch (error) {
    await opened.run().catch(() => undefined);
    throw error;
  }
}

async function wire(
  options: ConnectorOptions<ConnectorServices>,
  hashCost: HashCost,
  opened: Closing,
): Promise<Connector> {
  const tracing = openTelemetry();
  const log = tracedLog(options.log ?? jsonLog('info'), tracing);
  const { database: place } = options;
  const database = await openDatabase(
    'url' in place
      ? { kind: 'server', url: place.url, poolMax: place.connections }
      : { kind: 'embedded', directory: place.directory },
  );
  opened.add(() => database.close());
  await migrate(database);
  const { secrets, opening } = await installationSecrets(database, options.secrets);
  const box = secretBox(opening);
  const directory = withCachedDirectory(
    openRepositories(database, box, hashCost),
    inOneTransaction(database, box, hashCost),
  );
  const repositories = { ...directory, transmissions: tracedTransmissions(directory.transmissions, tracing) };
  const services = openServices({ options, database, repositories, secrets, hashCost, closing: opened, tracing, log });
  const { store, measured } = services;
  const { transmissions } = repositories;

  const watching = observers(log);
  const emit: Emit = (name, event) => {
    measured.event(name, event);
    watching.emit(name, event);
  };
  let stopping = false;
  const isStopping = (): boolean => stopping;
  const { signal } = database;
  const shared = sharedUseCases({ ...repositories, ...services, emit, signal, isStopping, closing: opened, log });
  const parts: Parts = { ...repositories, ...services, ...shared, options, secrets, isStopping, log };
  const routes = connectorRoutes(parts);

  return {
    router: routes.router,
    routeGuard(...given: unknown[]) {
      if (given.length > 0) throw new TypeError('routeGuard has no options; give them to createConnector as `guard`');
      const { routeName, page } = options.guard ?? {};
      return caught(routeGuard({ ...routes, routeName, page, cartPath: store.cartPath, log }));
    },
    storeProxy: (proxyOptions) => caught(routes.storeProxy(proxyOptions)),
    cors: caught(async (req, res, next) => {
      if ((await routes.cors(req, res)) === 'go_on') next();
    }),
    session: routes.shopSession as Connector['session'],
    sessionEnded: routes.sessions.ended,
    sentCart: routes.sentCart,
    cart: cartWrites({ transmissions, store }),
    orders: { record: shared.recordOrder },
    context: contextOfSession(shared.sessionContext),
    on: watching.on,
    consoleLink: (operator) =>
      `${options.publicUrl}${CONSOLE_PREFIX}/enter?token=${services.consoleDoor.issue(operator)}`,
    startWorker: () => startBackground(parts),
    store,
    directory: repositories,
    metricsText: () => measured.registry.metrics(),
    health: services.health,
    announceStop() {
      stopping = true;
    },
    close: opened.run,
  };
}

export type Observer<Name extends ConnectorEventName> = (event: ConnectorEvents[Name]) => void | Promise<void>;

interface Observers {
  /** Returns the function that removes the observer. */
  on<Name extends ConnectorEventName>(name: Name, observer: Observer<Name>): () => void;
  emit<Name extends ConnectorEventName>(name: Name, event: ConnectorEvents[Name]): void;
}

/** Publishes events after the fact. Observers cannot veto, cannot affect each other, and are not awaited. */
function observers(log: Logger): Observers {
  const listening = new Map<ConnectorEventName, Set<Observer<ConnectorEventName>>>();

  function of(name: ConnectorEventName): Set<Observer<ConnectorEventName>> {
    let set = listening.get(name);
    if (set === undefined) listening.set(name, (set = new Set()));
    return set;
  }

  return {
    on(name, observer) {
      const set = of(name);
      set.add(observer as Observer<ConnectorEventName>);
      return () => set.delete(observer as Observer<ConnectorEventName>);
    },
    emit(name, event) {
      for (const observer of of(name)) {
        Promise.resolve()
          .then(() => observer(event as never))
          .catch((error: unknown) => {
            log.error({ err: error, event: name }, 'an observer failed');
          });
      }
    },
  };
}
