import type { IncomingMessage, ServerResponse } from 'node:http';
import { accessTokens } from './adapters/tokens/access-tokens.js';
import { cartEncoder } from './adapters/cart-encoder/cart-encoder.js';
import { customerTokens } from './adapters/tokens/customer-tokens.js';
import { cachedConnections, cachedTenants, memory } from './adapters/directory-cache.js';
import { jsonLog } from './adapters/json-log.js';
import { outboundRules, outboundUrlFault } from './adapters/outbound-http/outbound-rules.js';
import { UndiciHttp } from './adapters/outbound-http/undici-http.js';
import { auditLog, auditChain } from './adapters/postgres/history/audit-chain.js';
import { apiKeyRepository } from './adapters/postgres/access/api-key-repository.js';
import { connectShops } from './adapters/postgres/orders/connect-shops.js';
import { feedRepository } from './adapters/postgres/orders/feed-repository.js';
import { hookRepository } from './adapters/postgres/orders/hook-repository.js';
import { orderNotices } from './adapters/postgres/orders/order-notices.js';
import { orderRepository } from './adapters/postgres/orders/order-repository.js';
import { categoryNumbers } from './adapters/postgres/category-numbers.js';
import { connectionRepository, tenantRepository } from './adapters/postgres/access/connection-repository.js';
import type { Database } from './adapters/postgres/database/database.js';
import { guessLimits, rateLimits } from './adapters/rate-limits/rate-limits.js';
import { sharedCounter } from './adapters/rate-limits/shared-counter.js';
import { idempotencyKeys } from './adapters/postgres/idempotency-keys.js';
import { installationSecrets } from './adapters/postgres/database/installation-key.js';
import { jobQueue } from './adapters/postgres/job-queue.js';
import { messageLog } from './adapters/postgres/history/message-log.js';
import { migrate } from './adapters/postgres/database/migrate.js';
import { middlewareKeys, oauthClients } from './adapters/postgres/access/middleware-keys.js';
import { openDatabase } from './adapters/postgres/database/open-database.js';
import { personalData } from './adapters/postgres/history/personal-data.js';
import { purchaseOrders } from './adapters/postgres/orders/purchase-orders.js';
import { salesFigures } from './adapters/postgres/history/sales-figures.js';
import { sessionContexts, sites } from './adapters/postgres/context/session-contexts.js';
import { sessionHistory } from './adapters/postgres/history/session-history.js';
import {
  openedHistory,
  openedOrders,
  sealedTransmissions,
} from './adapters/postgres/transmissions/sealed-transmissions.js';
import { transmissionRepository } from './adapters/postgres/transmissions/transmission-repository.js';
import { hashSecret, scryptSecretVerifier } from './adapters/secrets/scrypt-secret-verifier.js';
import { secretBox } from './adapters/secrets/secret-box.js';
import { databaseSessions } from './adapters/sessions/database-session-store.js';
import { connectRedis } from './adapters/sessions/redis-connection.js';
import { openRedisSessions } from './adapters/sessions/redis-session-store.js';
import { redisTurns } from './adapters/redis-turns.js';
import { startTokens } from './adapters/tokens/start-tokens.js';
import {
  type ConnectorOptions,
  REQUESTS_PER_ADDRESS,
  REQUESTS_PER_STRANGER,
  validateOptions,
} from './config/options.js';
import { backgroundWork } from './wiring/background-work.js';
import { type ConnectorRoutes, connectorRoutes } from './wiring/connector-routes.js';
import type { Parts } from './wiring/parts.js';
import type { ShopServices } from './wiring/shopware-shop.js';
import type { ConnectorEventName } from './domain/transmission/connector-event.js';
import type { ConnectorSession, Middleware, SentCart, StoreProxyOptions } from './http/middleware.js';
import { hookMetrics, metrics } from './http/operations/metrics.js';
import { admission } from './http/callers/admission.js';
import { bodyBudget } from './http/body/body-budget.js';
import { bodyReader } from './http/body/read-body.js';
import type { RouteGuardOptions } from './http/route-guard/blocked-routes.js';
import { routeGuard, routeJudge } from './http/route-guard/route-guard.js';
import { caught } from './http/router.js';
import { startFeedImports } from './jobs/feed-imports.js';
import { HOOK_TIMEOUT_MS, hookClient } from './jobs/hook-client.js';
import { startHookDeliveries } from './jobs/hook-deliveries.js';
import { foldSales } from './jobs/upkeep.js';
import { type Worker, startWorker } from './jobs/worker.js';
import { type Observer, observers } from './observers.js';
import type { ApiKeyRepository, OAuthClients, MiddlewareKeys } from './ports/access/client-keys.js';
import type { ConnectShops } from './ports/orders/connect-shops.js';
import type { ConnectionRepository, TenantRepository } from './ports/access/connection-repository.js';
import type { HealthCheck } from './ports/health.js';
import type { Sites } from './ports/context.js';
import type { StatementRunner } from './ports/statement-runner.js';
import type { Store } from './ports/store/store.js';
import type { NewOrder } from './domain/orders/new-order.js';
import type { Outcome } from './domain/error-codes.js';
import { writeOrderEvent } from './protocols/order-xml/write-order-event.js';
import { type CartWrites, cartWrites } from './usecases/punchout/change-cart.js';
import { leftSessions } from './usecases/punchout/end-session.js';
import { changeContext } from './usecases/context/change-context.js';
import { provenLately } from './usecases/access/prove-caller.js';
import { readContext } from './usecases/context/read-context.js';
import { type SessionContextAccess, contextOfSession } from './usecases/context/session-context-access.js';
import { type RecordedParts, recordOrder } from './usecases/orders/record-order.js';

/** What a store may be made from (`options.store` as a function). */
export interface ConnectorServices extends ShopServices {
  /** Runs statements on the connector's database. */
  query: StatementRunner;
  /** For tables of the store's own. */
  knex: Database['knex'];
  publicUrl: string;
}

/** The connector, ready to be mounted. Nothing listens and no job runs until the mounting app says so. */
export interface Connector {
  /** All of our own routes; mount it at the root or under a prefix that `publicUrl` names. */
  router: Middleware;
  /** Keeps buyers out of the checkout and the account; mount it before the shop's routes. */
  routeGuard(options?: RouteGuardOptions): Middleware;
  /**
   * The shop's own API (`/store-api`) behind a guard: the store's token stays with us, ordering and accounts are closed during a punchout. Mount it before body
   * parsers. Throws TypeError where the store has no such API.
   */
  storeProxy(options?: StoreProxyOptions): Middleware;
  /** CORS with credentials for the listed frontend origins, for the mounting app's own JSON addresses. */
  cors: Middleware;
  /** The live punchout session of a request, for the shop's own pages; undefined without one. */
  session(req: IncomingMessage, res: ServerResponse): Promise<ConnectorSession | undefined>;
  /** True for a request that was on its way when the punchout ended: it must not fall into an ordinary visitor's cart. */
  sessionEnded(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  /**
   * The cart that this browser has sent, while it may be sent again (24 h), since it may not have arrived; else
   * undefined. No I/O without our cookies.
   */
  sentCart(req: IncomingMessage, res: ServerResponse): Promise<SentCart | undefined>;
  /** Cart writes of a live session: one at a time, refused once the cart is on its way. */
  cart: CartWrites;
  /** Site, currency, language and target location of a live session: what management systems see and change by `/session-context`. */
  context: SessionContextAccess;
  /** Orders placed by the shop: recorded once per `orderKey`, told to both parties, and the punchout they came from is `order_created`. */
  orders: { record(order: NewOrder): Promise<Outcome<RecordedParts>> };
  /** Observes what happened; the returned function takes the observer off again. */
  on<Name extends ConnectorEventName>(name: Name, observer: Observer<Name>): () => void;
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
  };
  /** Prometheus text of this process. */
  metricsText(): Promise<string>;
  health: HealthCheck[];
  /** `/readyz` answers 503 from now on; call it some seconds before `close`. */
  announceStop(): void;
  close(): Promise<void>;
}

/** Opens database and sessions, brings the schema up to date and wires everything together. Rejects with all configuration faults at once. */
export async function createConnector(options: ConnectorOptions<ConnectorServices>): Promise<Connector> {
  validateOptions(options);
  const log = options.log ?? jsonLog('info');
  const database = await openDatabase(
    'url' in options.database
      ? { kind: 'server', url: options.database.url }
      : { kind: 'embedded', directory: options.database.directory },
  );
  try {
    return await wire(options, database, log);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function wire(
  options: ConnectorOptions<ConnectorServices>,
  database: Database,
  log: NonNullable<ConnectorOptions<ConnectorServices>['log']>,
): Promise<Connector> {
  await migrate(database);
  const { publicUrl } = options;
  const { secrets, opening } = await installationSecrets(database, options.secrets);
  const sessions =
    options.redisUrl === undefined ? databaseSessions(database) : openRedisSessions({ url: options.redisUrl });
  const box = secretBox(opening);
  const transmissions = sealedTransmissions(transmissionRepository(database), box);
  // One for both: connections are completed by their tenants.
  const remembered = memory();
  const directory = {
    tenants: cachedTenants(tenantRepository(database), remembered),
    connections: cachedConnections(connectionRepository(database, hashSecret, box), remembered),
    apiKeys: apiKeyRepository(database),
    connectShops: connectShops(database, box),
    middlewareKeys: middlewareKeys(database, box),
    oauthClients: oauthClients(database, hashSecret),
  };
  const siteList = sites(database);
  const orders = orderRepository(database);
  const keptOrders = openedOrders(purchaseOrders(database), box);
  const { redisUrl } = options;
  const sharedTurns = redisUrl === undefined ? undefined : redisTurns(() => connectRedis(redisUrl));
  const store =
    typeof options.store === 'function'
      ? options.store({
          query: database.query,
          knex: database.knex,
          publicUrl,
          secrets,
          findConnection: directory.connections.find,
          sharedTurns,
        })
      : options.store;
  const hooks = hookRepository(database);
  const feeds = feedRepository(database);
  const guard = outboundRules(options.demo ?? false, options.outbound);
  const outbound = new UndiciHttp({ connectTimeoutMs: 3_000, connectionsPerOrigin: 128, guard });
  const figures = salesFigures(database);
  const idempotency = idempotencyKeys(database, box);
  const messages = messageLog(database, log);
  const queue = jobQueue(database);
  const counter = sharedCounter(redisUrl === undefined ? undefined : () => connectRedis(redisUrl));
  const limits = rateLimits(counter);
  const measured = metrics();
  const onHooks = hookMetrics(measured.registry, () => hooks.lags(1_000));
  const watching = observers(log);
  let stopping = false;
  const emit: Parts['emit'] = (name, event) => {
    measured.events.inc({ event: name });
    watching.emit(name, event);
  };
  const left = leftSessions({ transmissions, emit, log });
  const record = recordOrder({
    orders,
    shops: directory.connectShops,
    writeEvent: writeOrderEvent,
    recorded: (order) => emit('order', { order }),
  });
  const contexts = sessionContexts(database);
  const read = readContext({ contexts, sites: siteList, transmissions, store });
  const context = {
    contexts,
    read,
    change: changeContext({
      contexts,
      sites: siteList,
      transmissions,
      store,
      read,
      changed: (event) => emit('context-changed', event),
    }),
  };
  const health = [database.health, sessions.health];
  const routes: ConnectorRoutes = connectorRoutes({
    options,
    secrets,
    sessionStore: sessions.store,
    store,
    transmissions,
    left,
    ...directory,
    categoryNumbers: categoryNumbers(database),
    audit: auditLog(database),
    history: openedHistory(sessionHistory(database), box),
    figures,
    idempotency,
    messages,
    jobs: queue,
    encoder: cartEncoder(publicUrl),
    sessionContext: context,
    accessTokens: accessTokens({ secrets, issuer: publicUrl }),
    customerTokens: customerTokens(
      async (tenantId) => (await directory.tenants.find(tenantId))?.settings.customerKeys ?? [],
    ),
    tokens: startTokens({ secrets, issuer: publicUrl }),
    admission: admission({
      limits,
      demoEnabled: options.demo ?? false,
      requestsPerAddress: options.requestsPerAddress ?? REQUESTS_PER_ADDRESS,
      requestsPerStranger: options.requestsPerStranger ?? REQUESTS_PER_STRANGER,
      log,
    }),
    readBody: bodyReader(bodyBudget()),
    verifier: scryptSecretVerifier(),
    guesses: guessLimits(undefined, counter),
    lately: provenLately(),
    measured,
    health,
    isStopping: () => stopping,
    log,
    orders,
    purchaseOrders: keptOrders,
    recordOrder: record,
    hooks,
    feeds,
    outbound,
    outboundUrlFault: (url) => outboundUrlFault(url, guard),
    emit,
  });

  return {
    router: routes.router,
    routeGuard(guardOptions) {
      routes.guard.judge = routeJudge(guardOptions);
      return caught(
        routeGuard(
          { jar: routes.jar, sessions: routes.sessions, cors: routes.cors, cartPath: store.cartPath, log },
          guardOptions,
        ),
      );
    },
    storeProxy: (proxyOptions) => caught(routes.storeProxy(proxyOptions)),
    cors: caught(async (req, res, next) => {
      if ((await routes.cors(req, res)) === 'go_on') next();
    }),
    session: routes.shopSession as Connector['session'],
    sessionEnded: routes.sessions.ended,
    sentCart: routes.sentCart,
    cart: cartWrites({ transmissions, store }),
    orders: { record },
    context: contextOfSession(context),
    on: watching.on,
    startWorker() {
      const jobs = startWorker({
        jobs: queue,
        ...backgroundWork({
          transmissions,
          store,
          purchaseOrders: keptOrders,
          connections: directory.connections,
          connectShops: directory.connectShops,
          recordOrder: record,
          messages,
          idempotency,
          outbound,
          log,
          publicUrl,
          notices: orderNotices(database),
          personal: personalData(database),
          chain: auditChain(database),
          deleteExpiredSessions: sessions.deleteExpired,
        }),
        rounds: [foldSales(figures, log)],
        log,
      });
      const timeoutMs = options.hookTimeoutMs ?? HOOK_TIMEOUT_MS;
      const deliveries = startHookDeliveries({
        hooks,
        shops: directory.connectShops,
        client: hookClient(outbound.send, timeoutMs),
        leaseSeconds: 5 + (2 * timeoutMs) / 1000,
        delivered: onHooks.turn,
        log,
      });
      const imports = startFeedImports({ feeds, store, stream: outbound.stream, log });
      return { stop: async () => void (await Promise.all([jobs.stop(), deliveries.stop(), imports.stop()])) };
    },
    store,
    directory: { ...directory, sites: siteList },
    metricsText: () => measured.registry.metrics(),
    health,
    announceStop() {
      stopping = true;
    },
    async close() {
      await left.flush();
      await messages.flush();
      await outbound.close();
      limits.close();
      await sessions.close();
      await store.close?.();
      sharedTurns?.close();
      await database.close();
    },
  };
}
