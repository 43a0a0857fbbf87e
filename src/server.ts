import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import express from 'express';
import { jsonLog } from './adapters/json-log.js';
import { DemoStore } from './adapters/stores/demo/demo-store.js';
import { demoOnlyFaults } from './config/demo-settings.js';
import { type ServerSettings, inProduction, serverSettings } from './config/environment.js';
import { type Connector, createConnector } from './connector.js';
import { DEMO, seedDemo, seedExample } from './demo/seed-demo.js';
import { createStorefront } from './demo/storefront/create-storefront.js';
import { serverStore } from './wiring/server-store.js';
import { createVirtualBuyer } from './demo/virtual-buyer/create-virtual-buyer.js';
import { playRuns } from './demo/virtual-buyer/play/play-run.js';
import { sentFindings } from './demo/virtual-buyer/sent-findings.js';
import { boundedServer } from './http/sockets/bounded-server.js';
import type { Logger } from './ports/logger.js';

/** How long a stopping process still answers, so that load balancers notice (P11). */
const DRAIN_MS = 1_500;
const LAST_ANSWERS_MS = 10_000;
/** Only programs on this machine use it. */
const METRICS_SOCKETS = 40;

const SHOP_PATHS = {
  transfer: '/agiqon/connector/session/logout?transferred=1',
  logout: '/agiqon/connector/session/logout',
  returnUnchanged: '/agiqon/connector/session/logout?transferred=1&unchanged=1',
};

/** The demo shop says in its cart that the guard has acted. */
const CLOSED_PAGE = '/checkout/cart?notice=page_closed';

const DEMO_OPERATOR = { tenantId: DEMO.tenantId, operatorId: DEMO.operator.operatorId };

export interface RunningServer {
  /** Its own address, `http://127.0.0.1:3000`. */
  url: string;
  connector: Connector;
  /** Address of the console; in the demo a link that signs in once. */
  consoleUrl: string;
  /** `drainMs`: how long it still answers before the listener closes. */
  stop(drainMs?: number): Promise<void>;
}

/** Starts the connector with the shop of the settings; also serves the demo shop. */
export async function startServer(
  settings: ServerSettings,
  log: Logger = jsonLog(settings.logLevel),
): Promise<RunningServer> {
  const { publicUrl, demo } = settings;
  const connector = await createConnector({
    database: settings.database,
    redisUrl: settings.redisUrl,
    secrets: settings.secrets,
    publicUrl,
    demo,
    restoreReport: settings.restoreReport ?? (settings.store.kind === 'demo' ? 'shop' : 'page'),
    hookTimeoutMs: settings.hookTimeoutMs,
    openIdConnect: settings.openIdConnect,
    requestsPerAddress: settings.requestsPerAddress,
    requestsPerStranger: settings.requestsPerStranger,
    outbound: settings.outbound,
    ...(settings.store.kind === 'demo' ? { guard: { page: CLOSED_PAGE } } : {}),
    log,
    store: (services) =>
      settings.store.kind === 'demo'
        ? new DemoStore({ query: services.query, publicUrl })
        : serverStore(settings.store, services),
  });
  if (demo) await seedDemo(connector.directory);
  if (inProduction()) await warnOfDemoSettings(connector, log);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', settings.trustedProxies);
  let draining = false;
  app.use((_req, res, next) => {
    if (draining) res.set('Connection', 'close');
    next();
  });
  app.use(connector.router);
  if (demo) {
    const sent = sentFindings();
    connector.on('transfer', sent.note);
    app.use(
      createVirtualBuyer({
        publicUrl,
        fetch,
        plays: playRuns({ shopUrl: publicUrl, prepare: () => seedExample(connector.directory) }),
        preflightOf: sent.of,
      }),
    );
  }
  if (connector.store.proxyPolicy !== undefined)
    app.use(connector.storeProxy({ withoutSession: settings.proxyWithoutSession ?? 'pass' }));
  app.use(connector.routeGuard());
  if (connector.store instanceof DemoStore)
    app.use(
      createStorefront({ store: connector.store, connector, publicUrl, tenantId: DEMO.tenantId, paths: SHOP_PATHS }),
    );

  const server = boundedServer(app, {
    sockets: settings.maxSockets,
    socketsPerAddress: settings.maxSocketsPerAddress,
    trustedProxies: settings.trustedProxies,
    log,
  });
  const url = await listen(server, settings.host, settings.port);
  const metricsServer = settings.metricsPort === 0 ? undefined : await serveMetrics(connector, settings.metricsPort);
  const worker = connector.startWorker();

  return {
    url,
    connector,
    consoleUrl: demo ? connector.consoleLink(DEMO_OPERATOR) : `${publicUrl}/console`,
    async stop(drainMs = 0) {
      connector.announceStop();
      draining = true;
      await pause(drainMs);
      await closed(server, LAST_ANSWERS_MS);
      metricsServer?.close();
      await worker.stop();
      await connector.close();
    },
  };
}

/** They were saved before, or outside of production. One tenant's settings do not stop the others. */
async function warnOfDemoSettings({ directory }: Connector, log: Logger): Promise<void> {
  for (const { tenantId } of await directory.tenants.list())
    for (const { connectionId, protocol, settings, demo } of await directory.connections.list(tenantId)) {
      const faults = demo ? [] : demoOnlyFaults(settings, protocol);
      if (faults.length > 0)
        log.warn({ tenant: tenantId, connection: connectionId, faults }, 'settings of a connection only fit a demo');
    }
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken: set PORT to another one.`) : error);
    });
    server.listen(port, host, resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}

/** Metrics for Prometheus, on a separate port that only this machine can reach (T69). */
async function serveMetrics(connector: Connector, port: number): Promise<Server> {
  const answer: RequestListener = (req, res) => {
    if (req.method !== 'GET' || req.url !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    connector.metricsText().then(
      (text) => res.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => res.writeHead(500).end(),
    );
  };
  const server = boundedServer(answer, { sockets: METRICS_SOCKETS, socketsPerAddress: 0 });
  await listen(server, '127.0.0.1', port);
  return server;
}

async function closed(server: Server, patienceMs: number): Promise<void> {
  const done = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, patienceMs);
  await done;
  clearTimeout(late);
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

async function main(): Promise<void> {
  const settings = serverSettings(process.env);
  const log = jsonLog(settings.logLevel);
  const server = await startServer(settings, log);
  for (const notice of settings.notices ?? []) process.stdout.write(`${notice}\n`);
  process.stdout.write(
    settings.demo
      ? `\n  Shop            ${settings.publicUrl}/\n  Virtual buyer   ${settings.publicUrl}/virtual-buyer   <- ` +
          `click here: it calls up, shops and gets the cart\n  Console         ${server.consoleUrl}   <- signs you ` +
          `in once\n  Readiness       ${settings.publicUrl}/readyz\n\n`
      : `Listening on ${server.url}, reached as ${settings.publicUrl}; console at ${server.consoleUrl}\n`,
  );
  const stop = (signal: NodeJS.Signals): void => {
    server.stop(signal === 'SIGTERM' ? DRAIN_MS : 0).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'unhandled rejection; stopping');
    process.exitCode = 1;
    stop('SIGTERM');
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
