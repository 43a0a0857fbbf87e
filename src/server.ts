import { pathToFileURL } from 'node:url';
import express from 'express';
import { jsonLog } from './adapters/json-log.js';
import { DemoStore } from './adapters/stores/demo/demo-store.js';
import { runUntilStopped } from './commands/process/run-until-stopped.js';
import { demoOnlyFaults } from './config/demo-settings.js';
import { type ServerSettings, inProduction } from './config/environment.js';
import type { Connector } from './connector.js';
import { DEMO, seedDemo, seedExample } from './demo/seed-demo.js';
import { createStorefront } from './demo/storefront/create-storefront.js';
import { createVirtualBuyer } from './demo/virtual-buyer/create-virtual-buyer.js';
import { playRuns } from './demo/virtual-buyer/play/play-run.js';
import { sentFindings } from './demo/virtual-buyer/sent-findings.js';
import { boundedServer } from './http/sockets/bounded-server.js';
import { serveMetrics } from './http/sockets/metrics-server.js';
import { listen } from './http/sockets/listen.js';
import type { Logger } from './ports/logger.js';
import { serverConnector } from './server-connector.js';

/** How long a stopping process still answers, so that load balancers notice (P11). */
const DRAIN_MS = 1_500;
const LAST_ANSWERS_MS = 10_000;

const SHOP_PATHS = {
  transfer: '/agiqon/connector/session/logout?transferred=1',
  logout: '/agiqon/connector/session/logout',
  returnUnchanged: '/agiqon/connector/session/logout?transferred=1&unchanged=1',
};

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
  const connector = await serverConnector(settings, log);
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
  const listener = await listen(server, settings);
  const metrics = await serveMetrics(connector.metricsText, settings);
  const worker = settings.worker === false ? undefined : connector.startWorker();

  return {
    url: listener.url,
    connector,
    consoleUrl: demo ? connector.consoleLink(DEMO_OPERATOR) : `${publicUrl}/console`,
    async stop(drainMs = 0) {
      connector.announceStop();
      draining = true;
      await pause(drainMs);
      await listener.close(settings.lastAnswersMs ?? LAST_ANSWERS_MS);
      await metrics?.close(0);
      await worker?.stop();
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

async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Runs the server of this environment until it is stopped. */
export async function serve(env: Record<string, string | undefined>): Promise<void> {
  await runUntilStopped(env, async (settings, log) => {
    const { url, consoleUrl, stop } = await startServer(settings, log);
    const { publicUrl, demo, notices = [] } = settings;
    const addresses = demo
      ? `\n  Shop            ${publicUrl}/\n` +
        `  Virtual buyer   ${publicUrl}/virtual-buyer   <- click here: it calls up, shops and gets the cart\n` +
        `  Console         ${consoleUrl}   <- signs you in once\n` +
        `  Readiness       ${publicUrl}/readyz\n\n`
      : `Listening on ${url}, reached as ${publicUrl}; console at ${consoleUrl}\n`;
    return {
      facts: { url, publicUrl, consoleUrl },
      greeting: [...notices.map((notice) => `${notice}\n`), addresses].join(''),
      stop: (isUrgent) => stop(isUrgent ? 0 : (settings.drainMs ?? DRAIN_MS)),
    };
  });
}

const [, program] = process.argv;
if (program !== undefined && import.meta.url === pathToFileURL(program).href) await serve(process.env);
