import { DemoStore } from './adapters/stores/demo/demo-store.js';
import type { ServerSettings } from './config/environment.js';
import { type Connector, createConnector } from './connector.js';
import type { Logger } from './ports/logger.js';
import { serverStore } from './wiring/server-store.js';

/** The demo shop says in its cart that the guard has acted. */
const CLOSED_PAGE = '/checkout/cart?notice=page_closed';

/** The connector with the shop of the settings, for a process that serves or works. */
export function serverConnector(settings: ServerSettings, log: Logger): Promise<Connector> {
  const { store, publicUrl } = settings;
  return createConnector({
    database: settings.database,
    redisUrl: settings.redisUrl,
    secrets: settings.secrets,
    publicUrl,
    demo: settings.demo,
    restoreReport: settings.restoreReport ?? (store.kind === 'demo' ? 'shop' : 'page'),
    texts: settings.texts,
    hookTimeoutMs: settings.hookTimeoutMs,
    openIdConnect: settings.openIdConnect,
    requestsPerAddress: settings.requestsPerAddress,
    requestsPerStranger: settings.requestsPerStranger,
    outbound: settings.outbound,
    workerPlaces: settings.workerPlaces,
    ...(store.kind === 'demo' ? { guard: { page: CLOSED_PAGE } } : {}),
    log,
    store: (services) =>
      store.kind === 'demo' ? new DemoStore({ query: services.query, publicUrl }) : serverStore(store, services),
  });
}
