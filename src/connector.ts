import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { cartEncoder } from './adapters/cart-encoder/cart-encoder.js';
import { cachedConnections } from './adapters/directory-cache/cached-connections.js';
import { cachedTenants } from './adapters/directory-cache/cached-tenants.js';
import { jsonLog } from './adapters/log/json-log.js';
import { apiKeyRepository } from './adapters/postgres/api-key-repository.js';
import { connectionRepository } from './adapters/postgres/connection-repository.js';
import type { Database } from './adapters/postgres/database.js';
import { idempotencyKeys } from './adapters/postgres/idempotency-keys.js';
import { installationKey } from './adapters/postgres/installation-key.js';
import { jobQueue } from './adapters/postgres/job-queue.js';
import { migrate } from './adapters/postgres/migrate.js';
import { openDatabase } from './adapters/postgres/open-database.js';
import { salesFigures } from './adapters/postgres/sales-figures.js';
import { sessionHistory } from './adapters/postgres/session-history.js';
import { tenantRepository } from './adapters/postgres/tenant-repository.js';
import { transmissionRepository } from './adapters/postgres/transmission-repository.js';
import { hashSecret } from './adapters/secrets/scrypt-hash.js';
import { secretBox } from './adapters/secrets/secret-box.js';
import { scryptSecretVerifier } from './adapters/secrets/scrypt-secret-verifier.js';
import { databaseSessions } from './adapters/sessions/database-session-store.js';
import { openRedisSessions } from './adapters/sessions/redis-session-store.js';
import type { ConnectorOptions } from './config/options.js';
import { validateOptions } from './config/validate-options.js';
import { type ConnectorRoutes, connectorRoutes } from './connector-routes.js';
import type { ConnectorEventName } from './domain/connector-event.js';
import type { ConnectorSession } from './http/browser/session-finder.js';
import { metrics } from './http/operations/metrics.js';
import { type RouteGuardOptions, routeGuard } from './http/route-guard/route-guard.js';
import { type Worker, startWorker } from './jobs/worker.js';
import { type Observer, observers } from './observers.js';
import type { ApiKeyRepository } from './ports/api-key-repository.js';
import type { ConnectionRepository } from './ports/connection-repository.js';
import type { HealthCheck } from './ports/health.js';
import type { StatementRunner } from './ports/statement-runner.js';
import type { Store } from './ports/store.js';
import type { TenantRepository } from './ports/tenant-repository.js';
import { type CartWrites, cartWrites } from './usecases/change-cart.js';

/** What a store may be made from (`options.store` as a function). */
export interface ConnectorServices {
  /** Runs statements on the connector's database. */
  query: StatementRunner;
  /** For tables of the store's own. */
  knex: Database['knex'];
  publicUrl: string;
}

/** The connector, ready to be mounted. Nothing listens and no job runs until the mounting app says so. */
export interface Connector {
  /** All of our own routes; mount it at the root or under a prefix that `publicUrl` names. */
  router: RequestHandler;
  /** Keeps buyers out of the checkout and the account; mount it before the shop's routes. */
  routeGuard(options?: RouteGuardOptions): RequestHandler;
  /** The live punchout session of a request, for the shop's own pages; undefined without one. */
  session(req: Request, res: Response): Promise<ConnectorSession | undefined>;
  /** True for a request that was on its way when the punchout ended: it must not fall into an ordinary visitor's cart. */
  sessionEnded(req: Request, res: Response): Promise<boolean>;
  /** Cart writes of a live session: one at a time, refused once the cart is on its way. */
  cart: CartWrites;
  /** Observes what happened; the returned function takes the observer off again. */
  on<Name extends ConnectorEventName>(name: Name, observer: Observer<Name>): () => void;
  /** Starts the jobs that commits leave behind (cart clean-up, expiry); run it in at least one process. */
  startWorker(): Worker;
  store: Store;
  /** For onboarding: tenants, connections and keys. */
  directory: { tenants: TenantRepository; connections: ConnectionRepository; apiKeys: ApiKeyRepository };
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
  const database = await openDatabase('url' in options.database ? { kind: 'server', url: options.database.url } : { kind: 'embedded', directory: options.database.directory });
  try {
    return await wire(options, database, log);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function wire(options: ConnectorOptions<ConnectorServices>, database: Database, log: NonNullable<ConnectorOptions<ConnectorServices>['log']>): Promise<Connector> {
  await migrate(database);
  const { publicUrl } = options;
  const secrets = options.secrets ?? [await installationKey(database, randomBytes(48).toString('base64url'))];
  const sessions = options.redisUrl === undefined ? databaseSessions(database) : openRedisSessions({ url: options.redisUrl });
  const store = typeof options.store === 'function' ? options.store({ query: database.query, knex: database.knex, publicUrl }) : options.store;
  const transmissions = transmissionRepository(database);
  const directory = { tenants: cachedTenants(tenantRepository(database)), connections: cachedConnections(connectionRepository(database, hashSecret, secretBox(secrets))), apiKeys: apiKeyRepository(database) };
  const figures = salesFigures(database);
  const idempotency = idempotencyKeys(database);
  const measured = metrics();
  const watching = observers(log);
  let stopping = false;
  const health = [database.health, sessions.health];

  const routes: ConnectorRoutes = connectorRoutes({
    options,
    secrets,
    sessionStore: sessions.store,
    store,
    transmissions,
    ...directory,
    history: sessionHistory(database),
    figures,
    idempotency,
    encoder: cartEncoder(publicUrl),
    verifier: scryptSecretVerifier(),
    measured,
    health,
    isStopping: () => stopping,
    log,
    emit(name, event) {
      measured.events.inc({ event: name });
      watching.emit(name, event);
    },
  });

  return {
    router: routes.router,
    routeGuard: (guardOptions) => routeGuard({ jar: routes.jar, sessions: routes.sessions, cartPath: store.cartPath, log }, guardOptions),
    session: routes.shopSession,
    sessionEnded: (req, res) => routes.sessions.ended(req, res),
    cart: cartWrites({ transmissions, store }),
    on: watching.on,
    startWorker: () => startWorker({ jobs: jobQueue(database), transmissions, store, sweepSessions: () => sessions.deleteExpired(500), sweepIdempotencyKeys: () => idempotency.deleteExpired(500), figures, log }),
    store,
    directory,
    metricsText: () => measured.registry.metrics(),
    health,
    announceStop() {
      stopping = true;
    },
    async close() {
      await sessions.close();
      await database.close();
    },
  };
}
