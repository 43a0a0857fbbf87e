import express from 'express';
import { runUntilStopped } from './commands/process/run-until-stopped.js';
import type { ServerSettings } from './config/environment.js';
import { serveMetrics } from './http/sockets/metrics-server.js';
import { boundedServer } from './http/sockets/bounded-server.js';
import { listen } from './http/sockets/listen.js';
import type { Logger } from './ports/logger.js';
import { serverConnector } from './server-connector.js';

/** Only load balancers and people who look use it. */
const SOCKETS = 40;
const PATHS = new Set(['/healthz', '/readyz']);

export interface RunningWorker {
  /** Of `/healthz` and `/readyz`. */
  url: string;
  /** Resolves when the current work is done. */
  stop(): Promise<void>;
}

/** Runs the worker of this environment until it is stopped. */
export async function work(env: Record<string, string | undefined>): Promise<void> {
  await runUntilStopped(env, async (settings, log) => {
    const { url, stop } = await startWorkerProcess(settings, log);
    return { facts: { url }, greeting: `The worker does the jobs; ${url}/readyz says how it is.\n`, stop };
  });
}

/** Does the jobs beside servers that run with WORKER=off. Over HTTP it answers `/healthz`, `/readyz` and metrics. */
export async function startWorkerProcess(settings: ServerSettings, log: Logger): Promise<RunningWorker> {
  if ('directory' in settings.database)
    throw new Error(
      'The worker cannot start:\n  - DATABASE_URL: needed by a worker, since one process only can open the embedded ' +
        'database; or let `punchout serve` do the jobs; seen: nothing',
    );
  const connector = await serverConnector(settings, log);
  const app = express();
  app.disable('x-powered-by');
  app.use((req, res, next) => {
    if (PATHS.has(req.path)) connector.router(req, res, next);
    else res.status(404).type('text').send('This process does the jobs and has no pages.\n');
  });
  const server = boundedServer(app, { sockets: SOCKETS, socketsPerAddress: 0, log });
  const listener = await listen(server, settings);
  const metrics = await serveMetrics(connector.metricsText, settings);
  const worker = connector.startWorker();
  return {
    url: listener.url,
    async stop() {
      connector.announceStop();
      await worker.stop();
      await listener.close(0);
      await metrics?.close(0);
      await connector.close();
    },
  };
}
